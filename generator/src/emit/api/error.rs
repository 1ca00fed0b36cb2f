//! The service's one error.

use super::docs;
use super::union::emit_allowed_size;
use crate::ir::Retryable;
use crate::rust::names::Name;
use crate::rust::plan::{ErrorVariant, Plan};
use crate::rust::visible::plain;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit_error(plan: &Plan) -> TokenStream {
    let variants: Vec<&Name> = plan.errors.iter().map(|error| &error.variant).collect();
    let (read, retryable) = (emit_read(plan), emit_retryable(plan));
    let modelled = plan.errors.iter().map(|error| {
        let (variant, exception) = (&error.variant, &error.exception);
        let docs = docs::outer(&[format!("[`{exception}`].")]);
        quote! {
            #docs
            #variant(#exception),
        }
    });
    let docs = docs::outer(&[format!("What can go wrong in a call of {}.", plain(&plan.service.title))]);
    let (namespace, shape_name) = (&plan.service.namespace, &plan.service.shape_name);
    let query_compatible = plan.service.query_compatible.then(|| quote!(.query_compatible()));
    let methods = emit_methods();
    let lopsided = plan.errors_are_lopsided.then(emit_allowed_size);
    let conversions = emit_conversions();
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #lopsided
        #[non_exhaustive]
        pub enum Error {
            #(#modelled)*
            /// An error that this version of the model does not know.
            Unrecognized(rt::UnrecognizedError),
            /// A call that got no answer, or none that makes sense.
            Client(rt::ClientError),
        }

        #methods

        impl rt::ServiceError for crate::Error {
            const SERVICE: rt::ServiceName = rt::ServiceName::new(#namespace, #shape_name)#query_compatible;

            #read

            #retryable

            fn write<W: rt::MessageWriter>(&self, to: &mut W) -> rt::Written {
                match self {
                    #(Self::#variants(it) => rt::Message::write(it, to),)*
                    Self::Unrecognized(it) => to.unmodeled_error(it),
                    Self::Client(it) => to.unmodeled_error(it),
                }
            }

            #[inline]
            fn exception(&self) -> &dyn rt::Exception {
                match self {
                    #(Self::#variants(it) => it,)*
                    Self::Unrecognized(it) => it,
                    Self::Client(it) => it,
                }
            }

            #[inline]
            fn exception_mut(&mut self) -> &mut dyn rt::Exception {
                match self {
                    #(Self::#variants(it) => it,)*
                    Self::Unrecognized(it) => it,
                    Self::Client(it) => it,
                }
            }
        }

        #conversions
    }
}

fn emit_read(plan: &Plan) -> TokenStream {
    if plan.errors.is_empty() {
        return quote! {
            fn read<R: rt::MessageReader>(_: &str, _: &mut R) -> Result<Option<Self>, rt::DecodeError> {
                Ok(None)
            }
        };
    }
    let (codes, variants): (Vec<_>, Vec<_>) = plan.errors.iter().map(|error| (&error.code, &error.variant)).unzip();
    quote! {
        fn read<R: rt::MessageReader>(code: &str, from: &mut R) -> Result<Option<Self>, rt::DecodeError> {
            let error = match code {
                #(#codes => Self::#variants(from.message()?),)*
                _ => return Ok(None),
            };
            Ok(Some(error))
        }
    }
}

/// Nothing, where the model says of no error that a call may be made again.
fn emit_retryable(plan: &Plan) -> Option<TokenStream> {
    let codes = |throttling| {
        let is_one = move |error: &&ErrorVariant| error.retryable == Some(Retryable { throttling });
        plan.errors.iter().filter(is_one).map(|error| &error.code).collect::<Vec<_>>()
    };
    let arm = |codes: Vec<&String>, retryable: TokenStream| (!codes.is_empty()).then(|| quote!(#(#codes)|* => Some(#retryable),));
    let again = arm(codes(false), quote!(rt::Retryable::Again));
    let throttled = arm(codes(true), quote!(rt::Retryable::Throttled));
    (again.is_some() || throttled.is_some()).then(|| {
        quote! {
            fn retryable(code: &str) -> Option<rt::Retryable> {
                match code {
                    #again
                    #throttled
                    _ => None,
                }
            }
        }
    })
}

fn emit_methods() -> TokenStream {
    quote! {
        impl crate::Error {
            /// The error's name on the wire.
            #[inline]
            pub fn code(&self) -> &str {
                rt::ServiceError::exception(self).code()
            }

            /// The HTTP status.
            #[inline]
            pub fn status(&self) -> u16 {
                rt::ServiceError::exception(self).status()
            }

            /// What the service says about it.
            #[inline]
            pub fn message(&self) -> Option<&str> {
                rt::ServiceError::exception(self).message()
            }

            /// The id that the service gave the request.
            #[inline]
            pub fn request_id(&self) -> Option<&str> {
                rt::ServiceError::exception(self).meta().request_id()
            }
        }
    }
}

fn emit_conversions() -> TokenStream {
    quote! {
        impl ::std::fmt::Display for crate::Error {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(rt::ServiceError::exception(self), formatter)
            }
        }

        impl ::std::error::Error for crate::Error {
            #[inline]
            fn source(&self) -> Option<&(dyn ::std::error::Error + 'static)> {
                rt::ServiceError::exception(self).source()
            }
        }

        impl From<rt::UnrecognizedError> for crate::Error {
            #[inline]
            fn from(error: rt::UnrecognizedError) -> Self {
                Self::Unrecognized(error)
            }
        }

        impl From<rt::ClientError> for crate::Error {
            #[inline]
            fn from(error: rt::ClientError) -> Self {
                Self::Client(error)
            }
        }
    }
}
