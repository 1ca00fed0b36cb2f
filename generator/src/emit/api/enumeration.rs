//! Enums: a line a value; the runtime's macro writes the rest.

use crate::render::{Body, Invocation, Source, Use};
use crate::rust::plan::Enumeration;

pub(super) fn emit_enumeration(enumeration: &Enumeration) -> Source {
    let docs = enumeration.docs.iter().map(|line| format!("/// {line}\n")).collect::<String>();
    let uses = Use { module: "smithwright_runtime::codegen", names: vec!["*"] };
    Source::new().uses(&[uses]).invocation(Invocation {
        name: "enumeration",
        head: format!("{docs}pub enum {}", enumeration.name),
        body: Body::Braces(enumeration.values.iter().map(|(variant, value)| format!("{variant} = {value:?},")).collect()),
    })
}
