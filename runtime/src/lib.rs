//! What the crates that smithwright generates call. What does not depend on a model lives here, once.
//!
//! ```text
//!   a generated shape ── codec: Encode, Decode            message: labels, queries, headers, body ── a generated operation
//!                          │                                 │
//!                       format: JSON ──── protocol ──── http_bindings
//!                                            │
//!                     client (feature) ──────┴────── server (feature)
//!                     aws-smithy-runtime: SigV4,            tower::Service: routing, strict decoding,
//!                     credentials, retries, endpoint        validation, error answers
//! ```

pub mod api;
pub mod checksum;
#[cfg(feature = "client")]
pub mod client;
pub mod codec;
pub mod codegen;
pub mod document;
pub mod endpoint;
pub mod enumeration;
pub mod error;
#[cfg(feature = "event-stream")]
pub mod event_stream;
pub mod format;
pub mod http_bindings;
mod include;
pub mod message;
#[doc(hidden)]
pub mod number;
pub mod operation;
mod percent;
pub mod protocol;
#[cfg(any(feature = "client", feature = "server"))]
mod random;
pub mod redact;
#[cfg(feature = "server")]
pub mod server;
pub mod stream;
#[doc(hidden)]
pub mod structure;
#[cfg(test)]
mod testing;
pub mod text;
pub mod timestamp;
pub mod uri;
pub mod validate;
