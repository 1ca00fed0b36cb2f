//! How both clients are configured.

use crate::canned::Canned;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_types::SdkConfig;
use aws_types::region::Region;
use aws_types::sdk_config::Builder;

/// Over HTTPS, with the client's own HTTP client; key and secret are the program's arguments.
pub fn https() -> SdkConfig {
    let mut arguments = std::env::args().skip(1);
    let key = arguments.next().unwrap_or_default();
    let secret = arguments.next().unwrap_or_default();
    builder(Credentials::new(key, secret, None, None, "arguments")).build()
}

/// In memory.
pub fn canned(body: Vec<u8>) -> SdkConfig {
    builder(Credentials::new("key", "secret", None, None, "canned")).http_client(Canned::new(body)).build()
}

fn builder(credentials: Credentials) -> Builder {
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("eu-central-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
}
