//! What a server behind a socket withstands, and how it ends: raw bytes, slow and idle connections, strangers, signals.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where it cannot go on, its helpers too; and a handler panics"
)]

mod framing;
mod programs;
mod slow;
mod stopping;
mod strangers;
mod support;
