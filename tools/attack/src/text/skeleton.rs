//! What stays of generated files when names and the contents of literals and comments are left out.

use proc_macro2::{Delimiter, Literal, Punct, Spacing, TokenStream, TokenTree};
use smithwright::package::File;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// The tokens of all files, wherever they stand: what depends on the order of names does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Skeleton {
    /// How often there is a file of these tokens.
    files: BTreeMap<u64, usize>,
    /// How often there is a token: keywords, punctuation, delimiters, macros that are called, what attributes say.
    tokens: BTreeMap<String, usize>,
    /// The keys of manifests.
    manifests: Vec<String>,
}

impl Skeleton {
    /// The skeleton of a package; an error, when a file is not what it says it is.
    pub(crate) fn of(files: &[File]) -> Result<Self, String> {
        let mut skeleton = Self { files: BTreeMap::new(), tokens: BTreeMap::new(), manifests: Vec::new() };
        for file in files {
            match file.path.rsplit_once('.').map(|(_, extension)| extension) {
                Some("rs") => skeleton.add_rust(file)?,
                Some("toml") => skeleton.add_manifest(file)?,
                _ => return Err(format!("an unexpected file: {:?}", file.path)),
            }
        }
        Ok(skeleton)
    }

    /// How it differs from what is harmless; nothing, when it does not.
    pub(crate) fn differs(&self, harmless: &Self) -> Option<String> {
        if self == harmless {
            return None;
        }
        let mut differences = Vec::new();
        let all: std::collections::BTreeSet<&String> = self.tokens.keys().chain(harmless.tokens.keys()).collect();
        for token in all {
            let count = |of: &Self| of.tokens.get(token).copied().unwrap_or_default();
            if count(self) != count(harmless) {
                differences.push(format!("`{token}` {} times instead of {}", count(self), count(harmless)));
            }
        }
        differences
            .extend(self.manifests.iter().filter(|it| !harmless.manifests.contains(it)).map(|it| format!("manifest: {it}")));
        if differences.is_empty() {
            differences.push("the same tokens, arranged in another way".to_owned());
        }
        differences.truncate(12);
        Some(format!("other tokens than those of a harmless word: {}", differences.join(", ")))
    }

    fn add_rust(&mut self, file: &File) -> Result<(), String> {
        syn::parse_file(&file.text).map_err(|error| format!("{} is not Rust: {error}", file.path))?;
        let tokens: TokenStream = file.text.parse().map_err(|error| format!("{} has no tokens: {error}", file.path))?;
        let hash = self.add_tokens(tokens, false);
        *self.files.entry(hash).or_default() += 1;
        match self.tokens.contains_key("compile_error!") {
            true => Err(format!("{} has a `compile_error!`", file.path)),
            false => Ok(()),
        }
    }

    /// Adds tokens; their hash, which does not depend on the order of what commas, semicolons and blocks separate.
    fn add_tokens(&mut self, tokens: TokenStream, verbatim: bool) -> u64 {
        let tokens = without_arm_braces(tokens);
        let mut segments = Vec::new();
        let mut segment = DefaultHasher::new();
        let mut is_empty = true;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if let Some(length) = doc_length(&tokens[at..]) {
                at += length;
                continue;
            }
            let mut ends = false;
            let word = match token {
                TokenTree::Ident(ident) => {
                    let text = ident.to_string();
                    let called = matches!((tokens.get(at + 1), tokens.get(at + 2)), (Some(TokenTree::Punct(mark)), Some(TokenTree::Group(_))) if mark.as_char() == '!');
                    match () {
                        () if called => format!("{text}!"),
                        () if verbatim || is_keyword(&text) => text,
                        () => "a name".to_owned(),
                    }
                }
                TokenTree::Punct(punct) => {
                    ends = matches!(punct.as_char(), ',' | ';');
                    punct.as_char().to_string()
                }
                TokenTree::Literal(literal) => kind(literal).to_owned(),
                TokenTree::Group(group) => {
                    let is_attribute =
                        group.delimiter() == Delimiter::Bracket && is_mark(at.checked_sub(1).and_then(|at| tokens.get(at)));
                    self.add_tokens(group.stream(), verbatim || is_attribute).hash(&mut segment);
                    ends = group.delimiter() == Delimiter::Brace;
                    format!("{:?}", group.delimiter())
                }
            };
            // A list that is broken into lines has a comma more: what stands between them is what counts.
            if word != "," {
                word.hash(&mut segment);
                is_empty = false;
                *self.tokens.entry(word).or_default() += 1;
            }
            if ends && !is_empty {
                segments.push(std::mem::take(&mut segment).finish());
                is_empty = true;
            }
            at += 1;
        }
        if !is_empty {
            segments.push(segment.finish());
        }
        segments.sort_unstable();
        let mut hasher = DefaultHasher::new();
        segments.hash(&mut hasher);
        hasher.finish()
    }

    fn add_manifest(&mut self, file: &File) -> Result<(), String> {
        let table: toml::Table = toml::from_str(&file.text).map_err(|error| format!("{} is not TOML: {error}", file.path))?;
        let name = table.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
        let role = file.path.split('/').next().unwrap_or_default();
        // The service's key is part of names.
        let key = name.and_then(|name| name.strip_suffix(role)).unwrap_or_default().to_owned();
        let mut keys = Vec::new();
        add_keys(&toml::Value::Table(table), &mut String::new(), &key, &mut keys);
        keys.sort();
        self.manifests.push(format!("{role}: {}", keys.join(" ")));
        Ok(())
    }
}

fn add_keys(value: &toml::Value, path: &mut String, key: &str, keys: &mut Vec<String>) {
    let toml::Value::Table(table) = value else { return keys.push(path.clone()) };
    for (name, value) in table {
        let length = path.len();
        path.push('/');
        path.push_str(match name.strip_prefix(key) {
            Some("api") => "KEY-api",
            _ => name,
        });
        add_keys(value, path, key, keys);
        path.truncate(length);
    }
}

/// The tokens without the braces of a match's arms and of closures, which those that are too long for their line get.
fn without_arm_braces(tokens: TokenStream) -> Vec<TokenTree> {
    let mut kept: Vec<TokenTree> = Vec::new();
    let is = |token: Option<&TokenTree>, mark: char| matches!(token, Some(TokenTree::Punct(it)) if it.as_char() == mark);
    for token in tokens {
        let before = kept.len().checked_sub(2).and_then(|at| kept.get(at));
        let is_body = is(kept.last(), '|') || (is(kept.last(), '>') && is(before, '='));
        match token {
            TokenTree::Group(group) if is_body && group.delimiter() == Delimiter::Brace => {
                kept.extend(group.stream());
                kept.push(TokenTree::Punct(Punct::new(',', Spacing::Alone)));
            }
            token => kept.push(token),
        }
    }
    kept
}

fn kind(literal: &Literal) -> &'static str {
    let text = literal.to_string();
    match text.chars().next() {
        Some('"' | 'r') => "a string",
        Some('b') => "bytes",
        Some('\'') => "a character",
        _ => "a number",
    }
}

fn is_mark(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if matches!(punct.as_char(), '#' | '!'))
}

/// How many tokens a documentation comment here is.
fn doc_length(tokens: &[TokenTree]) -> Option<usize> {
    let TokenTree::Punct(mark) = tokens.first()? else { return None };
    if mark.as_char() != '#' {
        return None;
    }
    let inner = matches!(tokens.get(1)?, TokenTree::Punct(mark) if mark.as_char() == '!');
    let at = if inner { 2 } else { 1 };
    let TokenTree::Group(group) = tokens.get(at)? else { return None };
    let content: Vec<TokenTree> = group.stream().into_iter().collect();
    match content.as_slice() {
        [TokenTree::Ident(doc), TokenTree::Punct(equals), TokenTree::Literal(_)] if doc == "doc" && equals.as_char() == '=' => {
            Some(at + 1)
        }
        _ => None,
    }
}

fn is_keyword(text: &str) -> bool {
    const KEYWORDS: [&str; 40] = [
        "as",
        "async",
        "await",
        "break",
        "const",
        "continue",
        "crate",
        "dyn",
        "else",
        "enum",
        "extern",
        "false",
        "fn",
        "for",
        "if",
        "impl",
        "in",
        "let",
        "loop",
        "match",
        "mod",
        "move",
        "mut",
        "pub",
        "ref",
        "return",
        "self",
        "Self",
        "static",
        "struct",
        "super",
        "trait",
        "true",
        "type",
        "unsafe",
        "use",
        "where",
        "while",
        "yield",
        "macro_rules",
    ];
    KEYWORDS.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skeleton(text: &str) -> Skeleton {
        let path = "api/src/lib.rs".to_owned();
        Skeleton::of(&[File { path, text: text.to_owned() }]).unwrap()
    }

    #[test]
    fn names_literals_and_comments_do_not_count() {
        let left = skeleton("/// A.\nconst A: &str = \"a\"; fn b() {}");
        let right = skeleton("fn z() {} /// \" compile_error!()\nconst C: &str = \"compile_error!()\";");
        assert_eq!(left.differs(&right), None);
    }

    #[test]
    fn lists_and_arms_that_are_broken_into_lines_do_not_count() {
        let left = skeleton("const A: B = b(\"a\"); fn c() { match d { \"e\" => f(), _ => g } h(|| i) }");
        let right = skeleton("const A: B = b(\"aa\",); fn c() { match d { \"e\" => { f() } _ => g, } h(|| { i }) }");
        assert_eq!(left.differs(&right), None);
    }

    #[test]
    fn one_more_token_counts_also_within_a_macro() {
        let harmless = skeleton("bindings! { label \"a\" => a }");
        for text in [
            "bindings! { label \"a\" => a; }",
            "bindings! { label \"a\" => include_str!(\"a\") }",
            "members! { label \"a\" => a }",
        ] {
            assert!(skeleton(text).differs(&harmless).is_some(), "{text}");
        }
    }
}
