//! Where Connect's client sends its requests, by region and configuration: the model's endpoint rules at work.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use connect_api::DescribeContactRequest;
use connect_client::{Client, SdkConfig};
use http::{Request, Response};
use smithwright_runtime::client::{Credentials, Region, RetryConfig, SharedCredentialsProvider, in_process};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// Answers an empty object, and keeps the host that was asked for.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<String>>);

impl<B: Send + 'static> tower::Service<Request<B>> for Listener {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let host = request.headers()["host"].to_str().unwrap();
        *self.0.lock().unwrap() = format!("{host}{}", request.uri().path());
        Box::pin(std::future::ready(Ok(Response::new("{}".to_owned()))))
    }
}

struct Case {
    region: Option<&'static str>,
    fips: bool,
    dual_stack: bool,
    endpoint: Option<&'static str>,
}

const fn region(region: &'static str) -> Case {
    Case { region: Some(region), fips: false, dual_stack: false, endpoint: None }
}

impl Case {
    fn fips(self) -> Self {
        Self { fips: true, ..self }
    }

    fn dual_stack(self) -> Self {
        Self { dual_stack: true, ..self }
    }

    fn endpoint(self, endpoint: &'static str) -> Self {
        Self { endpoint: Some(endpoint), ..self }
    }

    /// The host and path that a call reaches, or what is wrong.
    async fn reaches(self) -> Result<String, String> {
        let listener = Listener::default();
        let mut config = SdkConfig::builder()
            .http_client(in_process(listener.clone()))
            .credentials_provider(SharedCredentialsProvider::new(Credentials::new("id", "secret", None, None, "test")))
            .retry_config(RetryConfig::disabled())
            .use_fips(self.fips)
            .use_dual_stack(self.dual_stack);
        config.set_region(self.region.map(Region::from_static));
        config.set_endpoint_url(self.endpoint.map(str::to_owned));
        let client = Client::new(&config.build());
        client.describe_contact(DescribeContactRequest::new("i", "c")).await.map_err(|error| error.to_string())?;
        let reached = listener.0.lock().unwrap();
        Ok(reached.clone())
    }
}

macro_rules! reaches {
    ($($test:ident: $case:expr => $host:literal,)*) => {
        $(
            #[tokio::test]
            async fn $test() {
                assert_eq!($case.reaches().await.as_deref(), Ok(concat!($host, "/contacts/i/c")));
            }
        )*
    };
}

reaches! {
    the_usual_partition: region("eu-central-1") => "connect.eu-central-1.amazonaws.com",
    the_usual_partition_with_fips: region("us-east-1").fips() => "connect-fips.us-east-1.amazonaws.com",
    the_usual_partition_with_dual_stack: region("us-west-2").dual_stack() => "connect.us-west-2.api.aws",
    the_usual_partition_with_both: region("ca-central-1").fips().dual_stack() => "connect-fips.ca-central-1.api.aws",

    china: region("cn-north-1") => "connect.cn-north-1.amazonaws.com.cn",
    china_with_fips: region("cn-north-1").fips() => "connect-fips.cn-north-1.amazonaws.com.cn",
    china_with_dual_stack: region("cn-northwest-1").dual_stack() => "connect.cn-northwest-1.api.amazonwebservices.com.cn",
    china_with_both: region("cn-north-1").fips().dual_stack() => "connect-fips.cn-north-1.api.amazonwebservices.com.cn",

    gov_cloud: region("us-gov-west-1") => "connect.us-gov-west-1.amazonaws.com",
    gov_clouds_usual_endpoint_is_fips: region("us-gov-west-1").fips() => "connect.us-gov-west-1.amazonaws.com",
    gov_cloud_with_dual_stack: region("us-gov-east-1").dual_stack() => "connect.us-gov-east-1.api.aws",
    gov_cloud_with_both: region("us-gov-east-1").fips().dual_stack() => "connect-fips.us-gov-east-1.api.aws",

    an_isolated_partition: region("us-iso-east-1") => "connect.us-iso-east-1.c2s.ic.gov",
    a_region_newer_than_the_model: region("eu-north-7") => "connect.eu-north-7.amazonaws.com",
    a_region_newer_than_the_model_in_china: region("cn-east-2") => "connect.cn-east-2.amazonaws.com.cn",
    a_region_that_looks_like_none: region("moon") => "connect.moon.amazonaws.com",

    a_custom_endpoint: region("us-east-1").endpoint("http://localhost:8080") => "localhost:8080",
    a_custom_endpoint_with_a_path: region("us-east-1").endpoint("https://example.com/desk") => "example.com/desk",
}

macro_rules! refused {
    ($($test:ident: $case:expr => $message:literal,)*) => {
        $(
            #[tokio::test]
            async fn $test() {
                let message = $case.reaches().await.unwrap_err();
                assert!(message.contains($message), "{message}");
            }
        )*
    };
}

refused! {
    a_custom_endpoint_with_fips_is_refused:
        region("us-east-1").endpoint("http://localhost").fips() => "FIPS and custom endpoint are not supported",
    a_custom_endpoint_with_dual_stack_is_refused:
        region("us-east-1").endpoint("http://localhost").dual_stack() => "Dualstack and custom endpoint are not supported",
    no_region_is_refused:
        Case { region: None, fips: false, dual_stack: false, endpoint: None } => "egion",
}
