//! Smithy's JSON AST, all the way to code: whatever is wrong with a model becomes a diagnostic.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use smithwright::diagnostic::Diagnostics;
use smithwright::frontend::smithy::{self, SmithySources};
use smithwright_fuzz::{model, mutate};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate::files(data, size, max_size, seed) });

fuzz_target!(|text: &str| {
    let mut files = text.split(char::from(mutate::BETWEEN_FILES)).map(model::file);
    let Some(file) = files.next() else { return };
    let sources = SmithySources { model: file, service: None, protocol: Some("restJson1") };
    let mut diagnostics = Diagnostics::default();
    let read = smithy::read(&sources, &mut diagnostics);
    model::generate(read, diagnostics, text.len());
});
