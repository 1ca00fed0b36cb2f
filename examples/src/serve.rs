//! A server behind a socket that anybody may reach: what is served is bounded in connections, bytes and time.
//!
//! ```text
//! accept.rs ── a place for each connection ── connection.rs ── front.rs ── the service
//! until a signal    house.rs, limits.rs      hyper, watched     size and Host of a request
//! signals.rs        evicts who is idle       activity.rs, socket.rs      hosts.rs
//! ```
//!
//! It speaks HTTP/1.1 and HTTP/1.0. HTTP/2 has hazards of its own (rapid resets, floods of frames that cost nothing), so that it is for
//! whoever asks for it to bring; nobody gets it by accident.

mod accept;
mod activity;
mod connection;
mod front;
mod hosts;
mod house;
mod limits;
mod listen;
mod signals;
mod socket;

pub use accept::{Settings, serve_until};
pub use front::Service;
pub use hosts::Hosts;
pub use limits::Limits;
pub use listen::{Listen, serve};
