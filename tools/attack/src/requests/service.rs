//! What the model of Connect says of requests: whoever attacks reads it, too.

use crate::rng::{Rng, pick};
use anyhow::Context;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// An operation's request.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    pub(super) name: String,
    pub(super) method: String,
    /// The path, with its labels: `/contacts/{InstanceId}`.
    pub(super) path: String,
    /// The query parameters of strings.
    pub(super) queries: Vec<String>,
    /// The headers of strings.
    pub(super) headers: Vec<String>,
    /// Whether it has a body.
    pub(super) has_body: bool,
}

/// A list somewhere in the body of a request.
#[derive(Clone, Debug)]
pub(super) struct List {
    /// The operation, by its index.
    pub(super) operation: usize,
    /// What stands before the elements, and behind them.
    pub(super) before: String,
    pub(super) behind: String,
    /// The members that lead there, for people.
    pub(super) path: String,
    /// How many members an element must have.
    pub(super) required: usize,
}

/// All operations.
pub(super) struct Service {
    pub(super) operations: Vec<Operation>,
    pub(super) lists: Vec<List>,
}

/// How deep lists are looked for.
const DEPTH: usize = 5;

impl Service {
    /// Reads the vendored model.
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let path = root.join("models/connect/2017-08-08/service-2.json");
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let model: Value = serde_json::from_str(&text)?;
        let mut service = Self { operations: Vec::new(), lists: Vec::new() };
        for (name, operation) in model["operations"].as_object().context("a model without operations")? {
            let index = service.operations.len();
            let input = operation["input"]["shape"].as_str().map(|shape| &model["shapes"][shape]);
            let input = input.unwrap_or(&Value::Null);
            let located = |location: &str| {
                let members = input["members"].as_object().into_iter().flatten();
                let members = members.filter(|(_, member)| member["location"] == location);
                let strings = members.filter(|(_, member)| {
                    let shape = member["shape"].as_str().unwrap_or_default();
                    model["shapes"][shape]["type"] == "string"
                });
                strings.map(|(name, member)| member["locationName"].as_str().unwrap_or(name).to_owned()).collect::<Vec<_>>()
            };
            let http = &operation["http"];
            let path = http["requestUri"].as_str().unwrap_or("/");
            service.operations.push(Operation {
                name: name.clone(),
                method: http["method"].as_str().unwrap_or("POST").to_owned(),
                path: path.split('?').next().unwrap_or(path).to_owned(),
                queries: located("querystring"),
                headers: located("header"),
                has_body: input["members"].as_object().is_some_and(|it| it.values().any(|it| it["location"].is_null())),
            });
            let mut finder = Finder { model: &model, lists: &mut service.lists, operation: index, seen: BTreeSet::new() };
            finder.structure(input, "", "", "", DEPTH);
        }
        anyhow::ensure!(service.lists.len() > 100, "only {} lists are in the model", service.lists.len());
        Ok(service)
    }

    /// The operation that a server should take a request for; a path is taken segment by segment, decoded.
    pub(super) fn route(&self, method: &str, target: &str) -> Option<&Operation> {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let path = match path.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
            None => path,
        };
        let segments: Vec<String> = path.split('/').map(decoded).collect();
        let mut found: Vec<(&Operation, Vec<bool>)> = Vec::new();
        for operation in self.operations.iter().filter(|operation| operation.method == method) {
            let template: Vec<&str> = operation.path.split('/').collect();
            let is_label = |part: &str| part.starts_with('{');
            let fits = template.len() == segments.len()
                && template
                    .iter()
                    .zip(&segments)
                    .all(|(part, segment)| (is_label(part) && !segment.is_empty()) || part == segment);
            if fits {
                found.push((operation, template.iter().map(|part| is_label(part)).collect()));
            }
        }
        // A literal goes before a label, from the left.
        found.into_iter().min_by_key(|(_, labels)| labels.clone()).map(|(operation, _)| operation)
    }

    /// A request target of an operation, with harmless labels.
    pub(super) fn target(&self, operation: &Operation) -> String {
        let part = |part: &str| if part.starts_with('{') { "zq-1".to_owned() } else { part.to_owned() };
        operation.path.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    pub(super) fn any(&self, rng: &mut Rng) -> &Operation {
        pick(rng, &self.operations)
    }
}

/// Percent-decoded, as well as it goes.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let digits = others.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &others[2..];
            }
            None => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Finds lists, once for each shape of an operation.
struct Finder<'m> {
    model: &'m Value,
    lists: &'m mut Vec<List>,
    operation: usize,
    seen: BTreeSet<&'m str>,
}

impl<'m> Finder<'m> {
    fn structure(&mut self, shape: &'m Value, path: &str, before: &str, behind: &str, depth: usize) {
        for (name, member) in shape["members"].as_object().into_iter().flatten() {
            if !member["location"].is_null() {
                continue;
            }
            let name = member["locationName"].as_str().unwrap_or(name);
            let (before, behind) = (format!("{before}{{\"{name}\":"), format!("}}{behind}"));
            self.value(member["shape"].as_str().unwrap_or_default(), &format!("{path}.{name}"), &before, &behind, depth);
        }
    }

    fn value(&mut self, name: &'m str, path: &str, before: &str, behind: &str, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        if !self.seen.insert(name) {
            return;
        }
        let shape = &self.model["shapes"][name];
        match shape["type"].as_str() {
            Some("structure") => self.structure(shape, path, before, behind, depth),
            Some("list") => {
                let element = shape["member"]["shape"].as_str().unwrap_or_default();
                let required = self.model["shapes"][element]["required"].as_array().map_or(0, Vec::len);
                let (before, behind) = (format!("{before}["), format!("]{behind}"));
                let list = List {
                    operation: self.operation,
                    before: before.clone(),
                    behind: behind.clone(),
                    path: path.to_owned(),
                    required,
                };
                self.lists.push(list);
                self.value(element, &format!("{path}[]"), &before, &behind, depth);
            }
            Some("map") => {
                let value = shape["value"]["shape"].as_str().unwrap_or_default();
                self.value(value, &format!("{path}{{}}"), &format!("{before}{{\"zq\":"), &format!("}}{behind}"), depth);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(name: &str, path: &str) -> Operation {
        let (name, method, path) = (name.to_owned(), "GET".to_owned(), path.to_owned());
        Operation { name, method, path, queries: Vec::new(), headers: Vec::new(), has_body: false }
    }

    #[test]
    fn a_literal_goes_before_a_label() {
        let operations = vec![operation("Any", "/a/{b}"), operation("One", "/a/c")];
        let service = Service { operations, lists: Vec::new() };
        let name = |target: &str| service.route("GET", target).map(|operation| operation.name.as_str());
        assert_eq!(name("/a/%63?x"), Some("One"));
        assert_eq!(name("http://zq/a/d"), Some("Any"));
        assert_eq!(name("/a/"), None);
    }
}
