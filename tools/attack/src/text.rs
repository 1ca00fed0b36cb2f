//! Hostile text, wherever a model has text: it comes out as the content of a literal or of a comment, or it is refused.
//!
//! What comes out is compared with what the same place gives with a harmless word: the same tokens, but for what names are called
//! and literals hold. The tokens of macro calls count like all others.

mod hostile;
mod places;
mod skeleton;

use crate::campaign::Round;
use crate::generator::{Outcome, Subject, check_refusal};
use crate::pool;
use crate::report::{Part, Report};
use crate::rng::{self, Rng, pick};
use crate::shard::{self, CaseResult};
pub(crate) use places::renamed;
use places::{How, Place};
use skeleton::Skeleton;
use smithwright::package::File;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;

/// What the figure is called.
const FIGURE: &str = "hostile model text that becomes a token outside a literal or comment";

/// How often another place is taken, when not even a harmless word is accepted there.
const PLACES: usize = 8;

/// Runs the part.
pub(crate) fn run(round: &Round, report: &mut Report) -> anyhow::Result<()> {
    let before = report.broken(Part::Text);
    shard::run(Part::Text, round, report)?;
    let broken = report.broken(Part::Text) - before;
    report.measure(FIGURE, "cases", Some(0.0), broken as f64);
    Ok(())
}

/// Does cases.
pub(crate) fn work(root: &Path, seed: u64, numbers: Range<u64>) -> anyhow::Result<()> {
    let mut attacker = Attacker::new(pool::subjects(root)?);
    shard::work(numbers, |number| attacker.attack(&mut rng::of("text", seed, number)))
}

struct Attacker {
    subjects: Vec<Subject>,
    places: Vec<Vec<Place>>,
    /// Places by kind, as the numbers of their subjects and their own: rare kinds are attacked as often as others.
    kinds: Vec<Vec<(usize, usize)>>,
    /// What a harmless word gives in a place, where it is accepted.
    harmless: HashMap<(usize, usize, How), Option<Skeleton>>,
}

impl Attacker {
    fn new(mut subjects: Vec<Subject>) -> Self {
        subjects.iter_mut().for_each(places::add_configuration);
        let places: Vec<Vec<Place>> = subjects.iter().map(places::all).collect();
        let kinds = kinds(&places);
        Self { subjects, places, kinds, harmless: HashMap::new() }
    }

    fn attack(&mut self, rng: &mut Rng) -> CaseResult {
        let (subject, place, how) = self.choose(rng);
        let text = hostile::text(rng);
        let harmless = self.harmless(subject, place, how);
        let (model, at) = (&self.subjects[subject], &self.places[subject][place]);
        let told = || format!("{}: {at}, {how:?}, {:?}", model.name, text.chars().take(300).collect::<String>());
        match places::put(model, at, how, &text).generate() {
            Outcome::Refused(diagnostics) => {
                check_refusal(&diagnostics).map(|()| "refused").map_err(|e| format!("{e}: {}", told()))
            }
            Outcome::Accepted(files, _) => check(
                &files,
                harmless.as_ref(),
                &[&|| skeleton(model), &|| skeleton(&places::put(model, at, how, hostile::HARMLESS_LITERAL))],
            )
            .map(|()| "accepted")
            .map_err(|error| format!("{error}\n  {}", told())),
        }
    }

    /// A place that takes a harmless word, mostly.
    fn choose(&mut self, rng: &mut Rng) -> (usize, usize, How) {
        let mut chosen = self.random(rng);
        for _ in 0..PLACES {
            if self.harmless(chosen.0, chosen.1, chosen.2).is_some() {
                break;
            }
            chosen = self.random(rng);
        }
        chosen
    }

    fn random(&self, rng: &mut Rng) -> (usize, usize, How) {
        let how = *pick(rng, &How::ALL);
        let (subject, place) = match rng.u8(..3) {
            0 => {
                let subject = rng.usize(..self.subjects.len());
                (subject, rng.usize(..self.places[subject].len()))
            }
            _ => {
                let kind = pick(rng, &self.kinds);
                *pick(rng, kind)
            }
        };
        (subject, place, how)
    }

    fn harmless(&mut self, subject: usize, place: usize, how: How) -> Option<Skeleton> {
        if let Some(known) = self.harmless.get(&(subject, place, how)) {
            return known.clone();
        }
        let put = places::put(&self.subjects[subject], &self.places[subject][place], how, hostile::HARMLESS);
        let skeleton = skeleton(&put);
        self.harmless.insert((subject, place, how), skeleton.clone());
        skeleton
    }
}

/// What a model gives, where it is accepted.
fn skeleton(model: &Subject) -> Option<Skeleton> {
    match model.generate() {
        Outcome::Accepted(files, _) => Skeleton::of(&files).ok(),
        Outcome::Refused(_) => None,
    }
}

fn kinds(places: &[Vec<Place>]) -> Vec<Vec<(usize, usize)>> {
    let mut kinds: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (subject, places) in places.iter().enumerate() {
        for (number, place) in places.iter().enumerate() {
            if let Place::One { kind, .. } = place {
                kinds.entry(kind).or_default().push((subject, number));
            }
        }
    }
    kinds.into_values().collect()
}

/// What is wrong with what was generated. Without a harmless output to compare with, its own soundness is all there is. Where text is an
/// expression, it may also be one of the others: nothing has changed when there are blanks around it, or it is a literal.
fn check(files: &[File], harmless: Option<&Skeleton>, others: &[&dyn Fn() -> Option<Skeleton>]) -> Result<(), String> {
    for file in files {
        check_path(&file.path)?;
        if let Some(character) = file.text.chars().find(|character| is_dangerous(*character)) {
            return Err(format!("{} holds a raw {}", file.path, character.escape_unicode()));
        }
    }
    let skeleton = Skeleton::of(files)?;
    let is_like = |other: Skeleton| skeleton.differs(&other).is_none();
    match harmless.and_then(|harmless| skeleton.differs(harmless)) {
        Some(difference) if !others.iter().any(|other| other().is_some_and(is_like)) => Err(difference),
        _ => Ok(()),
    }
}

/// Characters that a reader of a file does not see, or that change what the reader sees.
fn is_dangerous(character: char) -> bool {
    let is_bidi = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    let is_line = matches!(character, '\u{2028}' | '\u{2029}');
    (character.is_control() && character != '\n' && character != '\t') || is_bidi || is_line
}

/// A file stays where it belongs.
fn check_path(path: &str) -> Result<(), String> {
    let is_fine =
        |part: &str| !["", ".", ".."].contains(&part) && !part.contains(['\\', ':', '"', ' ']) && !part.contains(is_dangerous);
    match path.split('/').all(is_fine) {
        true => Ok(()),
        false => Err(format!("a file is called {path:?}")),
    }
}
