//! What the services of this crate's tests share.

/// The `Error` of a test's service as it is generated: the service's name, and each error's variant, type and code.
macro_rules! service_error {
    ($service:expr, $($variant:ident($error:ident) = $code:literal),+ $(; retry { $($retried:literal => $how:expr),+ })?) => {
        #[derive(Clone, Debug)]
        pub(super) enum Error {
            $($variant($error),)+
            Unrecognized($crate::codegen::UnrecognizedError),
            Client($crate::codegen::ClientError),
        }

        impl From<$crate::codegen::UnrecognizedError> for Error {
            fn from(error: $crate::codegen::UnrecognizedError) -> Self {
                Self::Unrecognized(error)
            }
        }

        impl From<$crate::codegen::ClientError> for Error {
            fn from(error: $crate::codegen::ClientError) -> Self {
                Self::Client(error)
            }
        }

        impl std::fmt::Display for Error {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt($crate::codegen::ServiceError::exception(self), formatter)
            }
        }

        impl std::error::Error for Error {}

        impl $crate::codegen::ServiceError for Error {
            const SERVICE: $crate::codegen::ServiceName = $service;

            fn read<R: $crate::codegen::MessageReader>(
                code: &str,
                from: &mut R,
            ) -> Result<Option<Self>, $crate::codegen::DecodeError> {
                match code {
                    $($code => from.message().map(|error| Some(Self::$variant(error))),)+
                    _ => Ok(None),
                }
            }

            $(
                fn retryable(code: &str) -> Option<$crate::codegen::Retryable> {
                    Some(match code {
                        $($retried => $how,)+
                        _ => return None,
                    })
                }
            )?

            fn write<W: $crate::codegen::MessageWriter>(&self, to: &mut W) -> $crate::codegen::Written {
                match self {
                    $(Self::$variant(error) => $crate::codegen::Message::write(error, to),)+
                    Self::Unrecognized(error) => to.unmodeled_error(error),
                    Self::Client(error) => to.unmodeled_error(error),
                }
            }

            fn exception(&self) -> &dyn $crate::codegen::Exception {
                match self {
                    $(Self::$variant(error) => error,)+
                    Self::Unrecognized(error) => error,
                    Self::Client(error) => error,
                }
            }

            fn exception_mut(&mut self) -> &mut dyn $crate::codegen::Exception {
                match self {
                    $(Self::$variant(error) => error,)+
                    Self::Unrecognized(error) => error,
                    Self::Client(error) => error,
                }
            }
        }
    };
}

pub(crate) use service_error;
