//! Signatures that travel in a URL:
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>.

mod query;

#[cfg(feature = "checksum")]
use crate::client::checksum::ChecksumPolicy;
use crate::client::core::Core;
use crate::client::failure::Failure;
use crate::client::overrides::Overrides;
use crate::client::wire::Wire;
use aws_runtime::auth::{HttpSignatureType, SigV4OperationSigningConfig};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::user_agent::UserAgentInterceptor;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{BeforeTransmitInterceptorContextMut, Input};
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor, disable_interceptor, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::runtime_plugin::{SharedRuntimePlugin, StaticRuntimePlugin};
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use http::header::CONTENT_LENGTH;
use std::time::Duration;

/// What the signature's specification allows.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

pub(crate) async fn presign(
    core: &Core,
    wire: Wire,
    input: Input,
    overrides: Option<Box<Overrides>>,
    expires_in: Duration,
) -> Result<http::Request<()>, Failure> {
    if expires_in.as_secs() == 0 || expires_in > LONGEST {
        return Err(Failure::construction(format!("a presigned request expires in a second to a week, not in {expires_in:?}")));
    }
    let mut overrides = overrides.unwrap_or_default();
    overrides.plugin(SharedRuntimePlugin::new(StaticRuntimePlugin::new().with_config(quiet().freeze())));
    overrides.interceptor(SharedInterceptor::new(PresigningInterceptor { expires_in, in_query: wire.info.presigned_in_query }));

    let mut context = core.prepare(wire, input, Some(overrides)).await?;
    let request = context.take_request().ok_or_else(|| Failure::construction("there is no request to sign"))?;
    let request = request.try_into_http1x().map_err(Failure::construction)?;
    Ok(request.map(|_| ()))
}

/// Without the headers that tell of this program: whoever sends the request is another.
fn quiet() -> Layer {
    const CAUSE: &str = "presigning";
    let mut layer = Layer::new(CAUSE);
    #[cfg(feature = "checksum")]
    layer.store_put(ChecksumPolicy::NONE);
    layer.store_put(disable_interceptor::<InvocationIdInterceptor>(CAUSE));
    layer.store_put(disable_interceptor::<RecursionDetectionInterceptor>(CAUSE));
    layer.store_put(disable_interceptor::<RequestInfoInterceptor>(CAUSE));
    layer.store_put(disable_interceptor::<UserAgentInterceptor>(CAUSE));
    layer
}

/// Has the signer write to the query.
#[derive(Debug)]
struct PresigningInterceptor {
    expires_in: Duration,
    /// Whether the members of the body go there, too.
    in_query: bool,
}

#[dyn_dispatch_hint]
impl Intercept for PresigningInterceptor {
    fn name(&self) -> &'static str {
        "PresigningInterceptor"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.in_query {
            query::move_body(context.request_mut())?;
        }
        // Left to whoever sends the request: a signed header would have to be sent exactly so.
        context.request_mut().headers_mut().remove(CONTENT_LENGTH.as_str());
        let mut signing = config.load::<SigV4OperationSigningConfig>().cloned().unwrap_or_default();
        signing.signing_options.expires_in = Some(self.expires_in);
        signing.signing_options.signature_type = HttpSignatureType::HttpRequestQueryParams;
        config.interceptor_state().store_put(signing);
        Ok(())
    }
}
