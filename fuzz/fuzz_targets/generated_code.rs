//! A Smithy model to the text of its crates: it is Rust, its items are those that are planned, and it calls no macro but the
//! runtime's.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use proc_macro2::{TokenStream, TokenTree};
use smithwright::config::{Crates, ServiceConfig};
use smithwright::diagnostic::Diagnostics;
use smithwright::frontend::smithy::{self, SmithySources};
use smithwright::package::{File, Package};
use smithwright::{Request, emit};
use smithwright_fuzz::{model, mutate};
use syn::Item;

/// Writing takes longest: a larger model is left to the other targets.
const SMALL: usize = 6_000;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate::files(data, size, max_size, seed) });

fuzz_target!(|text: &str| {
    if text.len() > SMALL {
        return;
    }
    let mut files = text.split(char::from(mutate::BETWEEN_FILES)).map(model::file);
    let Some(file) = files.next() else { return };
    let sources = SmithySources { model: file, service: None, protocol: Some("restJson1") };
    let mut diagnostics = Diagnostics::default();
    let Some(read) = smithy::read(&sources, &mut diagnostics) else { return };
    let config = ServiceConfig::default();
    let key = "fuzz".parse().expect("it is a key");
    let request = Request { key: &key, folder: "fuzz", config: &config, home: &Crates::default().into() };
    let Some(plan) = smithwright::plan(request, read, &mut diagnostics) else { return };
    // What cannot be written is the other targets' concern.
    let Ok(package) = emit::emit(&plan) else { return };
    package.files.iter().filter(|file| file.path.ends_with(".rs")).for_each(check_file);
    let operations = implementations(&package, "Operation");
    assert_eq!(operations, plan.operations.len(), "so many operations are written, others are planned");
});

/// A file is Rust, and its tokens call nothing that reads the machine it is compiled on.
fn check_file(file: &File) {
    let File { path, text } = file;
    if let Err(error) = syn::parse_file(text) {
        panic!("{path} is not Rust: {error}\n{text}");
    }
    let hidden = |it: char| {
        (it.is_control() && !"\n\t".contains(it))
            || ('\u{202a}'..='\u{202e}').contains(&it)
            || ('\u{2066}'..='\u{2069}').contains(&it)
    };
    assert!(!text.contains(hidden), "{path} has a character that nobody sees\n{text}");
    let tokens: TokenStream = text.parse().expect("what syn reads has tokens");
    check_calls(path, tokens);
}

fn check_calls(path: &str, tokens: TokenStream) {
    const FOREIGN: [&str; 9] =
        ["include", "include_str", "include_bytes", "env", "option_env", "compile_error", "macro_rules", "asm", "global_asm"];
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match (token, tokens.get(index + 1)) {
            (TokenTree::Ident(name), Some(TokenTree::Punct(mark))) if mark.as_char() == '!' => {
                assert!(!FOREIGN.iter().any(|foreign| name == foreign), "{path} calls {name}!");
            }
            (TokenTree::Group(group), _) => check_calls(path, group.stream()),
            _ => {}
        }
    }
}

/// How many implementations of a trait the api crate has.
fn implementations(package: &Package, name: &str) -> usize {
    let files = package.files.iter().filter(|file| file.path.starts_with("api/") && file.path.ends_with(".rs"));
    let items = files.flat_map(|file| syn::parse_file(&file.text).map(|file| file.items).unwrap_or_default());
    let is_one = |item: &Item| match item {
        Item::Impl(it) => {
            it.trait_.as_ref().is_some_and(|(path, ..)| path.segments.last().is_some_and(|last| last.ident == name))
        }
        _ => false,
    };
    items.filter(is_one).count()
}
