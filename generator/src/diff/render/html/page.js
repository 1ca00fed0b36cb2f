"use strict";
const search = document.getElementById("search");
const boxes = [...document.querySelectorAll(".filter input")];
const cards = [...document.querySelectorAll("article")].map((card) => ({ card, text: card.textContent.toLowerCase() }));
const show = () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const weights = boxes.filter((box) => box.checked).map((box) => box.value);
  for (const { card, text } of cards) {
    const weight = card.parentElement.dataset.weight;
    card.hidden = !(weights.includes(weight) && words.every((word) => text.includes(word)));
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector("article:not([hidden])");
  }
  document.getElementById("nothing").hidden = cards.some(({ card }) => !card.hidden);
};
search.addEventListener("input", show);
boxes.forEach((box) => box.addEventListener("change", show));
for (const button of document.querySelectorAll("button.all")) {
  button.addEventListener("click", () => {
    button.previousElementSibling.querySelector("table").classList.add("whole");
    button.hidden = true;
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  }
});
