//! The methods of a generated client.

/// Gives a generated client its methods, one line per operation: the call, and the trait's method over it.
///
/// `client! { api::Service for Client, api::Error, Protocol; method(api::Request) -> api::Response, .. }`. All of them are inlined, so that rustc makes
/// machine code only of the operations that a program calls.
#[macro_export]
macro_rules! client {
    ($api:ident::$service:ident for $client:ident, $error:ty, $protocol:ty; $($method:ident($request:ty) -> $response:ty,)*) => {
        impl $client {
            $(
                #[doc = concat!(
                    "See [`", stringify!($service), "::", stringify!($method), "`](",
                    stringify!($api), "::", stringify!($service), "::", stringify!($method), ")."
                )]
                #[inline]
                pub fn $method(&self, request: $request) -> $crate::client::Call<'_, $request> {
                    self.core.call::<$protocol, _>(request)
                }
            )*
        }

        impl $api::$service for $client {
            $(
                #[inline]
                fn $method(&self, request: $request) -> impl ::std::future::Future<Output = Result<$response, $error>> + Send {
                    self.core.call::<$protocol, _>(request).send()
                }
            )*
        }
    };
}
