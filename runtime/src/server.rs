//! Serving: what the [`server!`](crate::server!) macro wires up for a generated crate.
//!
//! ```text
//! http::Request ─ route ─ accept, content type ─ body ─ read ─ the service's method ─ write ─ http::Response
//!                 route.rs      media.rs     request.rs  call.rs                     answer.rs
//!                     └─────────────┴────────────┴──────────┴─ rejection.rs ────────────┘
//! ```
//!
//! Bodies are collected, but for those that the model calls streaming: a handler reads such a one itself, as it arrives, and
//! answers one that goes out as the handler makes it.
//!
//! Everything here is compiled once, in this crate; only the boxing of a body depends on what the program serves with.
//! A generated crate adds, per operation, one function that reads and one that writes, both compiled there, and one arm that
//! calls the service, compiled in the program.

mod answer;
mod call;
#[cfg(feature = "checksum")]
mod checksum;
mod context;
mod decompression;
mod engine;
mod long;
mod media;
mod paced;
mod panics;
mod protocol;
mod rejection;
mod request;
mod response;
mod route;
#[cfg(test)]
mod tests;

pub use answer::{Answer, answer};
#[cfg(feature = "event-stream")]
pub(crate) use call::judge;
pub use call::{Answering, Call, Dispatch, Provider, read};
pub use context::{RequestContext, RequestId};
pub use engine::{BoxError, Engine, ResponseFuture};
pub use protocol::{ProtocolTable, Protocols, ServerProtocol};
pub use rejection::{Rejection, RejectionKind};
pub use response::ResponseBody;
pub use route::{PathRouter, Route, Router, RpcV2Router, Target, TargetRouter};

/// What the macro's output names.
#[doc(hidden)]
pub mod export {
    pub use http::{Request, Response};
    pub use http_body::Body;
    pub use tower_service::Service;
}

/// Makes the `Server` of a service.
///
/// ```text
/// smithwright_runtime::server! {
///     /// Serves any [`Connect`] as a tower service.
///     Connect, Error, [RestJson1];
///     list_contact_references(ListContactReferencesRequest),
///     update_contact(UpdateContactRequest),
/// }
/// ```
///
/// Names the trait, its error, the protocols that are spoken, and each method with its request, all of which must be in scope. The output has `Server`, a
/// `Clone`able `tower::Service<http::Request<B>>` for any body `B`:
///
/// - `Server::new(service)` shares one service among all requests,
/// - `Server::per_request(|context| ..)` makes one a request, which may keep the [`RequestContext`](crate::server::RequestContext),
/// - `Server::try_per_request(|context| ..)` may also answer an error before anything else is looked at,
/// - `body_limit`, `operation_body_limit`, `decode_limits`, `body_timeout`, `validation`, `rejection` change the defaults.
#[macro_export]
macro_rules! server {
    ($(#[$meta:meta])* $service:path, $error:ty, [$($protocol:ty),+]; $($method:ident($request:ty)),* $(,)?) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        pub struct Server($crate::server::Engine);

        impl Server {
            /// Serves with one service for all requests.
            pub fn new<S: $service>(service: S) -> Self {
                Self::with($crate::server::Provider::shared(Handlers(service)))
            }

            /// Serves with one service a request, made from the request's context before its body is read.
            #[allow(clippy::result_large_err, reason = "an error is as large as its model has it")]
            pub fn per_request<S: $service>(
                make: impl Fn($crate::server::RequestContext) -> S + Send + Sync + 'static,
            ) -> Self {
                Self::try_per_request(move |context| Ok(make(context)))
            }

            /// Serves with one service a request, or answers the error. Whoever is refused costs no body: it is not read.
            #[allow(clippy::result_large_err, reason = "an error is as large as its model has it")]
            pub fn try_per_request<S: $service>(
                make: impl Fn($crate::server::RequestContext) -> Result<S, $error> + Send + Sync + 'static,
            ) -> Self {
                Self::with($crate::server::Provider::per_request::<Protocols, _, _>(move |context| make(context).map(Handlers)))
            }

            /// Refuses a body of more bytes than this; 1 MiB unless set. A stream has no limit but its handler's.
            #[must_use]
            pub fn body_limit(self, bytes: usize) -> Self {
                Self(self.0.body_limit(bytes))
            }

            /// The same for the bodies of one operation, which is named by its request.
            #[must_use]
            pub fn operation_body_limit<O: $crate::operation::Operation<Error = $error>>(self, bytes: usize) -> Self {
                Self(self.0.operation_body_limit(O::INFO.name, bytes))
            }

            /// Refuses a body that nests more deeply, or whose values need more memory, than this.
            #[must_use]
            pub fn decode_limits(self, limits: $crate::codec::DecodeLimits) -> Self {
                Self(self.0.decode_limits(limits))
            }

            /// Refuses a body that takes longer than this to arrive; 30 seconds unless set. A stream may go on for ever, but breaks
            /// off when nothing arrives for so long.
            #[must_use]
            pub fn body_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.body_timeout(timeout))
            }

            /// Whether the model's constraints (lengths, ranges, patterns, enum values) are checked; they are unless set.
            ///
            /// What is required, and of which type, is checked all the same.
            #[must_use]
            pub fn validation(self, validate: bool) -> Self {
                Self(self.0.validation(validate))
            }

            /// Answers a request that never reached the service with an error of the service, where the function gives one.
            #[must_use]
            pub fn rejection(
                self,
                error: impl Fn(&$crate::server::Rejection) -> Option<$error> + Send + Sync + 'static,
            ) -> Self {
                Self(self.0.rejection::<Protocols, _>(error))
            }

            fn with(provider: $crate::server::Provider) -> Self {
                static ROUTER: ::std::sync::LazyLock<$crate::server::Router> =
                    ::std::sync::LazyLock::new(|| {
                        let service = <$error as $crate::error::ServiceError>::SERVICE;
                        $crate::server::Router::new::<Protocols>(service, OPERATIONS)
                    });
                Self($crate::server::Engine::new(&ROUTER, provider))
            }
        }

        impl<B> $crate::server::export::Service<$crate::server::export::Request<B>> for Server
        where
            B: $crate::server::export::Body + Send + 'static,
            B::Error: Into<$crate::server::BoxError>,
        {
            type Response = $crate::server::export::Response<$crate::server::ResponseBody>;
            type Error = ::std::convert::Infallible;
            type Future = $crate::server::ResponseFuture;

            fn poll_ready(&mut self, _: &mut ::std::task::Context<'_>) -> ::std::task::Poll<Result<(), Self::Error>> {
                ::std::task::Poll::Ready(Ok(()))
            }

            fn call(&mut self, request: $crate::server::export::Request<B>) -> Self::Future {
                self.0.call(request)
            }
        }

        type Protocols = $crate::protocols!($($protocol),+);

        static OPERATIONS: &[$crate::operation::OperationInfo] = &[$(<$request as $crate::operation::Operation>::INFO),*];

        /// The operations by the names of their methods, in the order of [`OPERATIONS`].
        #[allow(non_camel_case_types)]
        #[derive(Clone, Copy)]
        enum Method {
            $($method),*
        }

        static METHODS: &[Method] = &[$(Method::$method),*];

        struct Handlers<S>(S);

        impl<S: $service> $crate::server::Dispatch for Handlers<S> {
            fn dispatch(
                self: ::std::sync::Arc<Self>,
                call: &$crate::server::Call,
            ) -> Result<$crate::server::Answering, $crate::server::Rejection> {
                match METHODS[call.operation()] {
                    $(Method::$method => {
                        let (protocol, request) = (call.protocol(), read::$method(call)?);
                        // By the trait: an operation may be called like a method of the standard library.
                        Ok(Box::pin(async move { write::$method(protocol, <S as $service>::$method(&self.0, request).await) }))
                    })*
                }
            }
        }

        mod read {
            use super::*;
            $(
                #[inline(never)]
                pub(super) fn $method(call: &$crate::server::Call) -> Result<$request, $crate::server::Rejection> {
                    $crate::server::read::<Protocols, _>(call)
                }
            )*
        }

        mod write {
            use super::*;
            $(
                #[inline(never)]
                pub(super) fn $method(
                    protocol: usize,
                    result: Result<<$request as $crate::operation::Operation>::Response, $error>,
                ) -> $crate::server::Answer {
                    $crate::server::answer::<Protocols, $request>(protocol, result)
                }
            )*
        }
    };
}
