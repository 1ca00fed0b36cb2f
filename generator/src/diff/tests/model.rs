//! A small model, and changes of it.

use crate::Request;
use crate::config::{Crates, ServiceConfig};
use crate::diagnostic::Diagnostics;
use crate::diff::{Report, Side, compare};
use crate::frontend::SourceFile;
use crate::frontend::smithy::{SmithySources, read};
use serde_json::Value;

/// A service that has one of everything.
const DESK: &str = include_str!("desk.json");

/// A change of a model's text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Edit {
    /// What is at a pointer becomes this JSON; a shape is named without its namespace.
    Set(&'static str, &'static str),
    /// What is at a pointer goes.
    Drop(&'static str),
    /// A shape gets another name, where it is defined.
    Rename(&'static str, &'static str),
    /// A piece of the text becomes another: what an object's order says.
    Text(&'static str, &'static str),
}

/// A model's text.
#[derive(Clone, Debug)]
pub(super) struct Desk(String);

impl Desk {
    pub(super) fn with(edits: &[Edit]) -> Self {
        Self(serde_json::from_str::<Value>(DESK).unwrap().to_string()).edited(edits)
    }

    pub(super) fn edited(self, edits: &[Edit]) -> Self {
        edits.iter().fold(self, |desk, edit| desk.apply(*edit))
    }

    fn apply(self, edit: Edit) -> Self {
        if let Edit::Text(from, to) = edit {
            assert!(self.0.contains(from), "no {from}");
            return Self(self.0.replace(from, to));
        }
        let mut value: Value = serde_json::from_str(&self.0).unwrap();
        let shapes = value["shapes"].as_object_mut().unwrap();
        match edit {
            Edit::Rename(from, to) => {
                let shape = shapes.remove(&id(from)).unwrap();
                shapes.insert(id(to), shape);
            }
            Edit::Set(path, json) => {
                let (parent, key) = walk(shapes, path);
                parent.insert(key, serde_json::from_str(json).unwrap());
            }
            Edit::Drop(path) => {
                let (parent, key) = walk(shapes, path);
                assert!(parent.remove(&key).is_some(), "no {path}");
            }
            Edit::Text(..) => {}
        }
        Self(value.to_string())
    }
}

type Object = serde_json::Map<String, Value>;

fn id(shape: &str) -> String {
    format!("example.desk#{shape}")
}

/// The object that holds the end of a path, whose steps are made where they are missing.
fn walk<'o>(shapes: &'o mut Object, path: &str) -> (&'o mut Object, String) {
    let mut steps: Vec<String> = path.split('/').map(str::to_owned).collect();
    steps[0] = id(&steps[0]);
    let key = steps.pop().unwrap();
    let empty = || Value::Object(Object::new());
    let parent = steps.into_iter().fold(shapes, |parent, step| parent.entry(step).or_insert_with(empty).as_object_mut().unwrap());
    (parent, key)
}

pub(super) fn report(old: &Desk, new: &Desk) -> Report {
    compare(&side("old.json", old), &side("new.json", new))
}

fn side(file: &str, desk: &Desk) -> Side {
    smithy_side(file, &desk.0)
}

pub(super) fn smithy_side(file: &str, text: &str) -> Side {
    let model = SourceFile { name: file, text };
    planned(file, |diagnostics| read(&SmithySources { model, service: None, protocol: None }, diagnostics))
}

pub(super) fn planned(label: &str, read: impl FnOnce(&mut Diagnostics) -> Option<crate::ir::Model>) -> Side {
    let mut diagnostics = Diagnostics::default();
    let (key, config, crates) = ("desk".parse().unwrap(), ServiceConfig::default(), Crates::default());
    let request = Request { key: &key, folder: label, config: &config, home: &crates.into() };
    let side = read(&mut diagnostics).and_then(|model| Side::new(label, request, model, &mut diagnostics));
    side.unwrap_or_else(|| panic!("{diagnostics}"))
}
