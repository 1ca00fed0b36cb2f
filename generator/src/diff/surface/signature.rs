//! What is said of an item, compared as it is planned and written as Rust.

use crate::rust::plan::{Field, ItemType};
use crate::rust::types::Type;

/// What is said of an item beside its name.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Signature<'p> {
    /// Nothing: that it is there says all.
    Present(&'static str),
    /// The name itself: the trait's.
    Named(&'p str),
    /// `pub name: T`.
    Field(&'p Type, Optional),
    /// `new(..)`: the arguments.
    New(Vec<(&'p str, &'p Type)>),
    /// `new(Members { .. })`: the literal, its fields, and whether it has `Debug`.
    NewOfLiteral(&'p str, Vec<(&'p str, &'p Type)>, bool),
    /// A union's variant.
    Variant(&'p Type),
    /// A variant of `Error`.
    ErrorVariant(&'p str),
    /// A method of the trait: the request and the response.
    Method(&'p str, &'p str),
    /// What a paginator hands out.
    Items(&'p ItemType),
    /// A waiter's request.
    Wait(&'p str),
}

/// Whether a field is an `Option`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Optional {
    Yes,
    No,
}

impl Optional {
    pub(super) fn of(field: &Field) -> Self {
        if field.is_optional() { Self::Yes } else { Self::No }
    }
}

impl Signature<'_> {
    /// As a report shows it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Present(what) => (*what).to_owned(),
            Self::Named(name) => (*name).to_owned(),
            Self::Field(ty, optional) => field_text(ty, *optional),
            Self::New(arguments) => format!("fn new({}) -> Self", arguments_text(arguments)),
            Self::NewOfLiteral(name, fields, has_debug) => {
                let debug = if *has_debug { "" } else { " without `Debug`" };
                format!("fn new({name} {{ {} }}) -> Self{debug}", arguments_text(fields))
            }
            Self::Variant(Type::Unit) => "variant".to_owned(),
            Self::Variant(ty) => format!("variant of {}", type_text(ty)),
            Self::ErrorVariant(exception) => format!("variant of {exception}"),
            Self::Method(request, response) => format!("fn({request}) -> Result<{response}, Error>"),
            Self::Items(ItemType::Element(element)) => format!("items of {}", type_text(element)),
            Self::Items(ItemType::Entry(key, value)) => format!("items of ({}, {})", type_text(key), type_text(value)),
            Self::Wait(request) => format!("fn({request}) -> Wait"),
        }
    }
}

fn arguments_text(arguments: &[(&str, &Type)]) -> String {
    let arguments: Vec<String> = arguments.iter().map(|(name, ty)| format!("{name}: {}", type_text(ty))).collect();
    arguments.join(", ")
}

fn field_text(ty: &Type, optional: Optional) -> String {
    match optional {
        Optional::Yes => format!("Option<{}>", type_text(ty)),
        Optional::No => type_text(ty),
    }
}

/// A type without paths.
fn type_text(ty: &Type) -> String {
    match ty {
        Type::Primitive(primitive) => primitive.as_str().to_owned(),
        Type::String => "String".to_owned(),
        Type::Timestamp => "DateTime".to_owned(),
        Type::Blob => "Blob".to_owned(),
        Type::Document => "Document".to_owned(),
        Type::Stream => "ByteStream".to_owned(),
        Type::EventStream(events) => format!("EventStream<{events}>"),
        Type::Unit => "()".to_owned(),
        Type::BigInteger => "BigInteger".to_owned(),
        Type::BigDecimal => "BigDecimal".to_owned(),
        Type::Structure(name) | Type::Enumeration(name) | Type::Union(name) => name.to_string(),
        Type::List(element) => format!("Vec<{}>", type_text(element)),
        Type::Map(key, value) => format!("BTreeMap<{}, {}>", type_text(key), type_text(value)),
        Type::Sparse(inner) => format!("Option<{}>", type_text(inner)),
        Type::Boxed(inner) => format!("Box<{}>", type_text(inner)),
    }
}
