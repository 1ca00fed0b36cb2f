//! Operations that are not signed as most are.

use super::desk::{DESK, Error};
use super::script::{Script, ok};
use super::*;
use crate::codegen::*;
use aws_credential_types::Token;
use aws_credential_types::provider::token::SharedTokenProvider;

macro_rules! operation {
    ($request:ident, $auth:ident) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        struct $request {}

        request! { $request: default {} }

        impl Validate for $request {}

        impl Operation for $request {
            type Response = ();
            type Error = Error;
            const INFO: OperationInfo = OperationInfo::new(stringify!($request), "GET", "/", &[]).auth(Auth::$auth);

            bindings! {}
        }
    };
}

operation!(Ask, Bearer);
operation!(Look, Anonymous);

/// A client without credentials, but with a token perhaps.
fn client_with(script: &Script, token: Option<&str>) -> Core {
    let config = SdkConfig::builder().http_client(script.clone()).region(Region::from_static("us-west-2"));
    let config = match token {
        Some(token) => config.token_provider(SharedTokenProvider::new(Token::new(token, None))),
        None => config,
    };
    Core::new(&DESK, &config.build())
}

#[tokio::test]
async fn an_anonymous_call_needs_no_credentials() {
    let script = Script::new([ok("")]);
    client_with(&script, None).ask(Look {}).await.unwrap();
    assert_eq!(script.only().header("authorization"), None);
}

#[tokio::test]
async fn a_call_with_a_token_shows_it() {
    let script = Script::new([ok("")]);
    client_with(&script, Some("abc")).ask(Ask {}).await.unwrap();
    assert_eq!(script.only().header("authorization"), Some("Bearer abc"));
}

#[tokio::test]
async fn a_call_that_needs_a_token_is_not_sent_without_one() {
    let script = Script::new([]);
    let error = client_with(&script, None).ask(Ask {}).await.unwrap_err();
    assert!(script.sent().is_empty(), "{error}");
}
