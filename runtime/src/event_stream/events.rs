//! What a generated union of events implements, and its structures.

use super::{EventReader, EventWriter};
use crate::codec::{DecodeError, Decoded, Structure};
use crate::document::Document;
use crate::error::ServiceError;
use crate::format::Format;
use crate::message::Written;
use crate::validate::Validate;
use std::fmt;

/// The events of a stream: a `smithy.api#streaming` union, without its members that are errors.
pub trait Events: Validate + fmt::Debug + Send + Sync + Sized + 'static {
    /// The errors of its service.
    type Error: ServiceError;

    /// Writes the event.
    ///
    /// # Errors
    ///
    /// A member that no header can hold.
    fn write<F: Format>(&self, to: &mut EventWriter<F>) -> Written;

    /// Writes an error that is a member of the union; false, when it is none.
    ///
    /// # Errors
    ///
    /// A member that no header can hold.
    fn write_error<F: Format>(error: &Self::Error, to: &mut EventWriter<F>) -> Result<bool, crate::message::WriteError>;

    /// Reads the event of this name; `None` when the model has none.
    ///
    /// # Errors
    ///
    /// A payload that is not of the format, or a member that is not of its type.
    fn read<F: Format>(name: &str, from: &mut EventReader<'_, F>) -> Result<Option<Self>, DecodeError>;

    /// Reads the error of this name; `None` when the union has none.
    ///
    /// # Errors
    ///
    /// A payload that is not of the format, or a member that is not of its type.
    fn read_error<F: Format>(name: &str, from: &mut EventReader<'_, F>) -> Result<Option<Self::Error>, DecodeError>;

    /// An event that the model does not know.
    fn unrecognized(name: &str, value: Document) -> Self;
}

/// A structure that is an event, or an error of a stream. All of it is in the payload, unless the model says otherwise.
pub trait Event: Structure {
    /// Writes the members.
    ///
    /// # Errors
    ///
    /// A member that no header can hold.
    fn write<F: Format>(&self, to: &mut EventWriter<F>) -> Written {
        to.body(self)
    }

    /// Reads the members into a [zero](crate::codec::Zero).
    ///
    /// # Errors
    ///
    /// A payload that is not of the format, or a member that is not of its type.
    fn read<F: Format>(&mut self, from: &mut EventReader<'_, F>) -> Decoded {
        from.body(self)
    }
}

/// An event that says all by its name.
impl Event for () {
    fn write<F: Format>(&self, _: &mut EventWriter<F>) -> Written {
        Ok(())
    }

    fn read<F: Format>(&mut self, _: &mut EventReader<'_, F>) -> Decoded {
        Ok(())
    }
}

/// The events of a union and the errors among its members: a line each, its name on the wire and its variant.
///
/// ```text
/// impl rt::Events for Transcript {
///     type Error = crate::Error;
///
///     rt::events! {
///         event "Line" => Self::Line,
///         unit "Pause" => Self::Pause,
///         error "Limit" => crate::Error::LimitExceeded,
///     }
/// }
/// ```
#[macro_export]
macro_rules! events {
    (
        $(event $event:literal => $variant:path,)*
        $(unit $unit:literal => $unit_variant:path,)*
        $(error $exception:literal => $error_variant:path,)*
    ) => {
        fn write<F: $crate::format::Format>(
            &self,
            to: &mut $crate::event_stream::EventWriter<F>,
        ) -> $crate::message::Written {
            match self {
                $($variant(it) => to.event($event, it),)*
                $($unit_variant => to.event($unit, &()),)*
                Self::Unrecognized { tag, value } => to.unrecognized(tag, value),
            }
        }

        fn write_error<F: $crate::format::Format>(
            error: &Self::Error,
            to: &mut $crate::event_stream::EventWriter<F>,
        ) -> ::std::result::Result<bool, $crate::message::WriteError> {
            let _ = &to;
            match error {
                $($error_variant(it) => to.exception($exception, it).map(|()| true),)*
                _ => Ok(false),
            }
        }

        fn read<F: $crate::format::Format>(
            name: &str,
            from: &mut $crate::event_stream::EventReader<'_, F>,
        ) -> ::std::result::Result<::std::option::Option<Self>, $crate::codec::DecodeError> {
            let _ = &from;
            Ok(Some(match name {
                $($event => $variant(from.event()?),)*
                $($unit => $unit_variant,)*
                _ => return Ok(None),
            }))
        }

        fn read_error<F: $crate::format::Format>(
            name: &str,
            from: &mut $crate::event_stream::EventReader<'_, F>,
        ) -> ::std::result::Result<::std::option::Option<Self::Error>, $crate::codec::DecodeError> {
            let _ = &from;
            Ok(match name {
                $($exception => Some($error_variant(from.event()?)),)*
                _ => None,
            })
        }

        fn unrecognized(name: &str, value: $crate::document::Document) -> Self {
            Self::Unrecognized { tag: name.to_owned(), value }
        }
    };
}

/// Where the members of an event travel: a line a member that has a header of its own or is the payload, or `body` for all others.
///
/// ```text
/// impl rt::Event for Line {
///     rt::event! {
///         header "Number" => number,
///         raw_payload "text/plain" => text,
///     }
/// }
/// ```
#[macro_export]
macro_rules! event {
    ($($kind:ident $($name:literal => $member:ident)?,)*) => {
        fn write<F: $crate::format::Format>(
            &self,
            to: &mut $crate::event_stream::EventWriter<F>,
        ) -> $crate::message::Written {
            let _ = &to;
            $($crate::event_member!(write self to $kind $($name $member)?)?;)*
            Ok(())
        }

        fn read<F: $crate::format::Format>(
            &mut self,
            from: &mut $crate::event_stream::EventReader<'_, F>,
        ) -> $crate::codec::Decoded {
            let _ = &from;
            $($crate::event_member!(read self from $kind $($name $member)?)?;)*
            Ok(())
        }
    };
}

/// One member, one way.
#[doc(hidden)]
#[macro_export]
macro_rules! event_member {
    ($way:ident $event:ident $place:ident body) => {
        $place.body($event)
    };
    (write $event:ident $to:ident $kind:ident $name:literal $member:ident) => {
        $to.$kind($name, &$event.$member)
    };
    (read $event:ident $from:ident $kind:ident $name:literal $member:ident) => {
        $from.$kind($name, &mut $event.$member)
    };
}
