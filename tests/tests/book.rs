//! The book: its chapters are those of its summary, and its links lead somewhere.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const CHAPTERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/book/src");

/// The targets of a chapter's links to files.
fn links(text: &str) -> Vec<String> {
    let starts = text.match_indices("](").map(|(at, mark)| &text[at + mark.len()..]);
    let targets = starts.filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    targets
        .filter(|target| !target.contains("://"))
        .map(|target| target.split('#').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn every_chapter_is_in_the_summary() {
    let chapters = fs::read_dir(CHAPTERS).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let chapters: BTreeSet<String> = chapters.filter(|name| name != "SUMMARY.md").collect();
    let summary = links(&fs::read_to_string(Path::new(CHAPTERS).join("SUMMARY.md")).unwrap());
    assert_eq!(summary.into_iter().collect::<BTreeSet<_>>(), chapters);
}

#[test]
fn links_lead_somewhere() {
    for entry in fs::read_dir(CHAPTERS).unwrap() {
        let path = entry.unwrap().path();
        for link in links(&fs::read_to_string(&path).unwrap()) {
            assert!(Path::new(CHAPTERS).join(&link).exists(), "{}: {link}", path.display());
        }
    }
}
