//! Enums: <https://smithy.io/2.0/spec/simple-types.html#enum>, and the trait that they were in version 1.0.

use super::ast::AstShape;
use super::traits::{Trait, Traits};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::enums::{check_values, report_empty};
use crate::frontend::fate::{Fate, Fates, PROSE};
use crate::frontend::json::Json;
use crate::frontend::reader::{Object, wrong_type};
use crate::ir::{Enumeration, EnumerationValue, IntegerEnumeration, IntegerEnumerationValue};

/// The tag of a value that error messages must not tell of, in version 1.0; in 2.0 it has the trait of that name.
const INTERNAL: &str = "internal";

/// The keys of a value, in version 1.0.
const DEFINITION_KEYS: Fates =
    &[("value", Fate::Used), ("name", Fate::Used), ("tags", Fate::Used), ("documentation", PROSE), ("deprecated", PROSE)];

/// An enum shape. A name is kept where it is not the value itself.
pub(super) fn lower_enum(shape: &AstShape<'_>, diagnostics: &mut Diagnostics) -> Enumeration {
    check_members(shape, diagnostics);
    let mut values = Vec::new();
    for member in &shape.members {
        let mut traits = member.traits.clone();
        let value = traits.string("enumValue", diagnostics).map_or(member.name, |(value, _)| value);
        let internal = traits.has("internal");
        traits.finish(diagnostics);
        values.push(enumeration_value(Some(member.name), value, internal));
    }
    let places = shape.members.iter().map(|member| member.place.clone());
    check_values(values.iter().map(|value| &value.value).zip(places), diagnostics);
    Enumeration { values }
}

/// An intEnum shape.
pub(super) fn lower_int_enum(shape: &AstShape<'_>, diagnostics: &mut Diagnostics) -> IntegerEnumeration {
    check_members(shape, diagnostics);
    let mut values = Vec::new();
    let mut places = Vec::new();
    for member in &shape.members {
        let mut traits = member.traits.clone();
        let value = match traits.take("enumValue") {
            Some(found) => lower_integer(&found, diagnostics),
            None => {
                let message = format!("`{}` has no value", member.name);
                diagnostics.error(&member.place, message, "add `smithy.api#enumValue`, a whole number");
                None
            }
        };
        traits.finish(diagnostics);
        places.extend(value.map(|value| (value, member.place.clone())));
        values.extend(value.map(|value| IntegerEnumerationValue { name: member.name.to_owned(), value }));
    }
    check_values(places, diagnostics);
    IntegerEnumeration { values }
}

fn check_members(shape: &AstShape<'_>, diagnostics: &mut Diagnostics) {
    if shape.members.is_empty() {
        report_empty(&shape.place, diagnostics);
    }
}

fn lower_integer(found: &Trait<'_>, diagnostics: &mut Diagnostics) -> Option<i32> {
    let value = match found.value {
        Json::Number(number) => number.as_i64().and_then(|value| i32::try_from(value).ok()),
        _ => None,
    };
    value.or_else(|| wrong_type(&found.place, "a whole number of 32 bits", found.value, diagnostics))
}

fn is_internal(tags: &Json<'_>) -> bool {
    matches!(tags, Json::Array(tags) if tags.iter().any(|tag| matches!(tag, Json::String(tag) if tag == INTERNAL)))
}

fn enumeration_value(name: Option<&str>, value: &str, internal: bool) -> EnumerationValue {
    let name = name.filter(|name| *name != value);
    EnumerationValue { name: name.map(str::to_owned), value: value.to_owned(), internal }
}

/// `smithy.api#enum`, which version 1.0 gives to strings.
pub(super) fn lower_enum_trait(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<Vec<EnumerationValue>> {
    let found = traits.take("enum")?;
    let Json::Array(definitions) = found.value else {
        return wrong_type(&found.place, "an array", found.value, diagnostics);
    };
    let lower = |(index, json)| {
        let mut definition = Object::of_trait(json, found.place.child(index), diagnostics)?;
        let value = definition.required_string("value", diagnostics);
        let name = definition.string("name", diagnostics);
        let internal = definition.take("tags").is_some_and(is_internal);
        definition.finish(DEFINITION_KEYS, diagnostics);
        Some((enumeration_value(name, value?, internal), found.place.child(index)))
    };
    let values: Vec<(EnumerationValue, Place)> = definitions.iter().enumerate().filter_map(lower).collect();
    if definitions.is_empty() {
        report_empty(&found.place, diagnostics);
    }
    check_values(values.iter().map(|(value, place)| (&value.value, place.clone())), diagnostics);
    Some(values.into_iter().map(|(value, _)| value).collect())
}
