//! Reading XML: members one by one, in the order in which they stand.

use super::node::Node;
use crate::codec::{Decode, DecodeError, Decoded, Decoder, Element, Names, Structure, Timestamps};
use crate::document::Document;
use crate::timestamp::{DateTime, TimestampFormat};
use aws_smithy_types::base64;
use std::borrow::Cow;

/// Reads the value at hand.
pub(super) struct XmlDecoder<'a> {
    place: Place<'a>,
    /// What is said of the value at hand, if anything is.
    element: Option<&'static Element>,
}

/// Where the value at hand is.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// In an element; and those behind it, which may be elements of the same list.
    Elements(&'a [Node]),
    /// In an attribute.
    Attribute(&'a str),
}

impl<'a> Place<'a> {
    fn node(self) -> Option<&'a Node> {
        match self {
            Self::Elements(nodes) => nodes.first(),
            Self::Attribute(_) => None,
        }
    }

    fn text(self) -> &'a str {
        match self {
            Self::Elements(nodes) => nodes.first().map_or("", |node| &node.text),
            Self::Attribute(text) => text,
        }
    }
}

impl<'a> XmlDecoder<'a> {
    pub(super) fn decode<T: Decode>(text: &str) -> Result<T, DecodeError> {
        let root = [Node::parse(text)];
        T::decode(&mut XmlDecoder { place: Place::Elements(&root), element: None })
    }

    /// Reads what is elsewhere, and comes back.
    fn at<T>(
        &mut self,
        name: &str,
        place: Place<'a>,
        element: Option<&'static Element>,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let read = read(&mut Self { place, element });
        read.map_err(|error| error.within(name))
    }

    fn parse<T: std::str::FromStr>(&self, expected: &'static str) -> Result<T, DecodeError> {
        self.place.text().parse().map_err(|_| DecodeError::mistyped(expected))
    }

    /// Reads elements of a list that all stand here.
    fn items(&mut self, nodes: &'a [Node], item: &'static Element, mut read: impl FnMut(&mut Self) -> Decoded) -> Decoded {
        nodes.iter().try_for_each(|node| self.at(&node.name, Place::Elements(std::slice::from_ref(node)), Some(item), &mut read))
    }

    /// Reads an entry of a map.
    fn pair(
        &mut self,
        entry: &'a Node,
        (key, value): (&'static Element, &'static Element),
        read: impl FnOnce(&str, &mut Self) -> Decoded,
    ) -> Decoded {
        let key = entry.named(key.name).next().ok_or_else(|| DecodeError::mistyped("a key"))?;
        let node = entry.named(value.name).next().ok_or_else(|| DecodeError::mistyped("a value"))?;
        self.at(value.name, Place::Elements(std::slice::from_ref(node)), Some(value), |from| read(&key.text, from))
    }

    fn named_member<T>(
        &mut self,
        names: &'static Names,
        name: &'a str,
        place: Place<'a>,
        read: impl FnOnce(&str, &mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let is_attribute = matches!(place, Place::Attribute(_));
        match names.of_element(name, is_attribute) {
            Some(member) => self.at(name, place, Some(&member.element), |from| read(member.key, from)),
            // An attribute is always one that the model calls so, and a key that has another name is no name.
            None if is_attribute || names.of_key(name).is_some() => self.at(name, place, None, |from| read("", from)),
            None => self.at(name, place, None, |from| read(name, from)),
        }
    }
}

impl Decoder for XmlDecoder<'_> {
    fn structure<T: Structure>(&mut self, value: &mut T) -> Decoded {
        let node = self.place.node().ok_or_else(|| DecodeError::mistyped("an element"))?;
        for (name, text) in &node.attributes {
            self.named_member(T::NAMES, name, Place::Attribute(text), |key, from| value.decode_member(key, from))?;
        }
        for child in &node.children {
            let place = Place::Elements(std::slice::from_ref(child));
            self.named_member(T::NAMES, &child.name, place, |key, from| value.decode_member(key, from))?;
        }
        Ok(())
    }

    fn union<T: Decode>(&mut self, mut variant: impl FnMut(&str, &mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        self.named_union(&Names::NONE, |key, _, from| variant(key, from))
    }

    fn named_union<T: Decode>(
        &mut self,
        names: &'static Names,
        mut variant: impl FnMut(&str, &str, &mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        // A flattened list is all that a union has in it.
        let nodes = self.place.node().map(|node| &*node.children).unwrap_or_default();
        let first = nodes.first().ok_or_else(|| DecodeError::mistyped("a union"))?;
        self.named_member(names, &first.name, Place::Elements(nodes), |key, from| variant(key, &first.name, from))
    }

    fn set<T: Decode>(&mut self, place: &mut T) -> Decoded {
        match self.element {
            Some(element) if element.is_flattened() => {
                if matches!(element.content, crate::codec::Content::List { .. }) {
                    self.element = Some(element.item());
                }
                place.append(self)
            }
            _ => {
                *place = T::decode(self)?;
                Ok(())
            }
        }
    }

    fn set_timestamps<T: Timestamps>(&mut self, format: TimestampFormat, place: &mut T) -> Decoded {
        match self.element {
            Some(element) if element.is_flattened() => place.append_as(format, self),
            _ => {
                *place = T::decode_as(format, self)?;
                Ok(())
            }
        }
    }

    fn list(&mut self, element: impl FnMut(&mut Self) -> Decoded) -> Decoded {
        let item = self.element.map_or(&Element::MEMBER, Element::item);
        match self.place {
            Place::Elements(nodes) if self.element.is_some_and(Element::is_flattened) => self.items(nodes, item, element),
            Place::Elements([node, ..]) => self.items(&node.children, item, element),
            _ => Err(DecodeError::mistyped("a list")),
        }
    }

    fn map(&mut self, mut entry: impl FnMut(&str, &mut Self) -> Decoded) -> Decoded {
        let names = self.element.map_or((&Element::KEY, &Element::VALUE), Element::key_and_value);
        match self.place {
            Place::Elements(nodes) if self.element.is_some_and(Element::is_flattened) => {
                nodes.iter().try_for_each(|node| self.pair(node, names, &mut entry))
            }
            Place::Elements([node, ..]) => node.named(Element::ENTRY).try_for_each(|node| self.pair(node, names, &mut entry)),
            _ => Err(DecodeError::mistyped("a map")),
        }
    }

    fn entry(&mut self, entry: impl FnMut(&str, &mut Self) -> Decoded) -> Decoded {
        let names = self.element.map_or((&Element::KEY, &Element::VALUE), Element::key_and_value);
        let node = self.place.node().ok_or_else(|| DecodeError::mistyped("a map"))?;
        self.pair(node, names, entry)
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
        Ok(Cow::Borrowed(self.place.text()))
    }

    fn blob(&mut self) -> Result<Vec<u8>, DecodeError> {
        base64::decode(self.place.text()).map_err(|_| DecodeError::mistyped("base64"))
    }

    fn timestamp(&mut self, format: Option<TimestampFormat>) -> Result<DateTime, DecodeError> {
        let format = format.unwrap_or(TimestampFormat::DateTime);
        format.read(self.place.text()).ok_or_else(|| DecodeError::mistyped("a timestamp"))
    }

    fn document(&mut self) -> Result<Document, DecodeError> {
        Ok(Document::String(self.place.text().to_owned()))
    }

    fn skip(&mut self) -> Decoded {
        Ok(())
    }
}
