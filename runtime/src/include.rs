//! Services that a build script makes modules of.

/// Includes the modules that a build script made of a service: `api`, and `client` and `server` where it was asked for them.
///
/// The name is what `smithwright::Builder::name` says, or else the model's for its service, in kebab case.
///
/// ```text
/// pub mod weather {
///     smithwright_runtime::include_service!("weather");
/// }
/// ```
#[macro_export]
macro_rules! include_service {
    ($name:literal) => {
        ::core::include!(::core::concat!(::core::env!("OUT_DIR"), "/", $name, "/include.rs"));
    };
}

/// For each feature that included code may need, a macro that refuses to compile without it: what would be missing says less.
macro_rules! needs {
    ($($macro:ident: $feature:literal;)*) => {
        $(
            #[cfg(feature = $feature)]
            #[doc(hidden)]
            #[macro_export]
            macro_rules! $macro {
                () => {};
            }

            #[cfg(not(feature = $feature))]
            #[doc(hidden)]
            #[macro_export]
            macro_rules! $macro {
                () => {
                    ::core::compile_error!(::core::concat!(
                        "this service needs the feature `", $feature, "` of smithwright-runtime: add it in Cargo.toml"
                    ));
                };
            }
        )*
    };
}

needs! {
    needs_checksum: "checksum";
    needs_client: "client";
    needs_digest_auth: "digest-auth";
    needs_event_stream: "event-stream";
    needs_server: "server";
    needs_sigv4a: "sigv4a";
}
