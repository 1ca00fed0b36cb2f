//! `shapes`.

use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::bounds::{is_number, lower_length, lower_range};
use crate::frontend::html;
use crate::frontend::http::lower_http_status;
use crate::frontend::json::Entry;
use crate::frontend::reader::{Object, OtherKeys};
use crate::ir::{
    Binding, Constraints, Documentation, Enumeration, EnumerationValue, ErrorTrait, List, Map, Member, Pattern, Retryable,
    Scalar, Shape, ShapeId, ShapeKind, Structure, TimestampFormat, Union, Usage,
};
use std::collections::{BTreeMap, BTreeSet};

const SHAPE_KEYS: OtherKeys = OtherKeys {
    ignored: &["box", "deprecatedMessage", "flattened", "locationName", "synthetic", "wrapper", "xmlNamespace", "xmlOrder"],
    unsupported: &["event", "eventstream", "jsonvalue", "payload", "requiresLength", "streaming"],
};

const MEMBER_KEYS: OtherKeys = OtherKeys {
    ignored: &["box", "deprecatedMessage", "flattened", "queryName", "xmlAttribute", "xmlNamespace"],
    unsupported: &["contextParam", "enum", "eventheader", "eventpayload", "hostLabel", "jsonvalue", "streaming"],
};

/// Keys of what a list or a map refers to: names are those of XML, and prose has nothing to stand on.
const ELEMENT_KEYS: OtherKeys = OtherKeys {
    ignored: &["box", "deprecated", "deprecatedMessage", "documentation", "flattened", "locationName", "xmlNamespace"],
    unsupported: &["jsonvalue"],
};

/// Lowers every shape; adds the names of those that could not be to `broken`.
pub(super) fn lower_shapes(
    shapes: Object<'_, '_>,
    broken: &mut BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<ShapeId, Shape> {
    let (place, entries) = shapes.into_entries();
    let mut lowered = BTreeMap::new();
    for (name, json) in entries {
        let shape = Object::new(json, place.child(name), diagnostics).and_then(|shape| lower_shape(shape, diagnostics));
        match shape {
            Some(shape) => drop(lowered.insert(ShapeId(name.to_string()), shape)),
            None => drop(broken.insert(name.to_string())),
        }
    }
    lowered
}

fn lower_shape(mut shape: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Shape> {
    let kind = shape.required_string("type", diagnostics);
    let sensitive = shape.flag("sensitive", diagnostics);
    let documentation = lower_documentation(&mut shape, diagnostics);
    let kind = kind.and_then(|kind| lower_kind(kind, &mut shape, diagnostics));
    let constraints = kind.as_ref().map(|kind| lower_constraints(kind, &mut shape, diagnostics));
    let place = shape.place.clone();
    // Without its kind, nobody can say which keys a shape may have.
    if kind.is_some() {
        shape.finish(&SHAPE_KEYS, diagnostics);
    }
    Some(Shape { kind: kind?, sensitive, constraints: constraints?, documentation, usage: Usage::default(), place })
}

fn lower_kind(kind: &str, shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<ShapeKind> {
    Some(match kind {
        "structure" => return lower_members_kind(shape, diagnostics),
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
    let values = shape.strings("enum", diagnostics);
    if values.is_empty() {
        return ShapeKind::Scalar(Scalar::String);
    }
    let values = values.into_iter().map(|value| EnumerationValue { name: None, value: value.to_owned() });
    ShapeKind::Enumeration(Enumeration { values: values.collect() })
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
    let target = element.required_string("shape", diagnostics);
    element.finish(&ELEMENT_KEYS, diagnostics);
    target.map(ShapeId::from)
}

/// A structure, a union or a document: botocore calls all of them structures.
fn lower_members_kind(shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<ShapeKind> {
    let required = shape.strings("required", diagnostics);
    let members = shape.required_object("members", diagnostics);
    let members = members.map(|members| lower_members(members, &required, diagnostics));
    let error = lower_error(shape, diagnostics);
    let union = shape.flag("union", diagnostics);
    let document = shape.flag("document", diagnostics);
    let members = members?;
    check_required(&required, &members, &shape.at("required"), diagnostics);
    Some(if document {
        ShapeKind::Scalar(Scalar::Document)
    } else if union {
        ShapeKind::Union(Union { members })
    } else {
        ShapeKind::Structure(Structure { members, error })
    })
}

fn check_required(required: &[&str], members: &[Member], place: &Place, diagnostics: &mut Diagnostics) {
    for (index, name) in required.iter().enumerate() {
        if !members.iter().any(|member| member.name == *name) {
            let message = format!("the required member `{name}` is not a member");
            diagnostics.error(&place.child(index), message, "add the member, or drop it from `required`");
        }
    }
}

fn lower_members(members: Object<'_, '_>, required: &[&str], diagnostics: &mut Diagnostics) -> Vec<Member> {
    let (place, entries) = members.into_entries();
    let lower = |(name, json): &Entry<'_>| {
        let member = Object::new(json, place.child(name), diagnostics)?;
        Some(lower_member(name, required.contains(&name.as_ref()), member, diagnostics))
    };
    entries.iter().filter_map(lower).collect()
}

/// A member that names no shape is lowered too, so that what refers to it is not reported as well.
fn lower_member(name: &str, required: bool, mut member: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Member {
    let target = member.required_string("shape", diagnostics).map(ShapeId::from).unwrap_or_else(unknown_target);
    let (binding, wire_name) = lower_binding(name, &mut member, diagnostics);
    let timestamp_format = lower_timestamp_format(&mut member, diagnostics);
    let idempotency_token = member.flag("idempotencyToken", diagnostics);
    let documentation = lower_documentation(&mut member, diagnostics);
    member.finish(&MEMBER_KEYS, diagnostics);
    Member {
        name: name.to_owned(),
        target,
        required,
        binding,
        wire_name,
        timestamp_format,
        idempotency_token,
        boxed: false,
        documentation,
    }
}

/// The target of a member that has none; nothing can be named like this.
pub(super) fn unknown_target() -> ShapeId {
    ShapeId(String::new())
}

fn lower_binding(name: &str, member: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> (Binding, Option<String>) {
    let location_name = member.string("locationName", diagnostics).unwrap_or(name);
    let bound_name = || location_name.to_owned();
    let binding = match member.string("location", diagnostics) {
        None => return (Binding::Body, (location_name != name).then(bound_name)),
        Some("uri") => Binding::Label(bound_name()),
        Some("querystring") => Binding::Query(bound_name()),
        Some("header") => Binding::Header(bound_name()),
        Some(other @ ("headers" | "statusCode")) => {
            let message = format!("not supported yet: the location `{other}`");
            diagnostics.error(&member.at("location"), message, "drop the member if you can do without it");
            Binding::Body
        }
        Some(other) => {
            let message = format!("unknown location `{other}`");
            diagnostics.error(&member.at("location"), message, "use one of uri, querystring, header, or none for the body");
            Binding::Body
        }
    };
    (binding, None)
}

fn lower_timestamp_format(object: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<TimestampFormat> {
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
    let retryable = lower_retryable(shape, diagnostics);
    let Some(mut error) = shape.object("error", diagnostics) else {
        let status = default_status(shape_fault);
        return exception.then_some(ErrorTrait { code: None, status, client_fault: status < 500, retryable });
    };
    let code = error.string("code", diagnostics).map(str::to_owned);
    let server_fault = error.flag("fault", diagnostics) || shape_fault;
    let sender_fault = error.boolean("senderFault", diagnostics);
    let status = match error.unsigned("httpStatusCode", diagnostics) {
        Some(code) => lower_http_status(code, &error.at("httpStatusCode"), diagnostics)?,
        None => default_status(server_fault),
    };
    error.finish(&OtherKeys::NONE, diagnostics);
    Some(ErrorTrait { code, status, client_fault: sender_fault.unwrap_or(status < 500 && !server_fault), retryable })
}

fn default_status(server_fault: bool) -> u16 {
    if server_fault { 500 } else { 400 }
}

fn lower_retryable(shape: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Retryable> {
    let mut retryable = shape.object("retryable", diagnostics)?;
    let throttling = retryable.flag("throttling", diagnostics);
    retryable.finish(&OtherKeys::NONE, diagnostics);
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
        ShapeKind::Scalar(scalar) if is_number(*scalar) => constraints.range = lower_range(shape, diagnostics),
        ShapeKind::Scalar(_) | ShapeKind::Structure(_) | ShapeKind::Union(_) => {}
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
