//! A lending library, designed from scratch: `model/lending.json` says what it can be asked, `build.rs` makes [`service`] of that, and
//! what is written by hand is [`Library`], the books, and a program around both.
//!
//! ```text
//!   model/lending.json ─ build.rs ─▶ service::{api, client, server}
//!                                       │       │       └─ Server::new(Library::default()), behind a socket
//!                                       │       └───────── Client::local("http://.."), which is a `Lending`, too
//!                                       └───────────────── trait Lending ◀── library.rs: impl Lending for Library
//! ```

#[cfg(feature = "server")]
mod library;
pub mod service;

#[cfg(feature = "server")]
pub use library::Library;
