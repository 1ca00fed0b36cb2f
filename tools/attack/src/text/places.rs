//! Where a model, and its configuration, have text.

use crate::generator::Subject;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt;

/// A place with text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// One string of a file: the number it has among the strings of all files, what it says, and what kind of place that is: the
    /// keys that lead there, without names.
    One { number: usize, text: String, kind: String },
    /// A name, wherever it stands: as a key, as a string, as a part of a shape id, as a label.
    Name(String),
    /// A string of models.toml.
    Configuration(Entry),
}

/// The strings of a service in models.toml.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Entry {
    Key,
    ApiVersion,
    Package,
    Version,
    Service,
    Protocol,
    Sum,
    RenamedShape,
    Rename,
    PatchedShape,
    Pattern,
    Reason,
}

impl Entry {
    const ALL: [Self; 12] = [
        Self::Key,
        Self::ApiVersion,
        Self::Package,
        Self::Version,
        Self::Service,
        Self::Protocol,
        Self::Sum,
        Self::RenamedShape,
        Self::Rename,
        Self::PatchedShape,
        Self::Pattern,
        Self::Reason,
    ];
}

/// How text is put in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum How {
    Instead,
    Before,
    Behind,
    Within,
}

impl How {
    pub(crate) const ALL: [Self; 4] = [Self::Instead, Self::Before, Self::Behind, Self::Within];

    fn put(self, old: &str, text: &str) -> String {
        match self {
            Self::Instead => text.to_owned(),
            Self::Before => format!("{text}{old}"),
            Self::Behind => format!("{old}{text}"),
            Self::Within => {
                let middle = old.char_indices().map(|(index, _)| index).nth(old.chars().count() / 2).unwrap_or(0);
                format!("{}{text}{}", &old[..middle], &old[middle..])
            }
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One { text, kind, .. } => write!(formatter, "{text:?} at {kind}"),
            Self::Name(name) => write!(formatter, "the name {name:?} everywhere"),
            Self::Configuration(entry) => write!(formatter, "models.toml, {entry:?}"),
        }
    }
}

/// Keys that say what something is, in either format: another word there is another model.
const WORDS: [&str; 12] = [
    "type",
    "smithy",
    "protocol",
    "protocols",
    "signatureVersion",
    "fn",
    "builtIn",
    "auth",
    "jsonVersion",
    "location",
    "version",
    "method",
];

/// Renames a shape and corrects another, so that there is such text to attack.
pub(crate) fn add_configuration(subject: &mut Subject) {
    let Some(shape) = subject.files.values().find_map(first_string) else { return };
    subject.config.rename.insert(shape.clone(), "Zqrenamed".to_owned());
    subject.config.sha256.insert("desk".to_owned(), "00".to_owned());
    if !matches!(subject.generate(), crate::generator::Outcome::Accepted(..)) {
        subject.config.rename.clear();
    }
    let mut patched = subject.clone();
    patched.patch(&shape, "^zq$", "a test");
    if matches!(patched.generate(), crate::generator::Outcome::Accepted(..)) {
        *subject = patched;
    }
}

/// The name of a shape that is a string.
fn first_string(model: &Value) -> Option<String> {
    let shapes = model.get("shapes")?.as_object()?;
    let (id, _) = shapes.iter().find(|(_, shape)| shape["type"] == "string")?;
    Some(id.rsplit('#').next().unwrap_or(id).to_owned())
}

/// Every place of a subject.
pub(crate) fn all(subject: &Subject) -> Vec<Place> {
    let mut places: Vec<Place> = Entry::ALL.into_iter().map(Place::Configuration).collect();
    let mut number = 0;
    let mut names = BTreeSet::new();
    for file in subject.files.values() {
        collect(file, "", "", &mut number, &mut places, &mut names);
    }
    places.extend(names.into_iter().map(Place::Name));
    places
}

/// Keys below which stand names of the model's own.
const NAMING: [&str; 7] = ["shapes", "members", "operations", "pagination", "parameters", "waiters", "examples"];

fn collect(value: &Value, key: &str, kind: &str, number: &mut usize, places: &mut Vec<Place>, names: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            if !WORDS.contains(&key) {
                places.push(Place::One { number: *number, text: text.clone(), kind: kind.to_owned() });
                names.extend(parts(text).filter(|part| !part.is_empty()).map(str::to_owned));
            }
            *number += 1;
        }
        Value::Array(elements) => {
            elements.iter().for_each(|element| collect(element, key, kind, number, places, names));
        }
        Value::Object(members) => {
            let is_naming = NAMING.contains(&key);
            // What stands here is named by whoever wrote the model.
            if is_naming {
                names.extend(members.keys().flat_map(|name| parts(name)).map(str::to_owned));
            }
            for (key, member) in members {
                let step = if is_naming { "*" } else { key };
                collect(member, key, &format!("{kind}/{step}"), number, places, names);
            }
        }
        _ => {}
    }
}

/// What delimits names in ids and URIs.
const DELIMITERS: [char; 5] = ['#', '$', '{', '}', '+'];

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(DELIMITERS)
}

/// The subject with text in a place.
pub(crate) fn put(subject: &Subject, place: &Place, how: How, text: &str) -> Subject {
    let mut subject = subject.clone();
    match place {
        Place::One { number, .. } => {
            let mut left = *number;
            for file in subject.files.values_mut() {
                if replace_one(file, &mut left, how, text) {
                    break;
                }
            }
        }
        Place::Name(name) => {
            let new = how.put(name, text);
            for file in subject.files.values_mut() {
                let old = file.take();
                *file = renamed(old, name, &new);
            }
        }
        Place::Configuration(entry) => configure(&mut subject, *entry, how, text),
    }
    subject
}

/// Replaces the string of this number; whether it was here.
fn replace_one(value: &mut Value, left: &mut usize, how: How, text: &str) -> bool {
    match value {
        Value::String(old) => {
            let is_it = *left == 0;
            if is_it {
                *old = how.put(old, text);
            }
            *left = left.wrapping_sub(1);
            is_it
        }
        Value::Array(elements) => elements.iter_mut().any(|element| replace_one(element, left, how, text)),
        Value::Object(members) => members.values_mut().any(|member| replace_one(member, left, how, text)),
        _ => false,
    }
}

/// The value with another name wherever one stands.
pub(crate) fn renamed(value: Value, name: &str, new: &str) -> Value {
    match value {
        Value::String(text) => Value::String(renamed_text(&text, name, new)),
        Value::Array(elements) => elements.into_iter().map(|element| renamed(element, name, new)).collect(),
        Value::Object(members) => {
            let renamed = |(key, member): (String, Value)| (renamed_text(&key, name, new), renamed(member, name, new));
            Value::Object(members.into_iter().map(renamed).collect::<Map<String, Value>>())
        }
        other => other,
    }
}

fn renamed_text(text: &str, name: &str, new: &str) -> String {
    let replace = |part: &str| if part == name { new.to_owned() } else { part.to_owned() };
    let mut result = String::with_capacity(text.len());
    for piece in text.split_inclusive(DELIMITERS) {
        let word = piece.trim_end_matches(DELIMITERS);
        result.push_str(&replace(word));
        result.push_str(&piece[word.len()..]);
    }
    result
}

fn configure(subject: &mut Subject, entry: Entry, how: How, text: &str) {
    let config = &mut subject.config;
    let optional = |old: &mut Option<String>, usual: &str| *old = Some(how.put(old.as_deref().unwrap_or(usual), text));
    match entry {
        Entry::Key => subject.key = how.put(&subject.key, text),
        Entry::ApiVersion => config.api_version = how.put(&config.api_version, text),
        Entry::Package => config.package = how.put("botocore", text),
        Entry::Version => config.version = Some(how.put("1.0", text)),
        Entry::Service => optional(&mut config.service, "Desk"),
        Entry::Protocol => optional(&mut config.protocol, "restJson1"),
        Entry::Sum => drop(config.sha256.insert(how.put("desk", text), how.put("00", text))),
        Entry::RenamedShape => {
            config.rename = config.rename.iter().map(|(shape, name)| (how.put(shape, text), name.clone())).collect();
        }
        Entry::Rename => config.rename.values_mut().for_each(|name| *name = how.put(name, text)),
        Entry::PatchedShape => {
            config.patch = config.patch.iter().map(|(shape, patch)| (how.put(shape, text), patch.clone())).collect();
        }
        Entry::Pattern => {
            config.patch.values_mut().filter_map(|it| it.pattern.as_mut()).for_each(|it| *it = how.put(it, text));
        }
        Entry::Reason => config.patch.values_mut().for_each(|patch| patch.reason = how.put(&patch.reason, text)),
    }
}
