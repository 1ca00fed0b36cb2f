//! Values that generated code writes down.

use crate::rust::plan::{DocumentExpression, Expression, Number};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// An expression of the value's own type.
pub(super) fn emit_expression(expression: &Expression) -> TokenStream {
    match expression {
        Expression::Boolean(value) => quote!(#value),
        Expression::Integer(value) => number(&Literal::i64_unsuffixed(*value)),
        Expression::Float(value) => number(&Literal::f64_unsuffixed(*value)),
        Expression::Text(text) => owned(text),
        Expression::Bytes(bytes) => {
            let bytes = Literal::byte_string(bytes);
            quote!(rt::Blob::new(#bytes))
        }
        Expression::Seconds(seconds) => {
            let seconds = Literal::i64_unsuffixed(*seconds);
            quote!(rt::DateTime::from_secs(#seconds))
        }
        Expression::FractionalSeconds(seconds) => {
            let seconds = Literal::f64_unsuffixed(*seconds);
            quote!(rt::DateTime::from_secs_f64(#seconds))
        }
        Expression::BigInteger(digits) => quote!(rt::big_integer!(#digits)),
        Expression::BigDecimal(digits) => quote!(rt::big_decimal!(#digits)),
        Expression::Variant(name, variant) => quote!(#name::#variant),
        Expression::UnknownText(name, text) => quote!(#name::from(#text)),
        Expression::UnknownInteger(name, value) => {
            let value = Literal::i32_unsuffixed(*value);
            quote!(#name::from(#value))
        }
        Expression::EmptyList => quote!(Vec::new()),
        Expression::EmptyMap => quote!(::std::collections::BTreeMap::new()),
        Expression::EmptyStream => quote!(rt::ByteStream::default()),
        Expression::NoEvents => quote!(rt::EventStream::default()),
        Expression::Document(document) => emit_document(document),
    }
}

/// A bound of a range.
pub(super) fn emit_number(bound: &Number) -> TokenStream {
    match bound {
        Number::Integer(value) => number(&Literal::i64_unsuffixed(*value)),
        Number::Float(value) => number(&Literal::f64_unsuffixed(*value)),
        Number::Decimal(digits) => quote!(rt::Decimal(#digits)),
    }
}

fn emit_document(document: &DocumentExpression) -> TokenStream {
    match document {
        DocumentExpression::Boolean(value) => quote!(rt::Document::from(#value)),
        DocumentExpression::Number(digits) => {
            let digits = owned(digits);
            quote!(rt::Document::Number(#digits))
        }
        DocumentExpression::Text(text) => quote!(rt::Document::from(#text)),
        DocumentExpression::EmptyList => quote!(rt::Document::List(Vec::new())),
        DocumentExpression::EmptyObject => quote!(rt::Document::Object(Vec::new())),
    }
}

fn number(literal: &Literal) -> TokenStream {
    quote!(#literal)
}

fn owned(text: &str) -> TokenStream {
    if text.is_empty() { quote!(String::new()) } else { quote!(#text.to_owned()) }
}
