//! Members by the names that the model has for them.

use super::{Encode, Encoder, Names, Structure};
use crate::timestamp::{DateTime, TimestampFormat};

/// Writes the members of one structure, by the model's names; what is in them is the encoder's own business.
pub(super) struct Named<'e, E> {
    to: &'e mut E,
    names: &'static Names,
}

impl<'e, E: Encoder> Named<'e, E> {
    /// Writes members to an encoder.
    pub(super) fn new(to: &'e mut E, names: &'static Names) -> Self {
        Self { to, names }
    }
}

impl<E: Encoder> Encoder for Named<'_, E> {
    fn object(&mut self, members: impl FnOnce(&mut Self)) {
        // The members of a structure stand in an object that is open already.
        members(self);
    }

    fn binds_http(&self) -> bool {
        self.to.binds_http()
    }

    fn has_model_names(&self) -> bool {
        self.to.has_model_names()
    }

    fn structure<T: Structure>(&mut self, value: &T) {
        self.to.structure(value);
    }

    fn variant<T: Encode + ?Sized>(&mut self, tag: &str, value: &T) {
        self.to.variant(tag, value);
    }

    fn member<T: Encode + ?Sized>(&mut self, key: &str, value: &T) {
        self.to.member(self.names.member(key), value);
    }

    fn list<T: Encode>(&mut self, elements: impl Iterator<Item = T>) {
        self.to.list(elements);
    }

    fn map<'t, T: Encode>(&mut self, entries: impl Iterator<Item = (&'t str, T)>) {
        self.to.map(entries);
    }

    fn null(&mut self) {
        self.to.null();
    }

    fn boolean(&mut self, value: bool) {
        self.to.boolean(value);
    }

    fn integer(&mut self, value: i64) {
        self.to.integer(value);
    }

    fn float(&mut self, value: f32) {
        self.to.float(value);
    }

    fn double(&mut self, value: f64) {
        self.to.double(value);
    }

    fn number(&mut self, digits: &str) {
        self.to.number(digits);
    }

    fn decimal(&mut self, digits: &str) {
        self.to.decimal(digits);
    }

    fn any_number(&mut self, digits: &str) {
        self.to.any_number(digits);
    }

    fn string(&mut self, value: &str) {
        self.to.string(value);
    }

    fn blob(&mut self, value: &[u8]) {
        self.to.blob(value);
    }

    fn timestamp(&mut self, value: &DateTime, format: Option<TimestampFormat>) {
        self.to.timestamp(value, format);
    }
}
