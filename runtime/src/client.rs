//! The client's driver: what a generated `Client` calls. AWS's own runtime does the work, driven once for all operations.
//!
//! ```text
//!   Client::update_contact(request) ─▶ Call ─▶ erased: Wire + Input ─▶ orchestrator ─▶ erased: Output or Failure ─▶ typed
//!                                      │ header, timeout, retry, ..    endpoint, identity, SigV4, HTTP, retries
//!                                      ├ pages(), items(); Wait: again until an answer says what is waited for
//!                                      └ presigned(expires_in)
//! ```
//!
//! - **Streams.** A body that is a stream goes out as it is read, unsigned and once: only what is in memory is sent again. A
//!   response's stream is handed out before it is read; the call's timeout ends there, AWS's protection against stalled streams
//!   does not.
//! - **Events.** A stream of events goes out as it is made, each event signed by itself, and once. Neither way is a pause without
//!   events a stall: whoever waits says for how long.
//! - **Limits.** What is read of an answer has [limits](ResponseLimits), and nothing is decompressed. Without timeouts of the
//!   program's own, a connection is waited for 3.1 s, the head of an answer 60 s, an attempt 75 s and a call 90 s; an upload takes
//!   what it takes, and is answered 60 s after its end. An answer that is cut short is asked for again as AWS's standard mode does,
//!   whatever the operation; one that is too large is not. Redirects are not followed.
//! - **Compression.** Requests of operations that allow it are compressed as `SdkConfig` says: from 10,240 bytes on.
//! - **Host prefixes.** What an operation puts before the host also goes before that of a URL of the program's own, but not
//!   before an address or `localhost`: a fake needs no DNS.
//!
//! What is generic over an operation is a few lines, so that calling one more costs a program next to nothing to compile;
//! the rest is compiled once, here. [`Core`] is all that a client holds.

mod auth;
mod body;
mod call;
mod calls;
#[cfg(feature = "checksum")]
mod checksum;
mod compression;
mod core;
mod discovery;
mod endpoint;
#[cfg(feature = "event-stream")]
mod events;
mod failure;
mod in_process;
mod limits;
mod overrides;
mod pages;
mod presign;
mod service;
#[cfg(test)]
mod tests;
mod timeouts;
#[cfg(feature = "tls")]
mod tls;
mod token;
mod tree_hash;
mod upload;
mod wait;
mod wire;

pub use self::core::Core;
pub use call::{Call, CallFuture};
pub use discovery::EndpointDiscovery;
pub use in_process::in_process;
pub use pages::{Items, Pages};
pub use service::ServiceInfo;
#[cfg(feature = "tls")]
pub use tls::https;
pub use wait::{Answer, Judge, Poll, State, Wait, WaitError, WaitTimes, Waited, all};

/// What the client's signatures speak of, so that a program needs none of these crates by name.
pub mod config {
    pub use crate::client::auth::RequestSigner;
    pub use crate::client::limits::ResponseLimits;
    pub use crate::codec::DecodeLimits;
    pub use aws_credential_types::Credentials;
    pub use aws_credential_types::provider::SharedCredentialsProvider;
    pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
    pub use aws_smithy_runtime_api::client::http::SharedHttpClient;
    pub use aws_smithy_runtime_api::client::interceptors::Intercept;
    pub use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
    pub use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
    pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
    pub use aws_smithy_types::retry::RetryConfig;
    pub use aws_smithy_types::timeout::TimeoutConfig;
    pub use aws_types::SdkConfig;
    pub use aws_types::region::Region;
}

pub use config::*;
