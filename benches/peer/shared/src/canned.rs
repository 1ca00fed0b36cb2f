//! A network that answers from memory, so that what a call costs is the client alone.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use std::sync::Arc;

/// Answers every request with 200 and the same body.
#[derive(Clone, Debug)]
pub struct Canned {
    body: Arc<[u8]>,
}

impl Canned {
    /// A network that answers this JSON.
    pub fn new(body: Vec<u8>) -> Self {
        Self { body: body.into() }
    }
}

impl HttpClient for Canned {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Canned {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let mut response = HttpResponse::new(http::StatusCode::OK.into(), SdkBody::from(&*self.body));
        response.headers_mut().insert("content-type", "application/json");
        HttpConnectorFuture::ready(Ok(response))
    }
}
