//! A service: `model.json` says what it can be asked, `build.rs` makes [`service`] of that, and
//! [`Notes`] is what answers.

mod notes;
pub mod service;

pub use notes::Notes;
