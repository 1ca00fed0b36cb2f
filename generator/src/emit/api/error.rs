//! The service's one error.

use super::docs;
use crate::render::Source;
use crate::rust::names::Name;
use crate::rust::plan::Plan;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

pub(super) fn emit_error(plan: &Plan) -> Source {
    let exceptions: Vec<&Name> = plan.errors.iter().map(|error| &error.exception).collect();
    let variants: Vec<&Name> = plan.errors.iter().map(|error| &error.variant).collect();
    let names: Vec<Name> = exceptions.iter().map(|name| (*name).clone()).collect();
    let uses = super::emit_uses(std::iter::empty(), &names, &[], &BTreeSet::new());
    let read = emit_read(plan);
    let modelled = plan.errors.iter().map(|error| {
        let (variant, exception) = (&error.variant, &error.exception);
        let docs = docs::outer(&[format!("[`{exception}`].")]);
        quote! {
            #docs
            #variant(#exception),
        }
    });
    let docs = docs::outer(&[format!("What can go wrong in a call of {}.", plan.service.title)]);
    let methods = emit_methods();
    let conversions = emit_conversions();
    uses.items(quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Error {
            #(#modelled)*
            /// An error that this version of the model does not know.
            Unrecognized(UnrecognizedError),
            /// A call that got no answer, or none that makes sense.
            Client(ClientError),
        }

        #methods

        impl ServiceError for Error {
            #read

            fn write<W: MessageWriter>(&self, to: &mut W) -> Written {
                match self {
                    #(Self::#variants(it) => it.write(to),)*
                    Self::Unrecognized(it) => to.payload("error", it),
                    Self::Client(it) => to.payload("error", it),
                }
            }

            #[inline]
            fn exception(&self) -> &dyn Exception {
                match self {
                    #(Self::#variants(it) => it,)*
                    Self::Unrecognized(it) => it,
                    Self::Client(it) => it,
                }
            }

            #[inline]
            fn exception_mut(&mut self) -> &mut dyn Exception {
                match self {
                    #(Self::#variants(it) => it,)*
                    Self::Unrecognized(it) => it,
                    Self::Client(it) => it,
                }
            }
        }

        #conversions
    })
}

fn emit_read(plan: &Plan) -> TokenStream {
    if plan.errors.is_empty() {
        return quote! {
            fn read<R: MessageReader>(_: &str, _: &mut R) -> Result<Option<Self>, DecodeError> {
                Ok(None)
            }
        };
    }
    let (codes, variants): (Vec<_>, Vec<_>) = plan.errors.iter().map(|error| (&error.code, &error.variant)).unzip();
    quote! {
        fn read<R: MessageReader>(code: &str, from: &mut R) -> Result<Option<Self>, DecodeError> {
            Ok(Some(match code {
                #(#codes => Self::#variants(from.message()?),)*
                _ => return Ok(None),
            }))
        }
    }
}

fn emit_methods() -> TokenStream {
    quote! {
        impl Error {
            /// The error's name on the wire.
            #[inline]
            pub fn code(&self) -> &str {
                self.exception().code()
            }

            /// The HTTP status.
            #[inline]
            pub fn status(&self) -> u16 {
                self.exception().status()
            }

            /// What the service says about it.
            #[inline]
            pub fn message(&self) -> Option<&str> {
                self.exception().message()
            }

            /// The id that the service gave the request.
            #[inline]
            pub fn request_id(&self) -> Option<&str> {
                self.exception().meta().request_id()
            }
        }
    }
}

fn emit_conversions() -> TokenStream {
    quote! {
        impl fmt::Display for Error {
            #[inline]
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self.exception(), formatter)
            }
        }

        impl std::error::Error for Error {
            #[inline]
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                self.exception().source()
            }
        }

        impl From<UnrecognizedError> for Error {
            #[inline]
            fn from(error: UnrecognizedError) -> Self {
                Self::Unrecognized(error)
            }
        }

        impl From<ClientError> for Error {
            #[inline]
            fn from(error: ClientError) -> Self {
                Self::Client(error)
            }
        }
    }
}
