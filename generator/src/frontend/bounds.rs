//! `min` and `max`, which formats write alike.

use super::json::Json;
use super::reader::{Object, wrong_type};
use crate::diagnostic::Diagnostics;
use crate::ir::{Bound, Length, Range, Scalar};

/// Whether a value of this kind has a range.
pub(super) fn is_number(scalar: Scalar) -> bool {
    match scalar {
        Scalar::Byte | Scalar::Short | Scalar::Integer | Scalar::Long => true,
        Scalar::Float | Scalar::Double | Scalar::BigInteger | Scalar::BigDecimal => true,
        Scalar::Blob | Scalar::Boolean | Scalar::String | Scalar::Timestamp(_) | Scalar::Document | Scalar::Unit => false,
    }
}

/// The bounds of a length.
pub(super) fn lower_length(shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Length> {
    let min = shape.unsigned("min", diagnostics);
    let max = shape.unsigned("max", diagnostics);
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        report_empty_bounds(shape, diagnostics);
    }
    (min.is_some() || max.is_some()).then_some(Length { min, max })
}

/// The bounds of a number of this kind.
pub(super) fn lower_range(kind: Scalar, shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Range> {
    let min = lower_bound("min", kind, shape, diagnostics);
    let max = lower_bound("max", kind, shape, diagnostics);
    if let (Some(min), Some(max)) = (min, max)
        && as_float(min) > as_float(max)
    {
        report_empty_bounds(shape, diagnostics);
    }
    (min.is_some() || max.is_some()).then_some(Range { min, max })
}

fn lower_bound(key: &str, kind: Scalar, shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Bound> {
    let number = shape.number(key, diagnostics)?;
    let bound = number.as_i64().map(Bound::Integer).or_else(|| number.as_f64().map(Bound::Float));
    match bound {
        Some(bound) if !fits(bound, kind) => {
            let message = format!("{number} is not a value of the kind that it bounds");
            diagnostics.error(&shape.at(key), message, "use a whole number of its size, or drop the bound");
            None
        }
        Some(bound) => Some(bound),
        None => wrong_type(&shape.at(key), "a number of 64 bits", &Json::Number(number.clone()), diagnostics),
    }
}

/// Whether values of a kind can be what bounds them.
pub(super) fn fits(bound: Bound, kind: Scalar) -> bool {
    let bits = match kind {
        Scalar::Byte => 8,
        Scalar::Short => 16,
        Scalar::Integer => 32,
        Scalar::Long => 64,
        _ => return true,
    };
    let greatest = i64::MAX >> (64 - bits);
    matches!(bound, Bound::Integer(value) if (-greatest - 1..=greatest).contains(&value))
}

fn as_float(bound: Bound) -> f64 {
    match bound {
        Bound::Integer(value) => value as f64,
        Bound::Float(value) => value,
    }
}

fn report_empty_bounds(shape: &Object<'_, '_>, diagnostics: &mut Diagnostics) {
    diagnostics.error(&shape.place, "`min` is greater than `max`, so no value is valid", "correct one of them");
}
