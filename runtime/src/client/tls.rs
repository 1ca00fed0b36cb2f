//! HTTPS, for programs that bring no HTTP client.

use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// The HTTP client that is used when `SdkConfig` has none: hyper 1 and rustls, with ring and the system's certificates.
///
/// Given to `aws_config`, it also fetches the credentials, and spares the program a second TLS stack.
pub fn https() -> SharedHttpClient {
    Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https()
}
