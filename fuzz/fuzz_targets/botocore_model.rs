//! botocore's files, all the way to code: whatever is wrong with them becomes a diagnostic.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use smithwright::diagnostic::Diagnostics;
use smithwright::frontend::SourceFile;
use smithwright::frontend::botocore::{self, BotocoreSources};
use smithwright_fuzz::{model, mutate};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate::files(data, size, max_size, seed) });

fuzz_target!(|text: &str| {
    let mut files = text.split(char::from(mutate::BETWEEN_FILES)).map(model::file);
    let Some(service) = files.next() else { return };
    let mut file = || files.next().filter(|file: &SourceFile<'_>| !file.text.is_empty());
    let sources = BotocoreSources {
        service,
        paginators: file(),
        waiters: file(),
        endpoint_rules: file(),
        sdk_extras: file(),
        protocol: None,
    };
    let mut diagnostics = Diagnostics::default();
    let read = botocore::read(&sources, &mut diagnostics);
    model::generate(read, diagnostics, text.len());
});
