//! Calls of macros: a line an entry.

use super::layout::indent;
use super::line::{line, stream};
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Where a call stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Beside other items.
    File,
    /// In an `impl`, where one entry fits the line of its call.
    Impl,
}

/// A call of a macro with braces.
pub(super) fn call(path: &syn::Path, tokens: &TokenStream, place: Place) -> Vec<String> {
    let path = stream(&quote::quote!(#path));
    let entries = entries(tokens.clone());
    match (entries.as_slice(), place) {
        ([], _) => vec![format!("{path}! {{}}")],
        // A name alone is no table.
        ([entry], Place::File) if is_name(entry) => vec![format!("{path}! {{ {entry} }}")],
        ([entry], Place::Impl) => vec![format!("{path}! {{ {entry} }}")],
        _ => [vec![format!("{path}! {{")], indent(entries), vec!["}".to_owned()]].concat(),
    }
}

/// The lines of a table. A semicolon ends an entry; a comma does where the last entry has one, too. An entry that ends in braces
/// has a table of its own in them.
fn entries(tokens: TokenStream) -> Vec<String> {
    let mut lines = Vec::new();
    for part in split(tokens, ';') {
        if ends_with(&part, ',') {
            split(part.into_iter().collect(), ',').into_iter().for_each(|entry| lines.extend(entry_lines(entry)));
        } else {
            lines.extend(entry_lines(part));
        }
    }
    lines
}

/// The docs of an entry, and the entry.
fn entry_lines(entry: Vec<TokenTree>) -> Vec<String> {
    let (mut lines, mut rest) = docs(entry);
    let Some(TokenTree::Group(group)) = rest.last().cloned().filter(is_table) else {
        lines.push(line(rest));
        return lines;
    };
    rest.pop();
    lines.push(format!("{} {{", line(rest)));
    lines.extend(indent(entries(group.stream())));
    lines.push("}".to_owned());
    lines
}

fn is_table(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !group.stream().is_empty())
}

/// Takes doc attributes off the front of an entry, as comments.
fn docs(entry: Vec<TokenTree>) -> (Vec<String>, Vec<TokenTree>) {
    let mut lines = Vec::new();
    let mut rest = entry.as_slice();
    while let [TokenTree::Punct(hash), TokenTree::Group(group), more @ ..] = rest
        && hash.as_char() == '#'
        && let Ok(syn::Meta::NameValue(meta)) = syn::parse2::<syn::Meta>(group.stream())
        && let Some(text) = super::layout::doc_text(&meta)
    {
        lines.push(format!("///{text}"));
        rest = more;
    }
    (lines, rest.to_vec())
}

/// The parts that this punctuation ends, with it. Between angle brackets it separates arguments.
fn split(tokens: TokenStream, end: char) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    let (mut depth, mut is_arrow) = (0_usize, false);
    for token in tokens {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' && !is_arrow => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_arrow = is_punct(&token, '-') || is_punct(&token, '=');
        let ends = depth == 0 && is_punct(&token, end);
        if let Some(part) = parts.last_mut() {
            part.push(token);
        }
        if ends {
            parts.push(Vec::new());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn is_name(entry: &str) -> bool {
    entry.chars().all(|character| character.is_alphanumeric() || character == '_')
}

fn ends_with(tokens: &[TokenTree], end: char) -> bool {
    tokens.last().is_some_and(|token| is_punct(token, end))
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}
