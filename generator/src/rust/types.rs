//! The Rust type of a shape.

use super::names::Name;
use proc_macro2::TokenStream;
use quote::quote;
use std::fmt;

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
    /// `()`; a union's variant of it has nothing inside.
    Unit,
    /// `BigInteger`.
    BigInteger,
    /// `BigDecimal`.
    BigDecimal,
    /// A generated structure.
    Structure(Name),
    /// A generated enum.
    Enumeration(Name),
    /// A generated tagged union.
    Union(Name),
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
        self.to_string().parse().unwrap_or_default()
    }

    /// The type of an argument that gives such a value, as loose as it reads well.
    pub fn argument(&self) -> TokenStream {
        match self {
            Self::String => quote!(impl Into<String>),
            Self::Stream => quote!(impl Into<ByteStream>),
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
            Self::String | Self::Stream => quote!(#argument.into()),
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

    /// The names of the generated types inside.
    pub fn names(&self, names: &mut Vec<Name>) {
        match self {
            Self::Structure(name) | Self::Enumeration(name) | Self::Union(name) => names.push(name.clone()),
            Self::List(inner) | Self::Sparse(inner) | Self::Boxed(inner) => inner.names(names),
            Self::Map(key, value) => {
                key.names(names);
                value.names(names);
            }
            Self::Primitive(_)
            | Self::String
            | Self::Timestamp
            | Self::Blob
            | Self::Document
            | Self::Stream
            | Self::Unit
            | Self::BigInteger
            | Self::BigDecimal => {}
        }
    }

    /// Whether an argument is the value itself.
    fn is_exact(&self) -> bool {
        !matches!(self, Self::String | Self::Stream | Self::List(_) | Self::Map(..) | Self::Boxed(_))
    }
}

impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Primitive(primitive) => formatter.write_str(primitive.as_str()),
            Self::String => formatter.write_str("String"),
            Self::Timestamp => formatter.write_str("DateTime"),
            Self::Blob => formatter.write_str("Blob"),
            Self::Document => formatter.write_str("Document"),
            Self::Stream => formatter.write_str("ByteStream"),
            Self::Unit => formatter.write_str("()"),
            Self::BigInteger => formatter.write_str("BigInteger"),
            Self::BigDecimal => formatter.write_str("BigDecimal"),
            Self::Structure(name) | Self::Enumeration(name) | Self::Union(name) => write!(formatter, "{name}"),
            Self::List(element) => write!(formatter, "Vec<{element}>"),
            Self::Map(key, value) => write!(formatter, "BTreeMap<{key}, {value}>"),
            Self::Sparse(inner) => write!(formatter, "Option<{inner}>"),
            Self::Boxed(inner) => write!(formatter, "Box<{inner}>"),
        }
    }
}

impl Primitive {
    fn as_str(self) -> &'static str {
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
}
