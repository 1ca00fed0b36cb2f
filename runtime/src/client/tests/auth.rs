//! Operations that are not signed as most are.

use super::desk::{DESK, Error};
use super::script::{Script, ok};
use super::*;
use crate::codegen::*;
use crate::error::ClientErrorKind;
use aws_credential_types::Token;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_smithy_runtime_api::client::auth::http::HTTP_BEARER_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

macro_rules! operation {
    ($request:ident, [$($auth:expr),*]) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        struct $request {}

        request! { $request: default {} }

        impl Validate for $request {}

        impl Operation for $request {
            type Response = ();
            type Error = Error;
            const INFO: OperationInfo = OperationInfo::new(stringify!($request), "GET", "/", &[]).auth(&[$($auth),*]);

            bindings! {}
        }
    };
}

operation!(Ask, [Auth::Bearer]);
operation!(Look, [Auth::Anonymous]);
operation!(Sign, [Auth::SigV4, Auth::Bearer]);
operation!(MaySign, [Auth::SigV4, Auth::Anonymous]);
operation!(ShowKey, [Auth::ApiKey(ApiKey::Header("X-Api-Key", None))]);
operation!(ShowKeyOfScheme, [Auth::ApiKey(ApiKey::Header("Authorization", Some("ApiKey")))]);
operation!(ShowKeyInQuery, [Auth::ApiKey(ApiKey::Query("api key"))]);
operation!(LogIn, [Auth::Basic]);
operation!(ShowPalaceKey, [Auth::Custom("desk#palaceKey"), Auth::Basic]);
#[cfg(feature = "digest-auth")]
operation!(Answer, [Auth::Digest]);

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

#[tokio::test]
async fn the_first_scheme_counts_that_there_is_an_identity_for() {
    let script = Script::new([ok(""), ok(""), ok(""), ok("")]);
    client(&script).ask(Sign {}).await.unwrap();
    client_with(&script, Some("abc")).ask(Sign {}).await.unwrap();
    client(&script).ask(MaySign {}).await.unwrap();
    client_with(&script, None).ask(MaySign {}).await.unwrap();
    let [signed, shown, may_signed, not_signed] = script.sent().try_into().unwrap();
    assert!(signed.header("authorization").unwrap().starts_with("AWS4-HMAC-SHA256 "));
    assert_eq!(shown.header("authorization"), Some("Bearer abc"));
    assert!(may_signed.header("authorization").unwrap().starts_with("AWS4-HMAC-SHA256 "));
    assert_eq!(not_signed.header("authorization"), None);
}

#[tokio::test]
async fn credentials_of_a_call_count_as_those_of_its_client() {
    let script = Script::new([ok("")]);
    client_with(&script, Some("abc")).ask(Sign {}).credentials(credentials("OTHER")).await.unwrap();
    assert!(script.only().header("authorization").unwrap().starts_with("AWS4-HMAC-SHA256 Credential=OTHER/"));
}

#[tokio::test]
async fn the_program_may_prefer_another_scheme() {
    let script = Script::new([ok("")]);
    let config = config(&script)
        .token_provider(SharedTokenProvider::new(Token::new("abc", None)))
        .auth_scheme_preference([HTTP_BEARER_AUTH_SCHEME_ID]);
    Core::new(&DESK, &config.build()).ask(Sign {}).await.unwrap();
    assert_eq!(script.only().header("authorization"), Some("Bearer abc"));
}

#[tokio::test]
async fn a_key_is_shown_where_the_service_wants_it() {
    let script = Script::new([ok(""), ok(""), ok("")]);
    let client = client_with(&script, None).with_api_key("a key");
    client.ask(ShowKey {}).await.unwrap();
    client.ask(ShowKeyOfScheme {}).await.unwrap();
    client.ask(ShowKeyInQuery {}).await.unwrap();
    let [header, scheme, query] = script.sent().try_into().unwrap();
    assert_eq!(header.header("x-api-key"), Some("a key"));
    assert_eq!(scheme.header("authorization"), Some("ApiKey a key"));
    assert_eq!(query.uri.query(), Some("api%20key=a%20key"));
}

#[tokio::test]
async fn a_key_that_no_header_can_hold_is_not_sent() {
    let script = Script::default();
    let error = client_with(&script, None).with_api_key("a\nkey").ask(ShowKey {}).await.unwrap_err();
    assert!(matches!(&error, Error::Client(error) if error.kind() == ClientErrorKind::Construction), "{error}");
    assert!(error.to_string().contains("the API key is no text that a header can hold"), "{error}");
}

#[tokio::test]
async fn a_login_is_user_and_password() {
    let script = Script::new([ok("")]);
    client_with(&script, None).with_login("Aladdin", "open sesame").ask(LogIn {}).await.unwrap();
    assert_eq!(script.only().header("authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
}

#[tokio::test]
async fn a_program_brings_what_signs_for_a_scheme_of_the_services_own() {
    let script = Script::new([ok(""), ok("")]);
    let client = client_with(&script, None).with_login("ann", "secret");
    client.ask(ShowPalaceKey {}).await.unwrap();
    let client = client.with_signer("desk#palaceKey", |request: &mut HttpRequest| {
        let key = format!("of {}", request.method());
        request.headers_mut().insert("x-palace-key", key);
        Ok(())
    });
    client.ask(ShowPalaceKey {}).await.unwrap();
    let [without, with] = script.sent().try_into().unwrap();
    assert_eq!(without.header("authorization"), Some("Basic YW5uOnNlY3JldA=="));
    assert_eq!((with.header("x-palace-key"), with.header("authorization")), (Some("of GET"), None));
}

#[tokio::test]
async fn a_signer_that_fails_keeps_a_call_from_being_sent() {
    let script = Script::default();
    let client = client_with(&script, None).with_signer("desk#palaceKey", |_: &mut HttpRequest| Err("no key today".into()));
    let error = client.ask(ShowPalaceKey {}).await.unwrap_err();
    assert!(error.to_string().contains("no key today"), "{error}");
}

#[cfg(feature = "digest-auth")]
mod digest {
    use super::super::script::{Answer as Scripted, answer};
    use super::*;

    /// That of the example in RFC 2617 and RFC 7616.
    const CHALLENGE: &str = "Digest realm=\"desk\", qop=\"auth\", algorithm=SHA-256, nonce=\"7ypf\", opaque=\"FQhe\"";
    const STALE: &str = "Digest realm=\"desk\", qop=\"auth\", algorithm=SHA-256, nonce=\"8zqg\", stale=true";

    fn challenge(challenge: &'static str) -> Scripted {
        answer(401, "{}").with("www-authenticate", challenge)
    }

    fn login(script: &Script) -> Core {
        client_with(script, None).with_login("Mufasa", "Circle of Life")
    }

    #[tokio::test]
    async fn a_challenge_is_answered_at_once_and_remembered() {
        let script = Script::new([challenge(CHALLENGE), ok(""), ok("")]);
        let client = login(&script);
        client.ask(Answer {}).await.unwrap();
        client.ask(Answer {}).await.unwrap();
        let [first, second, third] = script.sent().try_into().unwrap();
        assert_eq!(first.header("authorization"), None);
        for (sent, count) in [(second, "nc=00000001"), (third, "nc=00000002")] {
            let answer = sent.header("authorization").unwrap();
            for part in ["Digest username=\"Mufasa\"", "realm=\"desk\"", "uri=\"/\"", "nonce=\"7ypf\"", "opaque=\"FQhe\"", count]
            {
                assert!(answer.contains(part), "{answer} has no {part}");
            }
        }
    }

    #[tokio::test]
    async fn a_wrong_password_is_the_services_error() {
        let script = Script::new([challenge(CHALLENGE), challenge(CHALLENGE)]);
        let error = login(&script).ask(Answer {}).await.unwrap_err();
        assert!(matches!(error, Error::Unrecognized(_)), "{error}");
        assert_eq!(script.sent().len(), 2);
    }

    #[tokio::test]
    async fn a_nonce_that_is_stale_is_replaced() {
        let script = Script::new([challenge(CHALLENGE), ok(""), challenge(STALE), ok("")]);
        let client = login(&script);
        client.ask(Answer {}).await.unwrap();
        client.ask(Answer {}).await.unwrap();
        assert!(script.sent()[3].header("authorization").unwrap().contains("nonce=\"8zqg\""));
    }

    #[tokio::test]
    async fn a_challenge_of_another_scheme_is_an_error() {
        let script = Script::new([challenge("Basic realm=\"desk\"")]);
        assert!(matches!(login(&script).ask(Answer {}).await.unwrap_err(), Error::Unrecognized(_)));
    }
}
