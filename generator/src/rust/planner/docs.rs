//! Rustdoc made of facts: bindings, constraints, and links to AWS's own pages.

use crate::ir::{self, Bound, Constraints, DefaultValue, Model, ShapeId, ShapeKind};
use crate::rust::plan::{Paginator, UnusualPaginator};
use crate::rust::visible::{code, plain, visible};

/// The docs of an operation's method: where AWS describes it, if it is AWS's, and how it travels.
pub(super) fn operation(model: &Model, operation: &ir::Operation) -> Vec<String> {
    let name = &operation.name;
    let mut docs = prose(&operation.documentation);
    let link = match &model.service.uid {
        Some(uid) => format!("[{}](https://docs.aws.amazon.com/goto/WebAPI/{}/{})", code(name), url(uid), url(name)),
        None => code(name),
    };
    match &operation.http {
        Some(http) => docs.extend([format!("{link}:"), format!("{}.", code(&format!("{} {}", http.method.as_str(), http.uri)))]),
        None => docs.push(format!("{link}.")),
    }
    docs
}

/// What is said of an operation's pages, behind its own docs.
pub(super) fn add_paginator(docs: &mut [String], paginator: Option<&Paginator>) {
    let said = match paginator {
        None => return,
        Some(Paginator::Unusual(UnusualPaginator { items: None, .. })) => " Paginated, by pages alone.",
        Some(_) => " Paginated.",
    };
    if let Some(last) = docs.last_mut() {
        last.push_str(said);
    }
}

/// The docs of a type.
pub(super) fn shape(id: &ShapeId, shape: &ir::Shape) -> Vec<String> {
    let mut docs = prose(&shape.documentation);
    let id = code(&id.0);
    let what = match &shape.kind {
        ShapeKind::Structure(structure) => match &structure.error {
            Some(error) => format!("{id}, status {}.", error.status),
            None => format!("{id}."),
        },
        ShapeKind::Union(_) if shape.streaming.is_some() => format!("{id}: an event of a stream."),
        ShapeKind::Union(_) => format!("{id}: a tagged union, exactly one member."),
        _ => format!("{id}."),
    };
    docs.push(what);
    docs
}

/// The docs of a field: where it travels, and what its value must satisfy.
pub(super) fn member(model: &Model, member: &ir::Member) -> Vec<String> {
    let mut docs = prose(&member.documentation);
    let place = match &member.binding {
        ir::Binding::Body => code(member.body_name()),
        ir::Binding::Label(name) => format!("Label {}", code(name)),
        ir::Binding::Query(name) => format!("Query {}", code(name)),
        ir::Binding::Header(name) => format!("Header {}", code(name)),
        ir::Binding::PrefixHeaders(prefix) if prefix.is_empty() => "All headers".to_owned(),
        ir::Binding::PrefixHeaders(prefix) => format!("Headers {}", code(&format!("{prefix}*"))),
        ir::Binding::QueryParams => "Query".to_owned(),
        ir::Binding::Payload => "The body".to_owned(),
        ir::Binding::ResponseCode => "The status".to_owned(),
        ir::Binding::EventHeader => format!("Header {} of the event", code(&member.name)),
        ir::Binding::EventPayload => "The payload of the event".to_owned(),
    };
    let required = (member.required && !member.idempotency_token).then(|| "required".to_owned());
    let default = member.default.as_ref().map(default);
    let facts: Vec<String> =
        required.into_iter().chain(model.shapes.get(&member.target).map(facts).unwrap_or_default()).chain(default).collect();
    docs.push(match facts.as_slice() {
        [] => format!("{place}."),
        facts => format!("{place}: {}.", facts.join(", ")),
    });
    if member.idempotency_token {
        docs.push("Makes the call idempotent; the client makes one up when there is none.".to_owned());
    }
    docs.extend(deprecation(&member.documentation));
    docs
}

/// A part of a link.
fn url(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    text.bytes().map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn prose(documentation: &ir::Documentation) -> Vec<String> {
    let Some(text) = &documentation.text else { return Vec::new() };
    text.lines().map(visible).chain([String::new()]).collect()
}

fn deprecation(documentation: &ir::Documentation) -> Option<String> {
    documentation.deprecated.then(|| match &documentation.deprecated_since {
        Some(since) => format!("Deprecated since {}.", plain(since)),
        None => "Deprecated.".to_owned(),
    })
}

fn default(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Boolean(value) => format!("`{value}` when it is not given"),
        DefaultValue::Number(digits) => format!("{} when it is not given", plain(digits)),
        DefaultValue::String(text) if !text.is_empty() => format!("{} when it is not given", code(text)),
        DefaultValue::String(_) | DefaultValue::EmptyList | DefaultValue::EmptyMap => "empty when it is not given".to_owned(),
    }
}

fn facts(shape: &ir::Shape) -> Vec<String> {
    let unit = match &shape.kind {
        ShapeKind::List(_) => "elements",
        ShapeKind::Map(_) => "entries",
        _ => "characters",
    };
    let Constraints { length, range, pattern, unique_items } = &shape.constraints;
    let mut facts = Vec::new();
    if let Some(length) = length {
        facts.push(between(length.min.filter(|min| *min > 0).map(grouped), length.max.map(grouped), &format!(" {unit}")));
    }
    if let Some(range) = range {
        facts.push(between(range.min.map(bound), range.max.map(bound), ""));
    }
    if *unique_items {
        facts.push("all different".to_owned());
    }
    if let Some(pattern) = pattern {
        facts.push(format!("matches {}", code(&pattern.regex)));
    }
    facts.retain(|fact| !fact.is_empty());
    facts
}

fn between(min: Option<String>, max: Option<String>, unit: &str) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("{min}{unit}"),
        (Some(min), Some(max)) => format!("{min} to {max}{unit}"),
        (Some(min), None) => format!("at least {min}{unit}"),
        (None, Some(max)) => format!("at most {max}{unit}"),
        (None, None) => String::new(),
    }
}

fn bound(bound: Bound) -> String {
    match bound {
        Bound::Integer(value) if value >= 0 => grouped(value.unsigned_abs()),
        Bound::Integer(value) => format!("-{}", grouped(value.unsigned_abs())),
        Bound::Float(value) => value.to_string(),
    }
}

/// `32767` to `32,767`.
fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_read_as_a_person_says_them() {
        assert_eq!(between(Some("1".into()), Some("100".into()), " characters"), "1 to 100 characters");
        assert_eq!(between(None, Some("5".into()), " elements"), "at most 5 elements");
        assert_eq!(between(Some("64".into()), Some("64".into()), " characters"), "64 characters");
        assert_eq!([grouped(7), grouped(1000), grouped(32767), grouped(1_000_000)], ["7", "1,000", "32,767", "1,000,000"]);
    }
}
