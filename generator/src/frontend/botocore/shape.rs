//! `shapes`.

use super::derived::{self, Derived, OwnTrait};
use super::members::{Owner, bind_payload, check_required, lower_members, lower_target};
use crate::diagnostic::Diagnostics;
use crate::frontend::bounds::{is_number, lower_length, lower_range};
use crate::frontend::enums::{check_values, report_empty};
use crate::frontend::fate::{EVENTS, Fate, Fates, OF_MEMBERS, PROSE, TOOLS, XML};
use crate::frontend::html;
use crate::frontend::http::lower_error_status;
use crate::frontend::names::check_name;
use crate::frontend::reader::Object;
use crate::ir::{
    Constraints, Documentation, Enumeration, EnumerationValue, ErrorTrait, List, Map, Pattern, Retryable, Scalar, Shape, ShapeId,
    ShapeKind, Streaming, Structure, TimestampFormat, Union, Usage,
};
use std::collections::{BTreeMap, BTreeSet};

/// The keys of a shape.
pub(super) const SHAPE_KEYS: Fates = &[
    ("type", Fate::Used),
    ("sensitive", Fate::Used),
    ("documentation", Fate::Used),
    ("deprecated", OF_MEMBERS),
    ("deprecatedSince", OF_MEMBERS),
    ("requiresLength", Fate::Used),
    ("eventstream", Fate::Used),
    ("jsonvalue", Fate::Used),
    ("streaming", Fate::Used),
    ("enum", Fate::Used),
    ("member", Fate::Used),
    ("key", Fate::Used),
    ("value", Fate::Used),
    ("sparse", Fate::Used),
    ("required", Fate::Used),
    ("members", Fate::Used),
    ("exception", Fate::Used),
    ("fault", Fate::Used),
    ("error", Fate::Used),
    ("retryable", Fate::Used),
    ("union", Fate::Used),
    ("document", Fate::Used),
    ("payload", Fate::Used),
    ("timestampFormat", Fate::Used),
    ("min", Fate::Used),
    ("max", Fate::Used),
    ("pattern", Fate::Used),
    ("box", BOXED),
    ("deprecatedMessage", PROSE),
    ("event", EVENTS),
    ("flattened", XML),
    ("locationName", XML),
    ("synthetic", TOOLS),
    ("wrapper", XML),
    ("xmlNamespace", XML),
    ("xmlOrder", XML),
];

/// The keys of what a list or a map refers to.
pub(super) const ELEMENT_KEYS: Fates = &[
    ("shape", Fate::Used),
    ("box", BOXED),
    ("deprecated", PROSE),
    ("deprecatedMessage", PROSE),
    ("documentation", PROSE),
    ("flattened", XML),
    ("jsonvalue", Fate::Harmless("counts in headers, where there is one string alone")),
    ("locationName", XML),
    ("xmlNamespace", XML),
];

const BOXED: Fate = Fate::Harmless("what is not required is optional, boxed or not");

/// Lowers every shape; adds the names of those that could not be to `broken`.
pub(super) fn lower_shapes(
    shapes: Object<'_, '_>,
    broken: &mut BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<ShapeId, Shape> {
    let (place, entries) = shapes.into_entries();
    let mut lowered = BTreeMap::new();
    let mut derived = Vec::new();
    for (name, json) in entries {
        check_name(name, &place.child(name), diagnostics);
        let shape = Object::new(json, place.child(name), diagnostics)
            .and_then(|shape| lower_shape(name, shape, &mut derived, diagnostics));
        match shape {
            Some(shape) => drop(lowered.insert(ShapeId(name.to_string()), shape)),
            None => drop(broken.insert(name.to_string())),
        }
    }
    derived::add(&derived, &mut lowered, diagnostics);
    lowered
}

fn lower_shape(
    name: &str,
    mut shape: Object<'_, '_>,
    derived: &mut Vec<Derived>,
    diagnostics: &mut Diagnostics,
) -> Option<Shape> {
    let kind = shape.required_string("type", diagnostics);
    let sensitive = shape.flag("sensitive", diagnostics);
    let documentation = lower_documentation(&mut shape, diagnostics);
    let kind = kind.and_then(|kind| lower_kind(name, kind, &mut shape, derived, diagnostics));
    let constraints = kind.as_ref().map(|kind| lower_constraints(kind, &mut shape, diagnostics));
    let place = shape.place.clone();
    // Without its kind, nobody can say which keys a shape may have.
    let mut lowered = Shape {
        kind: kind?,
        sensitive,
        constraints: constraints?,
        media_type: None,
        streaming: None,
        documentation,
        usage: Usage::default(),
        place,
    };
    lower_own_traits(name, &mut shape, &mut lowered, diagnostics);
    shape.finish(SHAPE_KEYS, diagnostics);
    Some(lowered)
}

fn lower_own_traits(name: &str, shape: &mut Object<'_, '_>, lowered: &mut Shape, diagnostics: &mut Diagnostics) {
    let requires_length = shape.flag("requiresLength", diagnostics);
    if matches!(lowered.kind, ShapeKind::Union(_)) && shape.is_true("eventstream") {
        lowered.streaming = Some(Streaming::default());
    }
    for (key, own) in OwnTrait::KEYS {
        if shape.flag(key, diagnostics) {
            derived::give(&own, &ShapeId::from(name), lowered, &shape.at(key), diagnostics);
        }
    }
    if let Some(streaming) = &mut lowered.streaming {
        streaming.requires_length = requires_length;
    } else if requires_length {
        diagnostics.error(&shape.at("requiresLength"), "only a stream can require a length", "drop it, or add `streaming`");
    }
}

fn lower_kind(
    name: &str,
    kind: &str,
    shape: &mut Object<'_, '_>,
    derived: &mut Vec<Derived>,
    diagnostics: &mut Diagnostics,
) -> Option<ShapeKind> {
    Some(match kind {
        "structure" => return lower_members_kind(name, shape, derived, diagnostics),
        "list" => return lower_list(shape, diagnostics).map(ShapeKind::List),
        "map" => return lower_map(shape, diagnostics).map(ShapeKind::Map),
        "string" => lower_string(shape, diagnostics),
        "timestamp" => {
            let format = lower_timestamp_format(shape, diagnostics);
            ShapeKind::Scalar(Scalar::Timestamp(format))
        }
        _ => match lower_scalar(kind) {
            Some(scalar) => ShapeKind::Scalar(scalar),
            None => {
                let help = "use one of structure, list, map, string, boolean, blob, timestamp or a number type";
                diagnostics.error(&shape.at("type"), format!("unknown type `{kind}`"), help);
                return None;
            }
        },
    })
}

fn lower_scalar(kind: &str) -> Option<Scalar> {
    Some(match kind {
        "blob" => Scalar::Blob,
        "boolean" => Scalar::Boolean,
        "byte" => Scalar::Byte,
        "short" => Scalar::Short,
        "integer" => Scalar::Integer,
        "long" => Scalar::Long,
        "float" => Scalar::Float,
        "double" => Scalar::Double,
        "biginteger" => Scalar::BigInteger,
        "bigdecimal" => Scalar::BigDecimal,
        _ => return None,
    })
}

fn lower_string(shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> ShapeKind {
    match lower_enumeration(shape, diagnostics) {
        Some(enumeration) => ShapeKind::Enumeration(enumeration),
        None => ShapeKind::Scalar(Scalar::String),
    }
}

/// `enum`, of a shape or a member.
pub(super) fn lower_enumeration(object: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Enumeration> {
    if !object.has("enum") {
        return None;
    }
    let values = object.strings("enum", diagnostics);
    let place = object.at("enum");
    if values.is_empty() {
        report_empty(&place, diagnostics);
    }
    check_values(values.iter().enumerate().map(|(index, value)| (*value, place.child(index))), diagnostics);
    let values = values.into_iter().map(|value| EnumerationValue { name: None, value: value.to_owned(), internal: false });
    Some(Enumeration { values: values.collect() })
}

fn lower_list(shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<List> {
    let member = lower_element("member", shape, diagnostics);
    let sparse = shape.flag("sparse", diagnostics);
    Some(List { member: member?, sparse })
}

fn lower_map(shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Map> {
    let key = lower_element("key", shape, diagnostics);
    let value = lower_element("value", shape, diagnostics);
    let sparse = shape.flag("sparse", diagnostics);
    Some(Map { key: key?, value: value?, sparse })
}

fn lower_element(key: &str, shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<ShapeId> {
    let mut element = shape.required_object(key, diagnostics)?;
    let target = lower_target(&mut element, diagnostics);
    element.finish(ELEMENT_KEYS, diagnostics);
    target
}

/// A structure, a union, a stream of events or a document: botocore calls all of them structures.
fn lower_members_kind(
    name: &str,
    shape: &mut Object<'_, '_>,
    derived: &mut Vec<Derived>,
    diagnostics: &mut Diagnostics,
) -> Option<ShapeKind> {
    let required = shape.strings("required", diagnostics);
    let members = shape.required_object("members", diagnostics);
    let required_names = required.iter().copied().collect();
    let mut owner = Owner { name, required: &required_names, derived };
    let members = members.map(|members| lower_members(members, &mut owner, diagnostics));
    let error = lower_error(shape, diagnostics);
    let is_union = shape.flag("union", diagnostics);
    let union = shape.flag("eventstream", diagnostics) || is_union;
    let document = shape.flag("document", diagnostics);
    let payload = shape.string("payload", diagnostics);
    let mut members = members?;
    if let Some(payload) = payload {
        bind_payload(payload, &mut members, &shape.at("payload"), diagnostics);
    }
    // Of events, one after the other, some may have to come: that is for whoever sends them.
    if is_union && !required.is_empty() {
        let message = format!("`{name}` is a union, of which one member is there and no other");
        diagnostics.error(&shape.at("required"), message, "drop `required`, or `union`");
    }
    if union && error.is_some() {
        diagnostics.error(&shape.place, format!("`{name}` is a union, and an error"), "drop one of the two");
    }
    if document && !members.is_empty() {
        let message = format!("`{name}` is a document, which has no members that are known beforehand");
        diagnostics.error(&shape.at("members"), message, "drop them, or `document`");
    }
    check_required(&required, &members, &shape.at("required"), diagnostics);
    Some(if document {
        ShapeKind::Scalar(Scalar::Document)
    } else if union {
        ShapeKind::Union(Union { members })
    } else {
        ShapeKind::Structure(Structure { members, error })
    })
}

/// `timestampFormat`, of a shape or a member.
pub(super) fn lower_timestamp_format(object: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<TimestampFormat> {
    match object.string("timestampFormat", diagnostics)? {
        "iso8601" => Some(TimestampFormat::DateTime),
        "rfc822" => Some(TimestampFormat::HttpDate),
        "unixTimestamp" => Some(TimestampFormat::EpochSeconds),
        other => {
            let help = "use one of iso8601, rfc822, unixTimestamp";
            diagnostics.error(&object.at("timestampFormat"), format!("unknown timestamp format `{other}`"), help);
            None
        }
    }
}

/// `exception: true`, or an `error` beside it.
fn lower_error(shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<ErrorTrait> {
    let exception = shape.flag("exception", diagnostics);
    let shape_fault = shape.flag("fault", diagnostics);
    let error = shape.object("error", diagnostics);
    if !exception && error.is_none() {
        return None;
    }
    let retryable = lower_retryable(shape, diagnostics);
    let Some(mut error) = error else {
        let status = default_status(shape_fault);
        return Some(ErrorTrait { code: None, query_code: None, status, client_fault: status < 500, retryable });
    };
    let code = error.string("code", diagnostics).map(str::to_owned);
    let server_fault = error.flag("fault", diagnostics) || shape_fault;
    let sender_fault = error.boolean("senderFault", diagnostics);
    let status = match error.unsigned("httpStatusCode", diagnostics) {
        Some(code) => lower_error_status(code, &error.at("httpStatusCode"), diagnostics)?,
        None => default_status(server_fault),
    };
    error.finish_read(diagnostics);
    let client_fault = sender_fault.unwrap_or(status < 500 && !server_fault);
    Some(ErrorTrait { code, query_code: None, status, client_fault, retryable })
}

fn default_status(server_fault: bool) -> u16 {
    if server_fault { 500 } else { 400 }
}

fn lower_retryable(shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Retryable> {
    let mut retryable = shape.object("retryable", diagnostics)?;
    let throttling = retryable.flag("throttling", diagnostics);
    retryable.finish_read(diagnostics);
    Some(Retryable { throttling })
}

/// What `min`, `max` and `pattern` mean depends on the kind.
fn lower_constraints(kind: &ShapeKind, shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Constraints {
    let mut constraints = Constraints::default();
    match kind {
        ShapeKind::Scalar(Scalar::String) | ShapeKind::Enumeration(_) => {
            constraints.length = lower_length(shape, diagnostics);
            let pattern = shape.string("pattern", diagnostics);
            constraints.pattern = pattern.map(|regex| Pattern { regex: regex.to_owned(), whole: true });
        }
        ShapeKind::Scalar(Scalar::Blob) | ShapeKind::List(_) | ShapeKind::Map(_) => {
            constraints.length = lower_length(shape, diagnostics);
        }
        ShapeKind::Scalar(scalar) if is_number(*scalar) => constraints.range = lower_range(*scalar, shape, diagnostics),
        // Nothing is an integer of a known set here.
        ShapeKind::Scalar(_) | ShapeKind::IntegerEnumeration(_) | ShapeKind::Structure(_) | ShapeKind::Union(_) => {}
    }
    constraints
}

/// Prose and deprecation, of anything that has them.
pub(super) fn lower_documentation(object: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Documentation {
    let text = object.string("documentation", diagnostics).and_then(html::to_markdown);
    let deprecated = object.flag("deprecated", diagnostics);
    let deprecated_since = object.string("deprecatedSince", diagnostics).map(str::to_owned);
    Documentation { text, deprecated, deprecated_since }
}
