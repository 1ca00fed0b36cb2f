//! What the crates that smithwright generates call. What does not depend on a model lives here, once.
//!
//! ```text
//!            codec ── Encode, Decode ────────── a generated shape
//!              │
//!   json ── JsonEncoder, JsonDecoder            rest_json ── message: labels, queries, headers, body, errors
//!                                                   │
//!                            client (feature) ──────┴────── server (feature)
//!                     aws-smithy-runtime: SigV4,            tower::Service: routing, strict decoding,
//!                     credentials, retries, endpoint        validation, error answers
//! ```

pub mod api;
#[cfg(feature = "client")]
pub mod client;
pub mod codec;
pub mod codegen;
pub mod document;
pub mod endpoint;
pub mod enumeration;
pub mod error;
pub mod json;
pub mod message;
pub mod operation;
#[cfg(any(feature = "client", feature = "server"))]
mod random;
pub mod redact;
pub mod rest_json;
#[cfg(feature = "server")]
pub mod server;
pub mod stream;
#[doc(hidden)]
pub mod structure;
pub mod text;
pub mod timestamp;
pub mod uri;
pub mod validate;
