//! An HTTP client without sockets: client and server in one process, for tests and for programs that are both.

use crate::stream::ByteStream;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use http::header::{HOST, HeaderValue};
use http::uri::{PathAndQuery, Uri};
use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use tower_service::Service;

/// An HTTP client that calls a service directly, whatever the URL says.
///
/// The service sees what it would see behind a socket: a path for a URI, and the header `host`. Bodies go through as they are, in
/// both directions: a stream is a stream on the other side.
///
/// ```text
/// let config = SdkConfig::builder()
///     .http_client(in_process(Server::new(Desk::default())))
///     .region(Region::from_static("us-east-1"))
///     .credentials_provider(SharedCredentialsProvider::new(Credentials::new("id", "secret", None, None, "test")))
///     .build();
/// let client = Client::new(&config);
/// ```
pub fn in_process<S, B>(service: S) -> SharedHttpClient
where
    S: Service<http::Request<SdkBody>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    SharedHttpClient::new(InProcess(Arc::new(Mutex::new(service))))
}

/// Behind a lock, because services are seldom `Sync`; each call is made on a clone.
struct InProcess<S>(Arc<Mutex<S>>);

impl<S> Clone for InProcess<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S> fmt::Debug for InProcess<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("InProcess")
    }
}

impl<S, B> HttpClient for InProcess<S>
where
    S: Service<http::Request<SdkBody>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl<S, B> HttpConnector for InProcess<S>
where
    S: Service<http::Request<SdkBody>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let service = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        HttpConnectorFuture::new(
            async move { exchange(service, request).await.map_err(|error| ConnectorError::other(error, None)) },
        )
    }
}

async fn exchange<S, B>(mut service: S, request: HttpRequest) -> Result<HttpResponse, BoxError>
where
    S: Service<http::Request<SdkBody>, Response = http::Response<B>>,
    S::Error: Into<BoxError>,
    B: http_body::Body + Send + 'static,
    B::Error: Into<BoxError>,
{
    let request = as_received(request)?;
    poll_fn(|context| service.poll_ready(context)).await.map_err(Into::into)?;
    let response = service.call(request).await.map_err(Into::into)?;
    let (parts, body) = response.into_parts();
    let body = SdkBody::from_body_1_x(ByteStream::from_body(body));
    Ok(HttpResponse::try_from(http::Response::from_parts(parts, body))?)
}

fn as_received(request: HttpRequest) -> Result<http::Request<SdkBody>, BoxError> {
    let mut request = request.try_into_http1x()?;
    let path = request.uri().path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
    if let (Some(authority), false) = (request.uri().authority(), request.headers().contains_key(HOST)) {
        let host = HeaderValue::try_from(authority.as_str())?;
        request.headers_mut().insert(HOST, host);
    }
    *request.uri_mut() = Uri::from(path);
    Ok(request)
}
