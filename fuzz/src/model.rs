//! From a model to its crates: what comes after a front end.

use smithwright::config::{Crates, ServiceConfig, ServiceKey};
use smithwright::diagnostic::Diagnostics;
use smithwright::emit::EmitError;
use smithwright::frontend::SourceFile;
use smithwright::ir::Model;
use smithwright::package::Package;
use smithwright::render::RenderError;
use smithwright::{Request, emit};

/// How large an input may be for its code to be written, in bytes: writing takes longest, and looks at nothing that is invalid.
const SMALL: usize = 6_000;

/// A file of an input.
pub fn file(text: &str) -> SourceFile<'_> {
    SourceFile { name: "model", text }
}

/// What is planned can be written, or a type is called like what its own file needs.
fn check(emitted: Result<Package, EmitError>) {
    if let Err(EmitError { path, error: RenderError::Syntax(error) }) = emitted {
        panic!("{path} is not Rust: {error}");
    }
}

/// Generates from what a front end read. What is wrong with it must be a diagnostic; what is not read must have one.
pub fn generate(model: Option<Model>, mut diagnostics: Diagnostics, size: usize) {
    let Some(model) = model else {
        assert!(diagnostics.has_errors(), "nothing was read, and nothing says why");
        return;
    };
    let config = ServiceConfig::default();
    let Ok(key) = "fuzz".parse::<ServiceKey>() else { unreachable!("a plain word") };
    let request = Request { key: &key, folder: "fuzz", config: &config, home: &Crates::default().into() };
    match smithwright::plan(request, model, &mut diagnostics) {
        Some(plan) if size <= SMALL => check(emit::emit(&plan)),
        Some(_) => {}
        None => assert!(diagnostics.has_errors(), "nothing was planned, and nothing says why"),
    }
}
