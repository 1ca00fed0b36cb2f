//! Doc comments: one attribute a line, so that they are printed as `///`.

use proc_macro2::TokenStream;
use quote::quote;

/// `///` lines.
pub(super) fn outer<S: AsRef<str>>(lines: &[S]) -> TokenStream {
    let lines = lines.iter().map(spaced);
    quote!(#(#[doc = #lines])*)
}

/// `//!` lines.
pub(super) fn inner<S: AsRef<str>>(lines: &[S]) -> TokenStream {
    let lines = lines.iter().map(spaced);
    quote!(#(#![doc = #lines])*)
}

fn spaced<S: AsRef<str>>(line: S) -> String {
    match line.as_ref() {
        "" => String::new(),
        line => format!(" {line}"),
    }
}

/// A paragraph in lines of a comment's width.
pub(super) fn wrapped(text: &str) -> Vec<String> {
    const WIDTH: usize = 110;
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.len() + 1 + word.len() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
