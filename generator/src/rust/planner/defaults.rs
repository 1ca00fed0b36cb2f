//! What a member is when it is not given.

use super::Planner;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{self, DefaultValue, Scalar, ShapeId, ShapeKind};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What a default means in Rust.
#[derive(Default)]
pub(super) struct Default {
    /// What the field is, a plain `T`.
    pub(super) of_field: Option<String>,
    /// What a server takes an `Option` to be.
    pub(super) of_server: Option<String>,
}

impl Planner<'_> {
    /// The default of a member. A client tells a member that is not given from one with the default where the model asks for it.
    pub(super) fn plan_default(&self, member: &ir::Member, place: &Place, diagnostics: &mut Diagnostics) -> Default {
        let stream = self.model.shapes.get(&member.target).is_some_and(|shape| shape.streaming.is_some());
        if stream {
            // No stream is an empty one.
            let of_field = (!member.required).then(|| "ByteStream::default()".to_owned());
            return Default { of_field, of_server: None };
        }
        let Some(default) = &member.default else { return Default::default() };
        let Some(value) = self.plan_value(default, &member.target) else {
            let message = format!("not supported yet: this default of `{}`", member.name);
            diagnostics.error(place, message, "drop the default, and set the member where it is missing");
            return Default::default();
        };
        match member.client_optional || member.idempotency_token {
            true => Default { of_field: None, of_server: Some(value) },
            false => Default { of_field: Some(value), of_server: None },
        }
    }

    /// An expression.
    fn plan_value(&self, default: &DefaultValue, target: &ShapeId) -> Option<String> {
        let kind = &self.model.shapes.get(target)?.kind;
        Some(match (kind, default) {
            (ShapeKind::Scalar(Scalar::Document), default) => document(default),
            (ShapeKind::Scalar(Scalar::Boolean), DefaultValue::Boolean(value)) => value.to_string(),
            (ShapeKind::Scalar(Scalar::String), DefaultValue::String(text)) => owned(text),
            (ShapeKind::Scalar(Scalar::Blob), DefaultValue::String(text)) => blob(text)?,
            (ShapeKind::Scalar(Scalar::Timestamp(_)), DefaultValue::Number(digits)) => timestamp(digits)?,
            (ShapeKind::Scalar(Scalar::Float | Scalar::Double), DefaultValue::Number(digits)) => {
                format!("{:?}", digits.parse::<f64>().ok()?)
            }
            (ShapeKind::Scalar(Scalar::BigInteger), DefaultValue::Number(digits)) => big("BigInteger", digits),
            (ShapeKind::Scalar(Scalar::BigDecimal), DefaultValue::Number(digits)) => big("BigDecimal", digits),
            (ShapeKind::Scalar(_), DefaultValue::Number(digits)) => digits.parse::<i64>().ok()?.to_string(),
            (ShapeKind::Enumeration(enumeration), DefaultValue::String(text)) => self.enum_value(target, enumeration, text),
            (ShapeKind::IntegerEnumeration(enumeration), DefaultValue::Number(digits)) => {
                self.integer_value(target, enumeration, digits.parse().ok()?)
            }
            (ShapeKind::List(_), DefaultValue::EmptyList) => "Vec::new()".to_owned(),
            (ShapeKind::Map(_), DefaultValue::EmptyMap) => "BTreeMap::new()".to_owned(),
            _ => return None,
        })
    }

    fn enum_value(&self, id: &ShapeId, enumeration: &ir::Enumeration, text: &str) -> String {
        let name = self.names.shape(&id.0);
        match enumeration.values.iter().find(|value| value.value == text) {
            Some(value) => format!("{name}::{}", self.names.variant(&id.0, value.name.as_deref().unwrap_or(text))),
            None => format!("{name}::from({text:?})"),
        }
    }

    fn integer_value(&self, id: &ShapeId, enumeration: &ir::IntegerEnumeration, number: i32) -> String {
        let name = self.names.shape(&id.0);
        match enumeration.values.iter().find(|value| value.value == number) {
            Some(value) => format!("{name}::{}", self.names.variant(&id.0, &value.name)),
            None => format!("{name}::from({number})"),
        }
    }
}

fn document(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Boolean(value) => format!("Document::from({value})"),
        DefaultValue::Number(digits) => format!("Document::Number({})", owned(digits)),
        DefaultValue::String(text) => format!("Document::from({text:?})"),
        DefaultValue::EmptyList => "Document::List(Vec::new())".to_owned(),
        DefaultValue::EmptyMap => "Document::Object(Vec::new())".to_owned(),
    }
}

fn owned(text: &str) -> String {
    if text.is_empty() { "String::new()".to_owned() } else { format!("{text:?}.to_owned()") }
}

fn blob(text: &str) -> Option<String> {
    let bytes = STANDARD.decode(text).ok()?;
    Some(format!("Blob::new(b\"{}\")", bytes.escape_ascii()))
}

/// Epoch seconds.
fn timestamp(digits: &str) -> Option<String> {
    match digits.parse::<i64>() {
        Ok(seconds) => Some(format!("DateTime::from_secs({seconds})")),
        Err(_) => digits.parse::<f64>().ok().map(|seconds| format!("DateTime::from_secs_f64({seconds:?})")),
    }
}

fn big(name: &str, digits: &str) -> String {
    format!("{digits:?}.parse::<{name}>().unwrap_or_default()")
}
