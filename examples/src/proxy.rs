//! A typed proxy: the client behind the server.

use crate::Callers;
use connect_client::{Client, Credentials, Region, RetryConfig, SdkConfig, SharedCredentialsProvider};
use connect_server::Server;
use std::env;

/// A server that answers every operation with what the Connect at another URL answers, to those who may call.
///
/// Whether a value is allowed is for that one to say, so nothing is validated here.
pub fn proxy(upstream: &str, callers: Callers) -> Server {
    let client = client(upstream);
    Server::try_per_request(move |context| callers.admit(&context).map(|()| client.clone())).validation(false)
}

/// The callers that have the key which the proxy itself has.
pub fn own_callers() -> Callers {
    Callers::KeyId(credentials().access_key_id().to_owned())
}

/// A client of the Connect at a URL. It never retries: that is up to whoever calls the proxy, who would wait for both.
pub fn client(url: &str) -> Client {
    let config = SdkConfig::builder()
        .endpoint_url(url)
        .region(Region::new(variable("AWS_REGION").unwrap_or_else(|| "us-east-1".to_owned())))
        .credentials_provider(SharedCredentialsProvider::new(credentials()))
        .retry_config(RetryConfig::disabled())
        .build();
    Client::new(&config)
}

/// The environment's credentials; without any, some that only a Connect which checks no signatures takes.
fn credentials() -> Credentials {
    match (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY")) {
        (Some(id), Some(secret)) => Credentials::new(id, secret, variable("AWS_SESSION_TOKEN"), None, "environment"),
        _ => Credentials::new("proxy", "proxy", None, None, "proxy"),
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}
