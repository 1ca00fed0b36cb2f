//! Reading queries, as a server does.

use super::encoder::Dialect;
use crate::codec::{Decode, DecodeError, Decoded, Decoder, Element, Names, Structure};
use crate::document::Document;
use crate::timestamp::{DateTime, TimestampFormat};
use aws_smithy_types::base64;
use std::borrow::Cow;

/// What has the same path so far, in the order in which it came.
#[derive(Debug, Default)]
struct Node {
    value: Option<String>,
    children: Vec<(String, Node)>,
}

impl Node {
    fn parse(text: &str) -> Self {
        let mut root = Self::default();
        for (path, value) in text.split('&').filter_map(|pair| pair.split_once('=')) {
            let node = path.split('.').fold(&mut root, |node, step| node.child_or_new(step));
            node.value = Some(value.to_owned());
        }
        root
    }

    fn child_or_new(&mut self, name: &str) -> &mut Self {
        let found = self.children.iter().position(|(child, _)| child == name);
        let index = found.unwrap_or_else(|| {
            self.children.push((name.to_owned(), Self::default()));
            self.children.len() - 1
        });
        &mut self.children[index].1
    }

    fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|(child, _)| child == name).map(|(_, node)| node)
    }

    /// What has numbers, by these.
    fn numbered(&self) -> Vec<(usize, &Self)> {
        let mut numbered: Vec<_> = self.children.iter().filter_map(|(name, node)| Some((name.parse().ok()?, node))).collect();
        numbered.sort_by_key(|(number, _)| *number);
        numbered
    }
}

/// Reads the value at hand.
pub(super) struct QueryDecoder<'a> {
    dialect: Dialect,
    node: &'a Node,
    /// What is said of the value at hand, if anything is.
    element: Option<&'static Element>,
}

impl<'a> QueryDecoder<'a> {
    pub(super) fn decode<T: Decode>(dialect: Dialect, text: &str) -> Result<T, DecodeError> {
        T::decode(&mut QueryDecoder { dialect, node: &Node::parse(text), element: None })
    }

    /// Reads what lies a step down.
    fn at<T>(
        &self,
        step: &str,
        node: &'a Node,
        element: Option<&'static Element>,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        read(&mut Self { dialect: self.dialect, node, element }).map_err(|error| error.within(step))
    }

    /// Reads the member of a name on the wire.
    fn named_member<T>(
        &self,
        names: &'static Names,
        name: &str,
        node: &'a Node,
        read: impl FnOnce(&str, &mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let member = names.members.iter().find(|member| self.dialect.name(member.key, Some(member)) == name);
        let key = match (member, self.dialect) {
            (Some(member), _) => member.key.to_owned(),
            (None, Dialect::Aws) => name.to_owned(),
            (None, Dialect::Ec2) => name[..1].to_ascii_lowercase() + &name[1..],
        };
        self.at(name, node, member.map(|member| &member.element), |from| read(&key, from))
    }

    /// Reads what is numbered, a step down or here.
    fn numbered(&self, step: Option<&'static str>, mut read: impl FnMut(&mut Self) -> Decoded) -> Decoded {
        let Some(step) = step else {
            return self
                .node
                .numbered()
                .into_iter()
                .try_for_each(|(index, node)| self.at(&index.to_string(), node, self.element, &mut read));
        };
        match self.node.child(step) {
            Some(node) => self.at(step, node, self.element, |from| from.numbered(None, read)),
            None => Ok(()),
        }
    }

    fn text(&self) -> Result<&'a str, DecodeError> {
        self.node.value.as_deref().ok_or_else(|| DecodeError::mistyped("a value"))
    }

    fn parse<T: std::str::FromStr>(&self, expected: &'static str) -> Result<T, DecodeError> {
        self.text()?.parse().map_err(|_| DecodeError::mistyped(expected))
    }
}

impl Decoder for QueryDecoder<'_> {
    fn structure<T: Structure>(&mut self, value: &mut T) -> Decoded {
        let members = self.node.children.iter();
        members
            .into_iter()
            .try_for_each(|(name, node)| self.named_member(T::NAMES, name, node, |key, from| value.decode_member(key, from)))
    }

    fn union<T: Decode>(&mut self, mut variant: impl FnMut(&str, &mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        self.named_union(&Names::NONE, |key, _, from| variant(key, from))
    }

    fn named_union<T: Decode>(
        &mut self,
        names: &'static Names,
        mut variant: impl FnMut(&str, &str, &mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let (name, node) = self.node.children.first().ok_or_else(|| DecodeError::mistyped("a union"))?;
        self.named_member(names, name, node, |key, from| variant(key, name, from))
    }

    fn list(&mut self, mut element: impl FnMut(&mut Self) -> Decoded) -> Decoded {
        let item = self.element.map_or(&Element::MEMBER, Element::item);
        let is_flattened = self.dialect == Dialect::Ec2 || self.element.is_some_and(Element::is_flattened);
        self.numbered((!is_flattened).then_some(item.name), |from| {
            from.element = Some(item);
            element(from)
        })
    }

    fn map(&mut self, mut entry: impl FnMut(&str, &mut Self) -> Decoded) -> Decoded {
        let (key, value) = self.element.map_or((&Element::KEY, &Element::VALUE), Element::key_and_value);
        let is_flattened = self.element.is_some_and(Element::is_flattened);
        self.numbered((!is_flattened).then_some(Element::ENTRY), |from| {
            let name = from.node.child(key.name).and_then(|node| node.value.as_deref());
            let (Some(name), Some(node)) = (name, from.node.child(value.name)) else {
                return Err(DecodeError::mistyped("a key and a value"));
            };
            from.at(value.name, node, Some(value), |from| entry(name, from))
        })
    }

    fn null(&mut self) -> Result<bool, DecodeError> {
        Ok(false)
    }

    fn boolean(&mut self) -> Result<bool, DecodeError> {
        self.parse("a boolean")
    }

    fn integer<T: TryFrom<i64>>(&mut self) -> Result<T, DecodeError> {
        T::try_from(self.parse("an integer")?).map_err(|_| DecodeError::mistyped("an integer"))
    }

    fn double(&mut self) -> Result<f64, DecodeError> {
        self.parse("a number")
    }

    fn string(&mut self) -> Result<Cow<'_, str>, DecodeError> {
        self.text().map(Cow::Borrowed)
    }

    fn blob(&mut self) -> Result<Vec<u8>, DecodeError> {
        base64::decode(self.text()?).map_err(|_| DecodeError::mistyped("base64"))
    }

    fn timestamp(&mut self, format: Option<TimestampFormat>) -> Result<DateTime, DecodeError> {
        let format = format.unwrap_or(TimestampFormat::DateTime);
        format.read(self.text()?).ok_or_else(|| DecodeError::mistyped("a timestamp"))
    }

    fn document(&mut self) -> Result<Document, DecodeError> {
        self.text().map(Document::from)
    }

    fn skip(&mut self) -> Decoded {
        Ok(())
    }
}
