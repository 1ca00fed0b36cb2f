//! Values, expressions and forms in a few words.

use crate::ir::jmespath::Expression;
use crate::ir::{DefaultValue, Model, Scalar, ShapeId, ShapeKind, Streaming, TimestampFormat};

/// What a value looks like on the wire, in whichever format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Bytes,
    Boolean,
    Whole,
    Fraction,
    Time,
    Document,
    Nothing,
    List(Box<Form>),
    Map(Box<Form>),
    Members,
    Choice,
    /// The other end of a reference that leads in a circle, or nowhere.
    Unknown,
}

/// How deep lists of lists are looked into.
const DEEPEST: usize = 32;

/// What values of a shape look like.
pub(super) fn form(model: &Model, id: &ShapeId) -> Form {
    form_at(model, id, 0)
}

fn form_at(model: &Model, id: &ShapeId, depth: usize) -> Form {
    let Some(shape) = model.shapes.get(id).filter(|_| depth < DEEPEST) else { return Form::Unknown };
    match &shape.kind {
        ShapeKind::Enumeration(_) => Form::Text,
        ShapeKind::IntegerEnumeration(_) => Form::Whole,
        ShapeKind::List(list) => Form::List(Box::new(form_at(model, &list.member, depth + 1))),
        ShapeKind::Map(map) => Form::Map(Box::new(form_at(model, &map.value, depth + 1))),
        ShapeKind::Structure(_) => Form::Members,
        ShapeKind::Union(_) => Form::Choice,
        ShapeKind::Scalar(scalar) => match scalar {
            Scalar::Blob => Form::Bytes,
            Scalar::Boolean => Form::Boolean,
            Scalar::String => Form::Text,
            Scalar::Byte | Scalar::Short | Scalar::Integer | Scalar::Long | Scalar::BigInteger => Form::Whole,
            Scalar::Float | Scalar::Double | Scalar::BigDecimal => Form::Fraction,
            Scalar::Timestamp(_) => Form::Time,
            Scalar::Document => Form::Document,
            Scalar::Unit => Form::Nothing,
        },
    }
}

/// What a shape is, in Smithy's words: `list of Tag`. Shapes that have a type go by their names.
pub(in crate::diff) fn type_of(model: &Model, id: &ShapeId) -> String {
    type_at(model, id, 0)
}

fn type_at(model: &Model, id: &ShapeId, depth: usize) -> String {
    let Some(shape) = model.shapes.get(id).filter(|_| depth < DEEPEST) else { return id.to_string() };
    let sparse = |is_sparse: bool| if is_sparse { "sparse " } else { "" };
    match &shape.kind {
        ShapeKind::Enumeration(_) | ShapeKind::IntegerEnumeration(_) | ShapeKind::Structure(_) | ShapeKind::Union(_) => {
            id.to_string()
        }
        ShapeKind::List(list) => format!("{}list of {}", sparse(list.sparse), type_at(model, &list.member, depth + 1)),
        ShapeKind::Map(map) => {
            let (key, value) = (type_at(model, &map.key, depth + 1), type_at(model, &map.value, depth + 1));
            format!("{}map of {key} to {value}", sparse(map.sparse))
        }
        ShapeKind::Scalar(scalar) => scalar_name(*scalar).to_owned(),
    }
}

/// A simple shape's type, in Smithy's words.
pub(super) fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Blob => "blob",
        Scalar::Boolean => "boolean",
        Scalar::String => "string",
        Scalar::Byte => "byte",
        Scalar::Short => "short",
        Scalar::Integer => "integer",
        Scalar::Long => "long",
        Scalar::Float => "float",
        Scalar::Double => "double",
        Scalar::BigInteger => "bigInteger",
        Scalar::BigDecimal => "bigDecimal",
        Scalar::Timestamp(_) => "timestamp",
        Scalar::Document => "document",
        Scalar::Unit => "unit",
    }
}

/// The kind of a shape, in Smithy's words.
pub(in crate::diff) fn kind_name(kind: &ShapeKind) -> &'static str {
    match kind {
        ShapeKind::Scalar(scalar) => scalar_name(*scalar),
        ShapeKind::Enumeration(_) => "enum",
        ShapeKind::IntegerEnumeration(_) => "intEnum",
        ShapeKind::List(_) => "list",
        ShapeKind::Map(_) => "map",
        ShapeKind::Structure(structure) if structure.error.is_some() => "error",
        ShapeKind::Structure(_) => "structure",
        ShapeKind::Union(_) => "union",
    }
}

/// A default, as a model writes it.
pub(in crate::diff) fn default_text(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Boolean(value) => value.to_string(),
        DefaultValue::Number(digits) => digits.clone(),
        DefaultValue::String(text) => format!("{text:?}"),
        DefaultValue::EmptyList => "[]".to_owned(),
        DefaultValue::EmptyMap => "{}".to_owned(),
    }
}

/// A format of timestamps, in Smithy's words.
pub(in crate::diff) fn format_text(format: Option<TimestampFormat>) -> &'static str {
    match format {
        None => "the protocol's",
        Some(TimestampFormat::EpochSeconds) => "epoch-seconds",
        Some(TimestampFormat::DateTime) => "date-time",
        Some(TimestampFormat::HttpDate) => "http-date",
    }
}

/// What is said of a stream.
pub(super) fn streaming_text(streaming: Option<Streaming>) -> String {
    match streaming {
        None => String::new(),
        Some(Streaming { requires_length: false }) => "streaming".to_owned(),
        Some(Streaming { requires_length: true }) => "streaming of known length".to_owned(),
    }
}

/// An expression: a path as it is written, anything else as it was read.
pub(super) fn expression(expression: &Expression) -> String {
    match path(expression) {
        Some(path) => path,
        None => format!("{expression:?}"),
    }
}

fn path(expression: &Expression) -> Option<String> {
    match expression {
        Expression::Current => Some(String::new()),
        Expression::Member(of, name) => {
            let of = path(of)?;
            Some(if of.is_empty() { name.clone() } else { format!("{of}.{name}") })
        }
        _ => None,
    }
}
