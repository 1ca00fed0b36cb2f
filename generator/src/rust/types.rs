//! The Rust type of a shape.

use super::names::{Name, TypeName};
use proc_macro2::TokenStream;
use quote::quote;

/// A Rust type.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `bool`, `i32`, `f64`, ..: copied, not borrowed.
    Primitive(Primitive),
    /// `String`.
    String,
    /// `DateTime`.
    Timestamp,
    /// `Blob`.
    Blob,
    /// `Document`.
    Document,
    /// `ByteStream`.
    Stream,
    /// `EventStream` of a generated union.
    EventStream(TypeName),
    /// `()`; a union's variant of it has nothing inside.
    Unit,
    /// `BigInteger`.
    BigInteger,
    /// `BigDecimal`.
    BigDecimal,
    /// A generated structure.
    Structure(TypeName),
    /// A generated enum.
    Enumeration(TypeName),
    /// A generated tagged union.
    Union(TypeName),
    /// `Vec`.
    List(Box<Type>),
    /// `BTreeMap`.
    Map(Box<Type>, Box<Type>),
    /// `Option`, inside a sparse list or map.
    Sparse(Box<Type>),
    /// `Box`, where a cycle needs it.
    Boxed(Box<Type>),
}

/// Types that Rust has itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the types")]
pub enum Primitive {
    Bool,
    I8,
    I16,
    I32,
    I64,
    F32,
    F64,
}

impl Type {
    /// The type as tokens.
    pub fn tokens(&self) -> TokenStream {
        match self {
            Self::Primitive(primitive) => primitive.tokens(),
            Self::String => quote!(String),
            Self::Timestamp => quote!(rt::DateTime),
            Self::Blob => quote!(rt::Blob),
            Self::Document => quote!(rt::Document),
            Self::Stream => quote!(rt::ByteStream),
            Self::EventStream(events) => quote!(rt::EventStream<#events>),
            Self::Unit => quote!(()),
            Self::BigInteger => quote!(rt::BigInteger),
            Self::BigDecimal => quote!(rt::BigDecimal),
            Self::Structure(name) | Self::Enumeration(name) | Self::Union(name) => quote!(#name),
            Self::List(element) => {
                let element = element.tokens();
                quote!(Vec<#element>)
            }
            Self::Map(key, value) => {
                let (key, value) = (key.tokens(), value.tokens());
                quote!(::std::collections::BTreeMap<#key, #value>)
            }
            Self::Sparse(inner) => {
                let inner = inner.tokens();
                quote!(Option<#inner>)
            }
            Self::Boxed(inner) => {
                let inner = inner.tokens();
                quote!(Box<#inner>)
            }
        }
    }

    /// What a setter of such a member takes, as the runtime's macros say it.
    pub fn setter(&self) -> Setter<'_> {
        match self {
            Self::String => Setter::Text,
            Self::List(element) if **element == Self::String => Setter::Texts,
            Self::List(element) => Setter::List(element),
            Self::Map(key, value) if **key == Self::String && **value == Self::String => Setter::TextMap,
            Self::Map(key, value) if **key == Self::String => Setter::Map(value),
            Self::Boxed(inner) => Setter::Boxed(inner),
            _ => Setter::Value(self),
        }
    }

    /// The type of an argument that gives such a value, as loose as it reads well.
    pub fn argument(&self) -> TokenStream {
        match self {
            Self::String => quote!(impl Into<String>),
            Self::Stream => quote!(impl Into<rt::ByteStream>),
            Self::EventStream(events) => quote!(impl Into<rt::EventStream<#events>>),
            Self::List(element) => {
                let element = element.argument();
                quote!(impl IntoIterator<Item = #element>)
            }
            Self::Map(key, value) => {
                let (key, value) = (key.argument(), value.argument());
                quote!(impl IntoIterator<Item = (#key, #value)>)
            }
            Self::Boxed(inner) => inner.argument(),
            _ => self.tokens(),
        }
    }

    /// What makes a value of such an argument.
    pub fn convert(&self, argument: TokenStream) -> TokenStream {
        match self {
            Self::String | Self::Stream | Self::EventStream(_) => quote!(#argument.into()),
            Self::List(element) if element.is_exact() => quote!(#argument.into_iter().collect()),
            Self::List(element) if **element == Self::String => quote!(#argument.into_iter().map(Into::into).collect()),
            Self::List(element) => {
                let element = element.convert(quote!(it));
                quote!(#argument.into_iter().map(|it| #element).collect())
            }
            Self::Map(key, value) if key.is_exact() && value.is_exact() => quote!(#argument.into_iter().collect()),
            Self::Map(key, value) => {
                let (key, value) = (key.convert(quote!(key)), value.convert(quote!(value)));
                quote!(#argument.into_iter().map(|(key, value)| (#key, #value)).collect())
            }
            Self::Boxed(inner) => {
                let inner = inner.convert(argument);
                quote!(Box::new(#inner))
            }
            _ => argument,
        }
    }

    /// Whether an argument is the value itself.
    fn is_exact(&self) -> bool {
        !matches!(self, Self::String | Self::Stream | Self::EventStream(_) | Self::List(_) | Self::Map(..) | Self::Boxed(_))
    }
}

/// What a setter takes, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Setter<'t> {
    /// Whatever becomes a string.
    Text,
    /// Whatever become strings.
    Texts,
    /// Elements of this type.
    List(&'t Type),
    /// Whatever become pairs of strings.
    TextMap,
    /// Values of this type by string.
    Map(&'t Type),
    /// A value that is put in a box.
    Boxed(&'t Type),
    /// The value itself.
    Value(&'t Type),
}

impl Setter<'_> {
    /// The setter's kind, and the type that it names.
    pub fn parts(self) -> (&'static str, Option<TokenStream>) {
        match self {
            Self::Text => ("text", None),
            Self::Texts => ("texts", None),
            Self::List(element) => ("list", Some(element.tokens())),
            Self::TextMap => ("text_map", None),
            Self::Map(value) => ("map", Some(value.tokens())),
            Self::Boxed(inner) => ("boxed", Some(inner.tokens())),
            Self::Value(value) => ("value", Some(value.tokens())),
        }
    }
}

impl Primitive {
    /// The type's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
        }
    }

    fn tokens(self) -> TokenStream {
        let name = Name::new(self.as_str());
        quote!(#name)
    }
}
