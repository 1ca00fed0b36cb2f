//! Reads JSON objects key by key, so that what nobody asked for is reported instead of skipped.

use super::fate::{Fate, Fates};
use super::json::{Entry, Json};
use crate::diagnostic::{Diagnostics, Place};

/// What to do about a key that means nothing here.
const UNKNOWN_KEY: &str = "this version of smithwright does not know this trait; drop it from the model or report it";

/// What to do about a key of a trait that its specification does not have.
const PASSED_OVER: &str = "nothing to do, unless it changes how the service is called: it is passed over";

/// What to do about something whose meaning cannot be generated.
pub(crate) const UNSUPPORTED: &str = "drop it from the model if you can do without it, or report that you need it";

/// What becomes of keys that nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UnknownKeys {
    /// They are refused.
    Refused,
    /// They are warned of, as by Smithy itself in the values of traits: AWS's own models have some.
    PassedOver,
}

/// An object that is being read. End with [`finish`](Self::finish), or with [`finish_read`](Self::finish_read).
pub(crate) struct Object<'j, 'a> {
    /// Where it is.
    pub(crate) place: Place,
    entries: &'j [Entry<'a>],
    taken: Vec<bool>,
    unknown_keys: UnknownKeys,
}

impl<'j, 'a> Object<'j, 'a> {
    /// Starts to read an object; reports anything else.
    pub(crate) fn new(json: &'j Json<'a>, place: Place, diagnostics: &mut Diagnostics) -> Option<Self> {
        Self::read(json, place, UnknownKeys::Refused, diagnostics)
    }

    /// Starts to read the value of a Smithy trait, where unknown keys are warned of, also those of objects in it.
    pub(crate) fn of_trait(json: &'j Json<'a>, place: Place, diagnostics: &mut Diagnostics) -> Option<Self> {
        Self::read(json, place, UnknownKeys::PassedOver, diagnostics)
    }

    fn read(json: &'j Json<'a>, place: Place, unknown_keys: UnknownKeys, diagnostics: &mut Diagnostics) -> Option<Self> {
        match json {
            Json::Object(entries) => Some(Self { place, entries, taken: vec![false; entries.len()], unknown_keys }),
            other => wrong_type(&place, "an object", other, diagnostics),
        }
    }

    /// The place of a key's value.
    pub(crate) fn at(&self, key: &str) -> Place {
        self.place.child(key)
    }

    /// The keys and values, for an object whose keys are names.
    pub(crate) fn into_entries(self) -> (Place, &'j [Entry<'a>]) {
        (self.place, self.entries)
    }

    /// The objects of an object whose keys are names, by name.
    pub(crate) fn into_objects(self, diagnostics: &mut Diagnostics) -> Vec<(&'j str, Self)> {
        let Self { place, entries, unknown_keys, .. } = self;
        let read =
            |(name, json): &'j Entry<'a>| Some((name.as_ref(), Self::read(json, place.child(name), unknown_keys, diagnostics)?));
        entries.iter().filter_map(read).collect()
    }

    /// The value of a key.
    pub(crate) fn take(&mut self, key: &str) -> Option<&'j Json<'a>> {
        let index = self.entries.iter().position(|(known, _)| known == key)?;
        if let Some(taken) = self.taken.get_mut(index) {
            *taken = true;
        }
        self.entries.get(index).map(|(_, value)| value)
    }

    /// Counts keys as read, whose values are read elsewhere or say nothing.
    pub(crate) fn pass_over(&mut self, keys: &[&str]) {
        for key in keys {
            self.take(key);
        }
    }

    /// A string.
    pub(crate) fn string(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<&'j str> {
        match self.take(key)? {
            Json::String(text) => Some(text),
            other => wrong_type(&self.at(key), "a string", other, diagnostics),
        }
    }

    /// A string that must be there.
    pub(crate) fn required_string(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<&'j str> {
        self.require(key, "a string", diagnostics)?;
        self.string(key, diagnostics)
    }

    /// A boolean.
    pub(crate) fn boolean(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<bool> {
        match self.take(key)? {
            Json::Bool(value) => Some(*value),
            other => wrong_type(&self.at(key), "a boolean", other, diagnostics),
        }
    }

    /// A boolean that is false where it is absent.
    pub(crate) fn flag(&mut self, key: &str, diagnostics: &mut Diagnostics) -> bool {
        self.boolean(key, diagnostics).unwrap_or(false)
    }

    /// Whether a key is there; this does not count as reading it.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(known, _)| known == key)
    }

    /// Whether a key is true; this does not count as reading it.
    pub(crate) fn is_true(&self, key: &str) -> bool {
        self.entries.iter().any(|(known, value)| known == key && *value == Json::Bool(true))
    }

    /// A whole number that is not negative.
    pub(crate) fn unsigned(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<u64> {
        let value = self.take(key)?;
        match value {
            Json::Number(number) if number.is_u64() => number.as_u64(),
            other => wrong_type(&self.at(key), "a whole number that is not negative", other, diagnostics),
        }
    }

    /// A number.
    pub(crate) fn number(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<&'j serde_json::Number> {
        match self.take(key)? {
            Json::Number(number) => Some(number),
            other => wrong_type(&self.at(key), "a number", other, diagnostics),
        }
    }

    /// An object.
    pub(crate) fn object(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<Object<'j, 'a>> {
        let value = self.take(key)?;
        Self::read(value, self.at(key), self.unknown_keys, diagnostics)
    }

    /// An object that must be there.
    pub(crate) fn required_object(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<Object<'j, 'a>> {
        self.require(key, "an object", diagnostics)?;
        self.object(key, diagnostics)
    }

    /// An array.
    pub(crate) fn array(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Option<&'j [Json<'a>]> {
        match self.take(key)? {
            Json::Array(values) => Some(values),
            other => wrong_type(&self.at(key), "an array", other, diagnostics),
        }
    }

    /// The objects of an array; none where it is absent.
    pub(crate) fn objects(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Vec<Object<'j, 'a>> {
        let values = self.array(key, diagnostics).unwrap_or_default();
        let place = self.at(key);
        let read = |(index, value)| Self::read(value, place.child(index), self.unknown_keys, diagnostics);
        values.iter().enumerate().filter_map(read).collect()
    }

    /// The strings of an array; none where it is absent.
    pub(crate) fn strings(&mut self, key: &str, diagnostics: &mut Diagnostics) -> Vec<&'j str> {
        let values = self.array(key, diagnostics).unwrap_or_default();
        let read = |(index, value): (usize, &'j Json<'a>)| match value {
            Json::String(text) => Some(text.as_ref()),
            other => wrong_type(&self.at(key).child(index), "a string", other, diagnostics),
        };
        values.iter().enumerate().filter_map(read).collect()
    }

    /// Reports every key that the table does not list, read or not, and does to those that were not read what it says. `false` asks
    /// for nothing.
    pub(crate) fn finish(self, table: Fates, diagnostics: &mut Diagnostics) {
        for ((key, value), taken) in self.entries.iter().zip(&self.taken) {
            match table.iter().find(|(known, _)| known == key) {
                None => self.report_unknown(key, diagnostics),
                Some(_) if *taken => {}
                Some((_, Fate::Warned(_) | Fate::Refused)) if *value == Json::Bool(false) => {}
                Some((_, fate)) => fate.report(key, &self.at(key), diagnostics),
            }
        }
    }

    /// Reports every key that was not read.
    pub(crate) fn finish_read(self, diagnostics: &mut Diagnostics) {
        let left = self.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken);
        left.for_each(|((key, _), _)| self.report_unknown(key, diagnostics));
    }

    fn report_unknown(&self, key: &str, diagnostics: &mut Diagnostics) {
        let (place, message) = (self.at(key), format!("unknown key `{key}`"));
        match self.unknown_keys {
            UnknownKeys::Refused => diagnostics.error(&place, message, UNKNOWN_KEY),
            UnknownKeys::PassedOver => diagnostics.warning(&place, message, PASSED_OVER),
        }
    }

    fn require(&self, key: &str, expected: &str, diagnostics: &mut Diagnostics) -> Option<()> {
        if self.has(key) {
            return Some(());
        }
        diagnostics.error(&self.place, format!("the key `{key}` is missing"), format!("add `{key}`, {expected}"));
        None
    }
}

/// Reports a value of the wrong type.
pub(crate) fn wrong_type<T>(place: &Place, expected: &str, found: &Json<'_>, diagnostics: &mut Diagnostics) -> Option<T> {
    diagnostics.error(place, format!("{} where {expected} is expected", found.kind()), format!("write {expected}"));
    None
}
