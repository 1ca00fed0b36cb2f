//! The `params` of a case as Rust expressions, built by the plan's types: so that what a codec does is checked without it.

use super::node::{Decimal, Node};
use anyhow::{Context, bail};
use smithwright::rust::plan::{Field, Plan, Structure, TypeKind, Union};
use smithwright::rust::types::{Primitive, Type};
use std::collections::BTreeMap;

/// The types of a service, by name.
pub(crate) struct Values<'p> {
    types: BTreeMap<&'p str, &'p TypeKind>,
    /// Requests and responses, which may hold themselves.
    messages: BTreeMap<&'p str, &'p Structure>,
}

impl<'p> Values<'p> {
    pub(crate) fn new(plan: &'p Plan) -> Self {
        let messages = plan.operations.iter().flat_map(|operation| [&operation.request, &operation.response]);
        Self {
            types: plan.types.iter().map(|item| (item.kind.name().as_str(), &item.kind)).collect(),
            messages: messages.map(|message| (message.name.as_str(), message)).collect(),
        }
    }

    /// The structures among the types.
    pub(super) fn structures(&self) -> impl Iterator<Item = &'p Structure> {
        self.types.values().filter_map(|kind| match kind {
            TypeKind::Structure(structure) => Some(structure),
            _ => None,
        })
    }

    /// A structure with these members.
    pub(crate) fn structure(&self, structure: &Structure, params: &Node) -> anyhow::Result<String> {
        let name = &structure.name;
        let mut text = format!("{{ let mut it = zero::<api::{name}>();");
        for (member, value) in params.members() {
            let field = structure.fields.iter().find(|field| field.member == *member);
            let field = field.with_context(|| format!("`{name}` has no member `{member}`"))?;
            // Null unsets a member.
            if *value != Node::Null {
                let value = self.member(field, value).with_context(|| format!("in the member `{member}`"))?;
                text += &format!(" it.{} = {value};", field.name);
            }
        }
        Ok(match params.members() {
            [] => format!("zero::<api::{name}>()"),
            _ => text + " it }",
        })
    }

    fn member(&self, field: &Field, value: &Node) -> anyhow::Result<String> {
        let value = self.value(&field.ty, value)?;
        Ok(if field.is_optional() { format!("Some({value})") } else { value })
    }

    fn value(&self, ty: &Type, node: &Node) -> anyhow::Result<String> {
        Ok(match ty {
            Type::Primitive(Primitive::Bool) => match node {
                Node::Bool(value) => value.to_string(),
                other => bail!("`{other}` is no boolean"),
            },
            Type::Primitive(primitive @ (Primitive::F32 | Primitive::F64)) => float(*primitive, node)?,
            Type::Primitive(primitive) => format!("{}{}", number(node)?, primitive.as_str()),
            Type::String => format!("{:?}.to_owned()", plain_text(node)),
            Type::Timestamp => timestamp(node)?,
            Type::Blob => format!("api::Blob::new({:?})", node.text()?),
            Type::EventStream(_) => bail!("a stream of events among the members of a case"),
            Type::Stream => format!("api::ByteStream::from({:?})", node.text()?),
            Type::BigInteger => format!("{:?}.parse::<api::BigInteger>().expect(\"a number\")", number(node)?),
            Type::BigDecimal => format!("{:?}.parse::<api::BigDecimal>().expect(\"a number\")", number(node)?),
            Type::Document => document(node),
            Type::Structure(name) | Type::Enumeration(name) | Type::Union(name) => self.named(name.as_str(), node)?,
            Type::Unit => "()".to_owned(),
            Type::List(element) => {
                let elements = node.elements().iter().map(|node| self.value(element, node)).collect::<Result<Vec<_>, _>>()?;
                format!("vec![{}]", elements.join(", "))
            }
            Type::Map(key, value) => {
                let entry = |(name, node): &(String, Node)| {
                    let key = self.value(key, &Node::String(name.clone()))?;
                    anyhow::Ok(format!("({key}, {})", self.value(value, node)?))
                };
                let entries = node.members().iter().map(entry).collect::<Result<Vec<_>, _>>()?;
                if entries.is_empty() { "Default::default()".to_owned() } else { format!("[{}].into()", entries.join(", ")) }
            }
            Type::Sparse(_) if *node == Node::Null => "None".to_owned(),
            Type::Sparse(inner) => format!("Some({})", self.value(inner, node)?),
            Type::Boxed(inner) => format!("Box::new({})", self.value(inner, node)?),
        })
    }

    fn named(&self, name: &str, node: &Node) -> anyhow::Result<String> {
        match self.types.get(name) {
            Some(TypeKind::Structure(structure)) => self.structure(structure, node),
            Some(TypeKind::Union(union)) => self.union(union, node),
            Some(TypeKind::Enumeration(_)) => Ok(format!("api::{name}::from({:?})", node.text()?)),
            Some(TypeKind::IntegerEnumeration(_)) => Ok(format!("api::{name}::from({})", number(node)?)),
            None => match self.messages.get(name) {
                Some(message) => self.structure(message, node),
                None => bail!("the plan has no type `{name}`"),
            },
        }
    }

    /// What a stream gives: an event, or an error of the service.
    pub(super) fn event(&self, name: &str, node: &Node) -> anyhow::Result<String> {
        let Some(TypeKind::Union(union)) = self.types.get(name) else { bail!("the plan has no events `{name}`") };
        let error = union.stream.iter().flatten().find(|error| node.get(&error.member).is_some());
        let Some(error) = error else { return Ok(format!("Ok({})", self.union(union, node)?)) };
        let is_meant = |structure: &&Structure| structure.error.as_ref().is_some_and(|it| it.variant == error.variant);
        let structure = self.structures().find(is_meant).context("the plan does not have the error")?;
        let value = self.structure(structure, node.need(&error.member)?)?;
        Ok(format!("Err(api::Error::{}({value}))", error.variant))
    }

    fn union(&self, union: &Union, node: &Node) -> anyhow::Result<String> {
        let set: Vec<_> = node.members().iter().filter(|(_, value)| *value != Node::Null).collect();
        let [(member, value)] = set.as_slice() else { bail!("`{node}` does not set one member of `{}`", union.name) };
        let variant = union.variants.iter().find(|variant| variant.field.member == *member);
        let variant = variant.with_context(|| format!("`{}` has no member `{member}`", union.name))?;
        let inside = if variant.is_unit() { String::new() } else { format!("({})", self.value(&variant.field.ty, value)?) };
        Ok(format!("api::{}::{}{inside}", union.name, variant.name))
    }
}

/// Whether NaN is among the values: it is not equal to itself.
pub(super) fn has_nan(node: &Node) -> bool {
    match node {
        Node::String(text) => text == "NaN",
        Node::Array(elements) => elements.iter().any(has_nan),
        Node::Object(members) => members.iter().any(|(_, value)| has_nan(value)),
        _ => false,
    }
}

/// A member of type string that a suite gives as something else is JSON in a string: botocore's `jsonvalue`.
fn plain_text(node: &Node) -> String {
    node.as_str().map_or_else(|| node.to_string(), str::to_owned)
}

fn number(node: &Node) -> anyhow::Result<&str> {
    match node {
        Node::Number(digits) => Ok(digits),
        other => bail!("`{other}` is no number"),
    }
}

fn float(primitive: Primitive, node: &Node) -> anyhow::Result<String> {
    let constant = |name: &str| format!("{}::{name}", if primitive == Primitive::F32 { "f32" } else { "f64" });
    Ok(match node.as_str() {
        Some("NaN") => constant("NAN"),
        Some("Infinity") => constant("INFINITY"),
        Some("-Infinity") => constant("NEG_INFINITY"),
        _ => format!("{}{}", number(node)?, primitive.as_str()),
    })
}

fn timestamp(node: &Node) -> anyhow::Result<String> {
    // Cases of events have them as text.
    if let Some(text) = node.as_str() {
        return Ok(format!("time({text:?})"));
    }
    let decimal = Decimal::parse(number(node)?).and_then(|decimal| decimal.seconds_and_nanoseconds());
    let (seconds, nanoseconds) = decimal.with_context(|| format!("`{node}` is no time in seconds"))?;
    Ok(format!("api::DateTime::from_secs_and_nanos({seconds}, {nanoseconds})"))
}

fn document(node: &Node) -> String {
    let text = |text: &str| format!("{text:?}.to_owned()");
    match node {
        Node::Null => "api::Document::Null".to_owned(),
        Node::Bool(value) => format!("api::Document::Boolean({value})"),
        Node::Number(digits) => format!("api::Document::Number({})", text(digits)),
        Node::String(value) => format!("api::Document::String({})", text(value)),
        Node::Array(elements) => {
            format!("api::Document::List(vec![{}])", elements.iter().map(document).collect::<Vec<_>>().join(", "))
        }
        Node::Object(members) => {
            let members = members.iter().map(|(name, value)| format!("({}, {})", text(name), document(value)));
            format!("api::Document::Object(vec![{}])", members.collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(ty: &Type, json: &str) -> Option<String> {
        Values { types: BTreeMap::new(), messages: BTreeMap::new() }.value(ty, &Node::parse(json).unwrap()).ok()
    }

    fn is(ty: &Type, json: &str, expected: &str) {
        assert_eq!(value(ty, json).as_deref(), Some(expected), "{json}");
    }

    #[test]
    fn the_type_tells_a_number_from_a_word() {
        is(&Type::Primitive(Primitive::F32), "\"NaN\"", "f32::NAN");
        is(&Type::Primitive(Primitive::F64), "\"-Infinity\"", "f64::NEG_INFINITY");
        is(&Type::String, "\"NaN\"", "\"NaN\".to_owned()");
        is(&Type::Primitive(Primitive::F64), "1", "1f64");
        is(&Type::Primitive(Primitive::I64), "9223372036854775807", "9223372036854775807i64");
        assert_eq!(value(&Type::Primitive(Primitive::I32), "\"1\""), None);
    }

    #[test]
    fn timestamps_are_seconds_and_blobs_are_text() {
        is(&Type::Timestamp, "12.25", "api::DateTime::from_secs_and_nanos(12, 250000000)");
        is(&Type::Blob, "\"aGk=\"", "api::Blob::new(\"aGk=\")");
        is(&Type::Stream, "\"hi\"", "api::ByteStream::from(\"hi\")");
    }

    #[test]
    fn null_is_an_element_of_a_sparse_collection_alone() {
        let list = |element| Type::List(Box::new(element));
        is(&list(Type::Sparse(Box::new(Type::Blob))), "[null]", "vec![None]");
        assert_eq!(value(&list(Type::Blob), "[null]"), None);
    }

    #[test]
    fn json_in_a_string_is_written_compactly() {
        is(&Type::String, "{ \"a\": [1.0] }", r#""{\"a\":[1.0]}".to_owned()"#);
    }

    #[test]
    fn documents_keep_their_digits() {
        is(
            &Type::Document,
            "[1.10, null]",
            "api::Document::List(vec![api::Document::Number(\"1.10\".to_owned()), api::Document::Null])",
        );
    }
}
