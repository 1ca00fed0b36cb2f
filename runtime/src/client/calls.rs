//! The methods of a generated client.

/// Gives a generated client its methods, a line an operation: the call, and the trait's method over it.
///
/// `client! { Service for Client, Error; method(Request) -> Response, .. }`. All of them are inlined, so that rustc makes
/// machine code only of the operations that a program calls.
#[macro_export]
macro_rules! client {
    ($service:ident for $client:ident, $error:ident; $($method:ident($request:ident) -> $response:ty,)*) => {
        impl $client {
            $(
                #[doc = concat!("See [`", stringify!($service), "::", stringify!($method), "`].")]
                #[inline]
                pub fn $method(&self, request: $request) -> $crate::client::Call<'_, $request> {
                    self.core.call(request)
                }
            )*
        }

        impl $service for $client {
            $(
                #[inline]
                fn $method(&self, request: $request) -> impl ::std::future::Future<Output = Result<$response, $error>> + Send {
                    self.core.call(request).send()
                }
            )*
        }
    };
}
