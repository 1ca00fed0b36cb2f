//! Writing queries. Nothing is percent-encoded, so that tests can be read.

use crate::codec::{Element, Encode, Encoder, MemberName, Names, Structure};
use crate::timestamp::{DateTime, TimestampFormat};
use aws_smithy_types::base64;
use std::borrow::Cow;
use std::mem;

/// Whose queries they are.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Dialect {
    Aws,
    Ec2,
}

impl Dialect {
    /// What a member is called, of which this is said.
    pub(super) fn name<'n>(self, key: &'n str, name: Option<&'static MemberName>) -> Cow<'n, str> {
        let element = name.map_or(key, |name| name.element.name);
        match (name.and_then(|name| name.query), self) {
            (Some(query), _) => query.into(),
            (None, Self::Aws) => element.into(),
            (None, Self::Ec2) => {
                let (first, rest) = element.split_at(1);
                format!("{}{rest}", first.to_ascii_uppercase()).into()
            }
        }
    }
}

/// Writes the value of a path.
pub(super) struct QueryEncoder {
    dialect: Dialect,
    pairs: Vec<String>,
    path: String,
    /// The names of the structure whose members are written.
    names: &'static Names,
    /// What is said of the value at hand, if anything is.
    element: Option<&'static Element>,
}

impl QueryEncoder {
    pub(super) fn encode<T: Encode>(dialect: Dialect, value: &T) -> String {
        let mut encoder = Self { dialect, pairs: Vec::new(), path: String::new(), names: &Names::NONE, element: None };
        value.encode(&mut encoder);
        encoder.pairs.join("&")
    }

    /// A step down the path.
    fn step(&mut self, step: &str, write: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(step);
        write(self);
        self.path.truncate(length);
    }

    /// As [`step`](Self::step), unless there is none.
    fn step_if(&mut self, step: Option<&str>, write: impl FnOnce(&mut Self)) {
        match step {
            Some(step) => self.step(step, write),
            None => write(self),
        }
    }

    fn members(&mut self, names: &'static Names, write: impl FnOnce(&mut Self)) {
        let outer = mem::replace(&mut self.names, names);
        write(self);
        self.names = outer;
    }

    fn write(&mut self, text: &str) {
        self.pairs.push(format!("{}={text}", self.path));
    }
}

impl Encoder for QueryEncoder {
    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        members(self);
    }

    fn binds_http(&self) -> bool {
        false
    }

    fn structure<T: Structure>(&mut self, value: &T) {
        self.members(T::NAMES, |to| value.encode_members(to));
    }

    fn named_variant<T: Encode + ?Sized>(&mut self, names: &'static Names, tag: &str, value: &T) {
        self.members(names, |to| to.member(tag, value));
    }

    fn member<T: Encode + ?Sized>(&mut self, key: &str, value: &T) {
        if value.is_set() {
            let name = self.names.of_key(key);
            self.step(&self.dialect.name(key, name), |to| {
                to.element = name.map(|name| &name.element);
                value.encode(to);
            });
        }
    }

    fn list<T: Encode>(&mut self, elements: impl Iterator<Item = T>) {
        let list = self.element.take();
        let item = list.map_or(&Element::MEMBER, Element::item);
        let is_flattened = self.dialect == Dialect::Ec2 || list.is_some_and(Element::is_flattened);
        let mut elements = (1..).zip(elements).peekable();
        if elements.peek().is_none() && self.dialect == Dialect::Aws {
            self.write("");
        }
        self.step_if((!is_flattened).then_some(item.name), |to| {
            elements.for_each(|(index, element)| {
                to.step(&format!("{index}"), |to| {
                    to.element = Some(item);
                    element.encode(to);
                });
            });
        });
    }

    fn map<'t, T: Encode>(&mut self, entries: impl Iterator<Item = (&'t str, T)>) {
        let map = self.element.take();
        let (key, value) = map.map_or((&Element::KEY, &Element::VALUE), Element::key_and_value);
        let is_flattened = map.is_some_and(Element::is_flattened);
        self.step_if((!is_flattened).then_some(Element::ENTRY), |to| {
            (1..).zip(entries).for_each(|(index, (name, it))| {
                to.step(&format!("{index}"), |to| {
                    to.step(key.name, |to| to.write(name));
                    to.step(value.name, |to| {
                        to.element = Some(value);
                        it.encode(to);
                    });
                });
            });
        });
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
