//! Answers to challenges: <https://smithy.io/2.0/spec/authentication-traits.html#httpdigestauth-trait>, <https://www.rfc-editor.org/rfc/rfc7616>.
//!
//! The first request of a client is sent without an answer, and again at once when the server challenges it, as an attempt of its retries:
//! a body that is a stream cannot be sent again. What was challenged is remembered, so that the next request has its answer.

use super::scheme::Scheme;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::http::HTTP_DIGEST_AUTH_SCHEME_ID;
use aws_smithy_runtime_api::client::auth::{AuthSchemeEndpointConfig, Sign};
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::identity::http::Login;
use aws_smithy_runtime_api::client::interceptors::context::{BeforeDeserializationInterceptorContextRef, InterceptorContext};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction, RetryReason};
use aws_smithy_runtime_api::client::runtime_components::{RuntimeComponents, RuntimeComponentsBuilder};
use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer, Storable, StoreReplace};
use aws_smithy_types::retry::ErrorKind;
use http::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use http_auth::{PasswordClient, PasswordParams, parse_challenges};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The last challenge that a client got.
#[derive(Clone, Default)]
struct Challenge(Arc<Mutex<Option<PasswordClient>>>);

impl Challenge {
    fn last(&self) -> MutexGuard<'_, Option<PasswordClient>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Challenge(..)")
    }
}

impl Storable for Challenge {
    type Storer = StoreReplace<Self>;
}

/// What a client remembers.
pub(super) fn memory() -> FrozenLayer {
    let mut layer = Layer::new("digest");
    layer.store_put(Challenge::default());
    layer.freeze()
}

/// Puts in what a call needs.
pub(super) fn set(components: &mut RuntimeComponentsBuilder) {
    let call = Arc::new(Call::default());
    components.push_auth_scheme(Scheme { id: HTTP_DIGEST_AUTH_SCHEME_ID, signer: DigestSigner(Arc::clone(&call)) });
    components.push_interceptor(ChallengeInterceptor(Arc::clone(&call)));
    components.push_retry_classifier(ChallengeClassifier(call));
}

/// What one call knows of its last attempt.
#[derive(Debug, Default)]
struct Call {
    /// Whether it answered a challenge.
    answered: AtomicBool,
    /// Whether there is one that the next attempt can answer.
    challenged: AtomicBool,
}

#[derive(Debug)]
struct DigestSigner(Arc<Call>);

impl Sign for DigestSigner {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        _: AuthSchemeEndpointConfig<'_>,
        _: &RuntimeComponents,
        config: &ConfigBag,
    ) -> Result<(), BoxError> {
        let login = identity.data::<Login>().ok_or("what was resolved for a login is none")?;
        let uri: http::Uri = request.uri().parse()?;
        let method = request.method().to_owned();
        let mut last = config.load::<Challenge>().map(Challenge::last);
        let Some(challenge) = last.as_mut().and_then(|last| last.as_mut()) else {
            self.0.answered.store(false, Ordering::Relaxed);
            return Ok(());
        };
        let answer = challenge.respond(&PasswordParams {
            username: login.user(),
            password: login.password(),
            uri: uri.path_and_query().map_or("/", |path| path.as_str()),
            method: &method,
            body: request.body().bytes(),
        })?;
        let mut answer = HeaderValue::try_from(answer)?;
        answer.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, answer);
        self.0.answered.store(true, Ordering::Relaxed);
        Ok(())
    }
}

/// Takes notice of challenges.
#[derive(Debug)]
struct ChallengeInterceptor(Arc<Call>);

#[dyn_dispatch_hint]
impl Intercept for ChallengeInterceptor {
    fn name(&self) -> &'static str {
        "ChallengeInterceptor"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        let header = response.headers().get(WWW_AUTHENTICATE.as_str()).filter(|_| response.status().as_u16() == 401);
        let challenge = header.and_then(|header| Some((header, PasswordClient::try_from(header).ok()?)));
        let was_answered = self.0.answered.load(Ordering::Relaxed);
        let challenge = challenge.filter(|(header, _)| !was_answered || is_stale(header)).map(|(_, challenge)| challenge);
        self.0.challenged.store(challenge.is_some(), Ordering::Relaxed);
        if let (Some(challenge), Some(last)) = (challenge, config.load::<Challenge>()) {
            *last.last() = Some(challenge);
        }
        Ok(())
    }
}

/// Whether the answer was right, but for its nonce.
fn is_stale(header: &str) -> bool {
    let challenges = parse_challenges(header).unwrap_or_default();
    challenges
        .iter()
        .flat_map(|challenge| &challenge.params)
        .any(|(name, value)| name.eq_ignore_ascii_case("stale") && value.to_unescaped().eq_ignore_ascii_case("true"))
}

/// Has a challenge answered at once.
#[derive(Debug)]
struct ChallengeClassifier(Arc<Call>);

impl ClassifyRetry for ChallengeClassifier {
    fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
        match self.0.challenged.load(Ordering::Relaxed) {
            true => RetryAction::RetryIndicated(RetryReason::RetryableError {
                kind: ErrorKind::ClientError,
                retry_after: Some(Duration::ZERO),
            }),
            false => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "ChallengeClassifier"
    }
}
