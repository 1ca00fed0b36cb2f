//! Defaults of members: <https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait>.

use super::ast::{AstKind, AstMember, AstShape, Version};
use super::traits::{Trait, Traits};
use super::{Definitions, prelude};
use crate::diagnostic::Diagnostics;
use crate::frontend::bounds::{self, is_number};
use crate::frontend::json::Json;
use crate::frontend::reader::wrong_type;
use crate::ir::{Bound, DefaultValue, Scalar};

/// What a member is when it is not given.
pub(super) struct MemberDefault {
    /// The value.
    pub(super) value: Option<DefaultValue>,
    /// Whether a client tells it from a member that is not given.
    pub(super) client_optional: bool,
}

/// `smithy.api#default` and what goes with it.
///
/// A default that was added later is one for servers: a client was made when the member was optional, and stays so.
pub(super) fn lower_default(
    owner: &AstShape<'_>,
    member: &AstMember<'_>,
    traits: &mut Traits<'_>,
    definitions: &Definitions<'_>,
    diagnostics: &mut Diagnostics,
) -> MemberDefault {
    let found = traits.take("default");
    let target = definitions.target(&member.target);
    let has_zero = definitions.version == Version::One && owner.kind == AstKind::Structure;
    let value = match (found, target) {
        (_, None) => None,
        (Some(found), Some(target)) => lower_value(&found, target, diagnostics),
        (None, Some(target)) => has_zero.then(|| zero_value(member, target)).flatten(),
    };
    let is_optional = traits.flag("clientOptional", diagnostics);
    let is_added = traits.flag("addedDefault", diagnostics);
    MemberDefault { value, client_optional: is_optional || is_added || owner.traits.has("input") }
}

fn lower_value(found: &Trait<'_>, target: &AstShape<'_>, diagnostics: &mut Diagnostics) -> Option<DefaultValue> {
    let expected = match target.kind {
        AstKind::Simple(Scalar::Document) => "a boolean, a number, a string, an empty array or an empty object",
        AstKind::Simple(Scalar::Boolean) => "a boolean",
        AstKind::Simple(Scalar::Timestamp(_)) => "a number or a string",
        AstKind::Simple(Scalar::String | Scalar::Blob) | AstKind::Enum => "a string",
        AstKind::Simple(scalar) if is_integer(scalar) => "a whole number of its size",
        AstKind::Simple(_) => "a number",
        AstKind::IntEnum => "a whole number of its size",
        AstKind::List | AstKind::Set => "an empty array",
        AstKind::Map => "an empty object",
        _ => "null",
    };
    match (lower_json(found.value), found.value) {
        (_, Json::Null) => None,
        (Some(value), _) if fits(&value, target.kind) => Some(value),
        _ => wrong_type(&found.place, expected, found.value, diagnostics),
    }
}

fn lower_json(json: &Json<'_>) -> Option<DefaultValue> {
    Some(match json {
        Json::Bool(value) => DefaultValue::Boolean(*value),
        Json::Number(number) => DefaultValue::Number(number.to_string()),
        Json::String(text) => DefaultValue::String(text.to_string()),
        Json::Array(values) if values.is_empty() => DefaultValue::EmptyList,
        Json::Object(entries) if entries.is_empty() => DefaultValue::EmptyMap,
        Json::Null | Json::Array(_) | Json::Object(_) => return None,
    })
}

fn fits(value: &DefaultValue, kind: AstKind) -> bool {
    match (kind, value) {
        (AstKind::Simple(Scalar::Document), _) => true,
        (AstKind::Simple(Scalar::Boolean), DefaultValue::Boolean(_)) => true,
        (AstKind::Simple(Scalar::Timestamp(_)), DefaultValue::Number(_) | DefaultValue::String(_)) => true,
        (AstKind::Simple(Scalar::String | Scalar::Blob) | AstKind::Enum, DefaultValue::String(_)) => true,
        (AstKind::Simple(scalar), DefaultValue::Number(digits)) if is_integer(scalar) => is_whole(digits, scalar),
        (AstKind::Simple(scalar), DefaultValue::Number(_)) => is_number(scalar),
        (AstKind::IntEnum, DefaultValue::Number(digits)) => is_whole(digits, Scalar::Integer),
        (AstKind::List | AstKind::Set, DefaultValue::EmptyList) | (AstKind::Map, DefaultValue::EmptyMap) => true,
        _ => false,
    }
}

fn is_integer(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::Byte | Scalar::Short | Scalar::Integer | Scalar::Long)
}

/// Whether a number is a value of an integer of this kind.
fn is_whole(digits: &str, kind: Scalar) -> bool {
    digits.parse().is_ok_and(|value| bounds::fits(Bound::Integer(value), kind))
}

/// What version 1.0 leaves unsaid, as version 2.0 reads it: numbers and booleans are zero unless they are boxed, and a streaming
/// blob is empty.
fn zero_value(member: &AstMember<'_>, target: &AstShape<'_>) -> Option<DefaultValue> {
    let is_boxed = member.traits.has("box") || target.traits.has("box") || prelude::is_boxed(member.target.target);
    match target.kind {
        AstKind::Simple(Scalar::Blob) if target.traits.has("streaming") && !member.traits.has("required") => {
            Some(DefaultValue::String(String::new()))
        }
        AstKind::Simple(Scalar::Boolean) if !is_boxed => Some(DefaultValue::Boolean(false)),
        AstKind::Simple(scalar) if is_primitive(scalar) && !is_boxed => Some(DefaultValue::Number("0".to_owned())),
        AstKind::IntEnum if !is_boxed => Some(DefaultValue::Number("0".to_owned())),
        _ => None,
    }
}

fn is_primitive(scalar: Scalar) -> bool {
    is_integer(scalar) || matches!(scalar, Scalar::Float | Scalar::Double)
}
