//! The hermetic tests of the whole: fixtures, snapshots, freshness, round trips.
//!
//! What several of them need is here: [`service`] reads a model and generates from it, [`sample`] makes messages of a model
//! that its constraints allow.

pub mod sample;
pub mod service;

mod pattern;

/// The README's snippets: `build.rs` copies it, so that there need not be one, and turns each into a function.
#[cfg(doctest)]
#[doc = include_str!(concat!(env!("OUT_DIR"), "/readme.md"))]
pub struct Readme;

/// The snippets of the book's chapters, likewise.
#[cfg(doctest)]
mod book {
    include!(concat!(env!("OUT_DIR"), "/book.rs"));
}
