//! What HTTP can carry where: <https://smithy.io/2.0/spec/http-bindings.html>.

use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Binding, Member, Scalar};
use std::fmt::Display;

/// Where a structure stands at the top level of a message or an event: the only places where bindings count.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Role {
    /// Of a request.
    pub(super) input: bool,
    /// Of a response, or of an error.
    pub(super) response: bool,
    /// Of an event.
    pub(super) event: bool,
}

impl Role {
    /// Whether a binding counts there.
    pub(super) fn allows(self, binding: &Binding) -> bool {
        match binding {
            Binding::Body => true,
            Binding::Label(_) | Binding::Query(_) | Binding::QueryParams => self.input,
            Binding::Header(_) | Binding::PrefixHeaders(_) | Binding::Payload => self.input || self.response,
            Binding::ResponseCode => self.response,
            Binding::EventHeader | Binding::EventPayload => self.event,
        }
    }
}

/// How deep a value's form is looked into: a map of lists of strings is the deepest that HTTP knows.
pub(super) const MAX_DEPTH: usize = 3;

/// What a value is to HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A string, of a known set or not.
    Text,
    /// An integer of 32 bits, of a known set or not.
    Integer,
    /// Anything else that has a text form.
    Scalar,
    /// A blob.
    Blob,
    /// A list.
    List(Box<Form>),
    /// A map.
    Map(Box<Form>),
    /// A document, a structure or a union.
    Tree,
}

impl From<Scalar> for Form {
    fn from(scalar: Scalar) -> Self {
        match scalar {
            Scalar::String => Self::Text,
            Scalar::Integer => Self::Integer,
            Scalar::Blob => Self::Blob,
            Scalar::Document | Scalar::Unit => Self::Tree,
            Scalar::Boolean | Scalar::Byte | Scalar::Short | Scalar::Long | Scalar::Float | Scalar::Double => Self::Scalar,
            Scalar::BigInteger | Scalar::BigDecimal | Scalar::Timestamp(_) => Self::Scalar,
        }
    }
}

impl Form {
    fn has_text(&self) -> bool {
        matches!(self, Self::Text | Self::Integer | Self::Scalar)
    }

    fn has_texts(&self) -> bool {
        match self {
            Self::List(element) => element.has_text(),
            other => other.has_text(),
        }
    }

    fn is_list_of_text(&self) -> bool {
        matches!(self, Self::List(element) if **element == Self::Text)
    }
}

/// Reports a binding that cannot carry its member's target.
pub(super) fn check_form(binding: &Binding, target: impl Display, form: &Form, place: &Place, diagnostics: &mut Diagnostics) {
    let (fits, somewhere, help) = match binding {
        // What events can hold is looked at where their streams are.
        Binding::Body | Binding::EventHeader | Binding::EventPayload => return,
        Binding::Label(_) => (form.has_text(), "in the path", "only scalars do, but for blobs and documents"),
        Binding::Query(_) => (form.has_texts(), "in the query", "only scalars and lists of them do, but for blobs and documents"),
        Binding::Header(_) => (form.has_texts(), "in a header", "only scalars and lists of them do, but for blobs and documents"),
        Binding::PrefixHeaders(_) => {
            let fits = matches!(form, Form::Map(value) if **value == Form::Text);
            (fits, "in headers of a prefix", "only a map of strings does")
        }
        Binding::QueryParams => {
            let fits = matches!(form, Form::Map(value) if **value == Form::Text || value.is_list_of_text());
            (fits, "as query parameters", "only a map of strings, or of lists of strings, does")
        }
        Binding::Payload => {
            let fits = !matches!(form, Form::Integer | Form::Scalar);
            (fits, "as a payload", "only strings, blobs, documents, structures, unions, lists and maps do")
        }
        Binding::ResponseCode => (*form == Form::Integer, "as a status", "only an integer does"),
    };
    if !fits {
        diagnostics.error(place, format!("`{target}` cannot travel {somewhere}"), help);
    }
}

/// Reports what a payload leaves no room for: another one, and members in the body.
pub(super) fn check_payload(members: &[Member], place: impl Fn(&Member) -> Place, diagnostics: &mut Diagnostics) {
    let Some(payload) = members.iter().find(|member| member.binding == Binding::Payload) else { return };
    for member in members.iter().filter(|member| member.name != payload.name) {
        let message = match member.binding {
            Binding::Payload => format!("`{}` and `{}` are both the payload", payload.name, member.name),
            Binding::Body => format!("`{}` is in the body, but `{}` is all of it", member.name, payload.name),
            _ => continue,
        };
        diagnostics.error(&place(member), message, "bind it to something else, or drop one of them");
    }
}

/// Reports a stream that is not a payload: there is no other way to send it bit by bit.
pub(super) fn report_stream(target: impl Display, place: &Place, diagnostics: &mut Diagnostics) {
    let help = "make it the payload of a message, or refer to a blob that is no stream";
    diagnostics.error(place, format!("`{target}` is a stream, but no payload"), help);
}
