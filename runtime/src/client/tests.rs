//! What a client does, told on a small service and a scripted network.

#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod archive;
mod auth;
mod bodies;
#[cfg(feature = "checksum")]
#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod checksums;
#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod desk;
#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod discovery;
mod endpoints;
mod failures;
#[cfg(feature = "tls")]
mod hostile;
mod hosts;
mod in_process;
#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod log;
mod overrides;
mod paging;
mod paths;
#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod presigning;
mod requests;
mod retries;
#[allow(dead_code, unreachable_pub, reason = "what the macros write is for crates of its own")]
mod rules;
mod script;
mod streams;
#[cfg(feature = "tls")]
mod upstream;
mod waiting;

use crate::client::Core;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::time::StaticTimeSource;
use aws_types::SdkConfig;
use aws_types::region::Region;
use aws_types::sdk_config::Builder;
use desk::DESK;
use script::Script;

/// A client of the desk, on this network, in Oregon, in November 2023.
fn client(script: &Script) -> Core {
    Core::new(&DESK, &config(script).build())
}

fn config(script: &Script) -> Builder {
    SdkConfig::builder()
        .http_client(script.clone())
        .region(Region::from_static("us-west-2"))
        .credentials_provider(SharedCredentialsProvider::new(credentials("AKID")))
        .time_source(StaticTimeSource::from_secs(1_700_000_000))
}

fn credentials(id: &'static str) -> Credentials {
    Credentials::new(id, "secret", None, None, "test")
}

/// Futures and streams travel between threads.
fn travels<T: Send>(value: T) -> T {
    value
}
