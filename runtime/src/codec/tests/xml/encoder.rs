//! Writing XML, from front to back.

use crate::codec::{Element, Encode, Encoder, Names, Structure};
use crate::timestamp::{DateTime, TimestampFormat};
use aws_smithy_types::base64;
use std::mem;

/// Writes what is in an element; whoever has the element's name has written its tag.
pub(super) struct XmlEncoder {
    text: String,
    /// Whether the last tag is open: attributes may follow.
    is_open: bool,
    /// Which members are written: attributes come first.
    attributes: bool,
    /// The names of the structure whose members are written.
    names: &'static Names,
    /// What is said of the value at hand, if anything is.
    element: Option<&'static Element>,
    /// Whether the value at hand is the body.
    is_root: bool,
}

impl XmlEncoder {
    pub(super) fn encode<T: Encode>(value: &T) -> String {
        let mut encoder =
            Self { text: String::new(), is_open: false, attributes: false, names: &Names::NONE, element: None, is_root: true };
        value.encode(&mut encoder);
        encoder.text
    }

    fn push(&mut self, parts: &[&str]) {
        parts.iter().for_each(|part| self.text.push_str(part));
    }

    fn close_tag(&mut self) {
        if mem::take(&mut self.is_open) {
            self.push(&[">"]);
        }
    }

    /// An element, with what the closure writes in it.
    fn element(&mut self, name: &str, element: Option<&'static Element>, write: impl FnOnce(&mut Self)) {
        self.close_tag();
        self.push(&["<", name]);
        match element.and_then(|element| element.namespace) {
            Some(("", uri)) => self.push(&[" xmlns=\"", uri, "\""]),
            Some((prefix, uri)) => self.push(&[" xmlns:", prefix, "=\"", uri, "\""]),
            None => {}
        }
        self.is_open = true;
        self.element = element;
        write(self);
        self.close_tag();
        self.push(&["</", name, ">"]);
    }

    /// The members of a structure or a union.
    fn members(&mut self, names: &'static Names, has_attributes: bool, write: impl Fn(&mut Self)) {
        if mem::take(&mut self.is_root) {
            let root = names.root.as_ref().unwrap();
            return self.element(root.name, Some(root), |to| to.members(names, has_attributes, write));
        }
        let outer = mem::replace(&mut self.names, names);
        if has_attributes {
            self.attributes = true;
            write(self);
            self.attributes = false;
        }
        write(self);
        self.names = outer;
    }

    fn write(&mut self, text: &str) {
        if !self.attributes {
            self.close_tag();
        }
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        self.push(&[&if self.attributes { text.replace('"', "&quot;") } else { text }]);
    }
}

impl Encoder for XmlEncoder {
    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        members(self);
    }

    fn structure<T: Structure>(&mut self, value: &T) {
        let has_attributes = T::NAMES.members.iter().any(|member| member.element.is_attribute);
        self.members(T::NAMES, has_attributes, |to| value.encode_members(to));
    }

    fn named_variant<T: Encode + ?Sized>(&mut self, names: &'static Names, tag: &str, value: &T) {
        self.members(names, false, |to| to.member(tag, value));
    }

    fn member<T: Encode + ?Sized>(&mut self, key: &str, value: &T) {
        let element = self.names.of_key(key).map(|name| &name.element);
        if !value.is_set() || element.is_some_and(|element| element.is_attribute) != self.attributes {
            return;
        }
        match element {
            Some(element) if element.is_attribute => {
                self.push(&[" ", element.name, "=\""]);
                value.encode(self);
                self.push(&["\""]);
            }
            Some(element) if element.is_flattened() => {
                self.element = Some(element);
                value.encode(self);
            }
            element => self.element(element.map_or(key, |element| element.name), element, |to| value.encode(to)),
        }
    }

    fn list<T: Encode>(&mut self, elements: impl Iterator<Item = T>) {
        let list = self.element.take();
        let item = list.map_or(&Element::MEMBER, Element::item);
        let flattened = list.filter(|list| list.is_flattened());
        for element in elements {
            match flattened {
                // The list's name, around what is in an item.
                Some(list) => self.element(list.name, Some(list), |to| {
                    to.element = Some(item);
                    element.encode(to);
                }),
                None => self.element(item.name, Some(item), |to| element.encode(to)),
            }
        }
    }

    fn map<'t, T: Encode>(&mut self, entries: impl Iterator<Item = (&'t str, T)>) {
        let map = self.element.take();
        let (key, value) = map.map_or((&Element::KEY, &Element::VALUE), Element::key_and_value);
        let flattened = map.filter(|map| map.is_flattened());
        for (name, it) in entries {
            self.element(flattened.map_or(Element::ENTRY, |map| map.name), flattened, |to| {
                to.element(key.name, Some(key), |to| to.write(name));
                to.element(value.name, Some(value), |to| it.encode(to));
            });
        }
    }

    fn null(&mut self) {}

    fn boolean(&mut self, value: bool) {
        self.write(&value.to_string());
    }

    fn integer(&mut self, value: i64) {
        self.write(&value.to_string());
    }

    fn float(&mut self, value: f32) {
        self.write(&value.to_string());
    }

    fn double(&mut self, value: f64) {
        self.write(&value.to_string());
    }

    fn number(&mut self, digits: &str) {
        self.write(digits);
    }

    fn string(&mut self, value: &str) {
        self.write(value);
    }

    fn blob(&mut self, value: &[u8]) {
        self.write(&base64::encode(value));
    }

    fn timestamp(&mut self, value: &DateTime, format: Option<TimestampFormat>) {
        self.write(&format.unwrap_or(TimestampFormat::DateTime).write(value).unwrap());
    }
}
