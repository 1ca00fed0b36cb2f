//! Enums: a line a value; the runtime's macro writes the rest.

use crate::render::{Body, Invocation, Source, Use};
use crate::rust::names::Name;
use crate::rust::plan::{Enumeration, IntegerEnumeration};

pub(super) fn emit_enumeration(enumeration: &Enumeration) -> Source {
    let line = |(variant, value): &(Name, String)| format!("{variant} = {value:?},");
    let internal = enumeration.internal.iter().map(|value| format!("#[internal] {}", line(value)));
    let lines = enumeration.values.iter().map(line).chain(internal).collect();
    emit("enumeration", &enumeration.docs, &enumeration.name, lines)
}

pub(super) fn emit_integer_enumeration(enumeration: &IntegerEnumeration) -> Source {
    let lines = enumeration.values.iter().map(|(variant, value)| format!("{variant} = {value},")).collect();
    emit("integer_enumeration", &enumeration.docs, &enumeration.name, lines)
}

fn emit(name: &'static str, docs: &[String], enumeration: &Name, lines: Vec<String>) -> Source {
    let docs = docs.iter().map(|line| format!("/// {line}\n")).collect::<String>();
    let uses = Use { module: "smithwright_runtime::codegen", names: vec!["*"] };
    let head = format!("{docs}pub enum {enumeration}");
    Source::new().uses(&[uses]).invocation(Invocation { name, head, body: Body::Braces(lines) })
}
