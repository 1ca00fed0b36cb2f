//! What a member is when it is not given.

use super::Planner;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{self, DefaultValue, Scalar, ShapeId, ShapeKind};
use crate::rust::names::Name;
use crate::rust::plan::{DocumentExpression, Expression};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What a default means in Rust.
#[derive(Default)]
pub(super) struct Default {
    /// What the field is, a plain `T`.
    pub(super) of_field: Option<Expression>,
    /// What a server takes an `Option` to be.
    pub(super) of_server: Option<Expression>,
}

impl Planner<'_> {
    /// The default of a member. A client tells a member that is not given from one with the default where the model asks for it.
    pub(super) fn plan_default(&self, member: &ir::Member, place: &Place, diagnostics: &mut Diagnostics) -> Option<Default> {
        let shape = self.shape(&member.target)?;
        if shape.streaming.is_some() {
            // No stream is an empty one.
            let empty = if shape.events().is_some() { Expression::NoEvents } else { Expression::EmptyStream };
            let of_field = (!member.required).then_some(empty);
            return Some(Default { of_field, of_server: None });
        }
        let Some(default) = &member.default else { return Some(Default::default()) };
        let Some(value) = self.plan_value(default, &member.target, &shape.kind) else {
            let message = format!("not supported yet: this default of `{}`", member.name);
            diagnostics.error(place, message, "drop the default, and set the member where it is missing");
            return None;
        };
        Some(match member.client_optional || member.idempotency_token {
            true => Default { of_field: None, of_server: Some(value) },
            false => Default { of_field: Some(value), of_server: None },
        })
    }

    fn plan_value(&self, default: &DefaultValue, target: &ShapeId, kind: &ShapeKind) -> Option<Expression> {
        Some(match (kind, default) {
            (ShapeKind::Scalar(Scalar::Document), default) => Expression::Document(document(default)),
            (ShapeKind::Scalar(Scalar::Boolean), DefaultValue::Boolean(value)) => Expression::Boolean(*value),
            (ShapeKind::Scalar(Scalar::String), DefaultValue::String(text)) => Expression::Text(text.clone()),
            (ShapeKind::Scalar(Scalar::Blob), DefaultValue::String(text)) => Expression::Bytes(STANDARD.decode(text).ok()?),
            (ShapeKind::Scalar(Scalar::Timestamp(_)), DefaultValue::Number(digits)) => timestamp(digits)?,
            (ShapeKind::Scalar(Scalar::Float), DefaultValue::Number(digits)) => {
                Expression::Float(digits.parse::<f64>().ok().filter(|value| (*value as f32).is_finite())?)
            }
            (ShapeKind::Scalar(Scalar::Double), DefaultValue::Number(digits)) => Expression::Float(finite(digits)?),
            (ShapeKind::Scalar(Scalar::BigInteger), DefaultValue::Number(digits)) => {
                Expression::BigInteger(is_whole(digits).then(|| digits.clone())?)
            }
            (ShapeKind::Scalar(Scalar::BigDecimal), DefaultValue::Number(digits)) => {
                Expression::BigDecimal(is_decimal(digits).then(|| digits.clone())?)
            }
            (ShapeKind::Scalar(scalar), DefaultValue::Number(digits)) => {
                Expression::Integer(digits.parse().ok().filter(|value| fits(*scalar, *value))?)
            }
            (ShapeKind::Enumeration(enumeration), DefaultValue::String(text)) => self.enum_value(target, enumeration, text)?,
            (ShapeKind::IntegerEnumeration(enumeration), DefaultValue::Number(digits)) => {
                self.integer_value(target, enumeration, digits.parse().ok()?)?
            }
            (ShapeKind::List(_), DefaultValue::EmptyList) => Expression::EmptyList,
            (ShapeKind::Map(_), DefaultValue::EmptyMap) => Expression::EmptyMap,
            _ => return None,
        })
    }

    fn enum_value(&self, id: &ShapeId, enumeration: &ir::Enumeration, text: &str) -> Option<Expression> {
        let name = self.type_name(id)?;
        Some(match enumeration.values.iter().find(|value| value.value == text) {
            Some(value) => {
                let variant = self.names.variant(&id.0, value.name.as_deref().unwrap_or(text));
                Expression::Variant(name, Name::new(&variant))
            }
            None => Expression::UnknownText(name, text.to_owned()),
        })
    }

    fn integer_value(&self, id: &ShapeId, enumeration: &ir::IntegerEnumeration, number: i32) -> Option<Expression> {
        let name = self.type_name(id)?;
        Some(match enumeration.values.iter().find(|value| value.value == number) {
            Some(value) => Expression::Variant(name, Name::new(&self.names.variant(&id.0, &value.name))),
            None => Expression::UnknownInteger(name, number),
        })
    }
}

fn document(default: &DefaultValue) -> DocumentExpression {
    match default {
        DefaultValue::Boolean(value) => DocumentExpression::Boolean(*value),
        DefaultValue::Number(digits) => DocumentExpression::Number(digits.clone()),
        DefaultValue::String(text) => DocumentExpression::Text(text.clone()),
        DefaultValue::EmptyList => DocumentExpression::EmptyList,
        DefaultValue::EmptyMap => DocumentExpression::EmptyObject,
    }
}

/// Epoch seconds.
fn timestamp(digits: &str) -> Option<Expression> {
    digits.parse().map(Expression::Seconds).ok().or_else(|| finite(digits).map(Expression::FractionalSeconds))
}

fn finite(digits: &str) -> Option<f64> {
    digits.parse::<f64>().ok().filter(|value| value.is_finite())
}

/// How many digits an exponent may have, so that the runtime takes its number, whatever they are.
const MAX_EXPONENT: usize = 18;

/// Whether the runtime takes a text for a whole number of any size.
fn is_whole(text: &str) -> bool {
    is_digits(text.strip_prefix('-').unwrap_or(text))
}

/// Whether the runtime takes a text for a decimal number of any size.
fn is_decimal(text: &str) -> bool {
    let (number, exponent) = split(text, &['e', 'E']);
    let (whole, fraction) = split(number, &['.']);
    is_whole(whole) && fraction.is_none_or(is_digits) && exponent.is_none_or(is_exponent)
}

fn split<'t>(text: &'t str, at: &[char]) -> (&'t str, Option<&'t str>) {
    text.split_once(at).map_or((text, None), |(before, behind)| (before, Some(behind)))
}

fn is_exponent(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    is_digits(digits) && digits.len() <= MAX_EXPONENT
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn fits(scalar: Scalar, value: i64) -> bool {
    match scalar {
        Scalar::Byte => i8::try_from(value).is_ok(),
        Scalar::Short => i16::try_from(value).is_ok(),
        Scalar::Integer => i32::try_from(value).is_ok(),
        _ => scalar == Scalar::Long,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_of_digits() {
        let texts = ["0", "-1", "123456789012345678901234567890", "", "-", "+1", "1.5", "1e3"];
        assert_eq!(texts.map(is_whole), [true, true, true, false, false, false, false, false]);
    }

    #[test]
    fn a_decimal_number_is_as_the_runtime_takes_it() {
        for text in ["0", "-12.250", "1e9", "1.5E-999999999999999999", "2e+30"] {
            assert!(is_decimal(text), "{text}");
        }
        for text in ["", "-", "+1", ".5", "5.", "1.2.3", "--5", "1e", "e1", "1e+", "1e-1e1", "1e9999999999999999999", "NaN"] {
            assert!(!is_decimal(text), "{text}");
        }
    }
}
