//! `crate::X` becomes `X` with a `use`, unless the file means something else by `X`.
//!
//! Emitters write every generated type as `crate::X`, wherever its root is, and what is Rust's own as it stands in its prelude. So what collides comes
//! from the output itself: a structure called `Option` stays `crate::Option` where Rust's `Option` is used, and in its own file
//! Rust's is written as a path.

use super::RenderError;
use super::layout::WIDTH;
use crate::home;
use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::quote;
use std::collections::{BTreeMap, BTreeSet};

/// Tokens whose paths are as short as they can be, and the imports that this takes.
pub(super) struct Resolved {
    pub(super) tokens: TokenStream,
    pub(super) uses: Vec<Use>,
}

/// Resolves the paths of a file, in which `crate` is this root.
pub(super) fn resolve(tokens: TokenStream, root: &home::Path) -> Result<Resolved, RenderError> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut seen = Seen::default();
    seen.scan(&tokens, Body::File);
    seen.plain = seen.plain.difference(&seen.generic).cloned().collect();
    let own: BTreeSet<&String> =
        seen.wanted.iter().filter(|import| import.modules == ["crate"]).map(|import| &import.name).collect();
    // What the file alone knows by a plain name, a static say, is meant by it; what Rust's prelude has is never defined so.
    let is_taken = |name: &&String| own.contains(name) || prelude_path(name).is_some();
    let taken: Vec<&String> = seen.defined.intersection(&seen.plain).filter(is_taken).collect();
    if let Some(name) = taken.iter().find(|name| prelude_path(name).is_none()) {
        return Err(RenderError::Name((**name).clone()));
    }
    let taken = taken.into_iter().cloned().collect();
    let short: BTreeSet<Import> = seen.wanted.iter().filter(|import| seen.has_room_for(import)).cloned().collect();
    let uses = uses(&short, &seen, root);
    let resolver = Resolver { root, short: short.iter().map(Import::path).collect(), defined: &seen.defined, taken };
    Ok(Resolved { tokens: resolver.rewrite(tokens), uses })
}

/// How emitters begin the paths of what is generated.
const CRATE: &str = "crate";

/// Something that can be imported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Import {
    /// The modules in front of it: `["crate", "pattern"]`.
    modules: Vec<&'static str>,
    /// Its name.
    name: String,
    /// Whether nothing else is called so: it is a module.
    always: bool,
}

impl Import {
    fn path(&self) -> Vec<String> {
        self.modules.iter().map(|module| (*module).to_owned()).chain([self.name.clone()]).collect()
    }
}

/// The import that a path of these segments asks for.
fn import(absolute: bool, segments: &[&str]) -> Option<Import> {
    let (modules, name, always) = match (absolute, segments) {
        (false, ["crate", "pattern", name, ..]) => (vec!["crate", "pattern"], name, false),
        (false, ["crate", name, ..]) => (vec!["crate"], name, false),
        (true, ["std", "collections", name, ..]) => (vec!["std", "collections"], name, false),
        (true, ["std", "fmt", ..]) => (vec!["std"], &"fmt", true),
        _ => return None,
    };
    Some(Import { modules, name: (*name).to_owned(), always })
}

/// What a file says.
#[derive(Default)]
struct Seen {
    /// What it defines.
    defined: BTreeSet<String>,
    /// The names that paths begin with, beside those of crates.
    plain: BTreeSet<String>,
    /// What it could import.
    wanted: BTreeSet<Import>,
    /// The type parameters of its functions, each of which is the only thing of its name in its function.
    generic: BTreeSet<String>,
}

/// Where tokens stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    /// In the file itself.
    File,
    /// In any brackets.
    Plain,
    /// Of an enum: a variant's name stands for nothing else.
    Variants,
}

impl Seen {
    fn scan(&mut self, tokens: &[TokenTree], body: Body) {
        let mut at = 0;
        let mut inner = Body::Plain;
        let mut starts_variant = true;
        while let Some(token) = tokens.get(at) {
            let behind = at.checked_sub(1).and_then(|before| tokens.get(before));
            match token {
                TokenTree::Ident(ident) if keyword_defines(&ident.to_string()) => {
                    inner = if *ident == "enum" { Body::Variants } else { inner };
                    if *ident == "fn" {
                        self.generic.extend(generics(tokens, at + 2));
                    }
                    if let Some(TokenTree::Ident(name)) = tokens.get(at + 1) {
                        // Elsewhere, a `type` belongs to its trait; macros write structures and enums.
                        if body == Body::File || *ident == "struct" || *ident == "enum" {
                            self.defined.insert(name.to_string());
                        }
                        at += 1;
                    }
                }
                TokenTree::Ident(_) if body == Body::Variants && starts_variant => starts_variant = false,
                TokenTree::Ident(_) if !is_joined(behind, tokens, at) => {
                    let path = path(tokens, at);
                    self.path(&path);
                }
                TokenTree::Group(group) => {
                    let stream: Vec<TokenTree> = group.stream().into_iter().collect();
                    // Of attributes, only docs hold names, and these are text.
                    if !matches!(behind, Some(TokenTree::Punct(punct)) if punct.as_char() == '#') {
                        self.scan(&stream, if group.delimiter() == Delimiter::Brace { inner } else { Body::Plain });
                    }
                    if group.delimiter() == Delimiter::Brace {
                        inner = Body::Plain;
                    }
                }
                TokenTree::Punct(punct) if punct.as_char() == ',' => starts_variant = true,
                _ => {}
            }
            at += 1;
        }
    }

    /// Whether an import's name stands for nothing else here: the service's own types go before Rust's.
    fn has_room_for(&self, import: &Import) -> bool {
        let is_own = |other: &&Import| other.modules == ["crate"] && other.name == import.name;
        let is_taken = import.modules != ["crate"]
            && (self.defined.contains(&import.name) || self.wanted.iter().any(|other| is_own(&other)));
        import.always || !(is_taken || self.plain.contains(&import.name))
    }

    fn path(&mut self, path: &Path) {
        let segments: Vec<&str> = path.segments.iter().map(String::as_str).collect();
        match import(path.absolute, &segments) {
            Some(import) => _ = self.wanted.insert(import),
            None if path.absolute => {}
            None => self.plain.extend(path.segments.first().cloned()),
        }
    }
}

/// The names between the angle brackets that begin here, if any do.
fn generics(tokens: &[TokenTree], at: usize) -> Vec<String> {
    let is = |at: usize, character: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == character);
    let mut names = Vec::new();
    let (mut depth, mut at) = (0, at);
    while is(at, '<') || depth > 0 {
        match tokens.get(at) {
            Some(_) if is(at, '<') => depth += 1,
            Some(_) if is(at, '>') && !is_arrow(tokens, at) => depth -= 1,
            Some(TokenTree::Ident(name)) if depth == 1 && (is(at - 1, '<') || is(at - 1, ',')) => names.push(name.to_string()),
            Some(_) => {}
            None => break,
        }
        at += 1;
    }
    names
}

/// A path, from its first segment on.
struct Path {
    /// Whether it begins with `::`.
    absolute: bool,
    segments: Vec<String>,
}

/// The path that begins at an identifier.
fn path(tokens: &[TokenTree], at: usize) -> Path {
    let mut segments = Vec::new();
    let mut next = at;
    while let Some(TokenTree::Ident(ident)) = tokens.get(next) {
        segments.push(ident.to_string());
        if !is_separator(tokens, next + 1) {
            break;
        }
        next += 3;
    }
    Path { absolute: at >= 2 && is_separator(tokens, at - 2), segments }
}

/// Whether `::` begins here.
fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.spacing() == Spacing::Joint) && colon(at) && colon(at + 1)
}

/// Whether an identifier belongs to what is in front of it: a field, a later segment of a path, a lifetime.
fn is_joined(behind: Option<&TokenTree>, tokens: &[TokenTree], at: usize) -> bool {
    let Some(TokenTree::Punct(punct)) = behind else { return false };
    match punct.as_char() {
        '\'' => true,
        '.' => !matches!(at.checked_sub(2).and_then(|at| tokens.get(at)), Some(TokenTree::Punct(dot)) if dot.as_char() == '.'),
        // `::` at the front is an absolute path, which begins here.
        ':' => at >= 3 && is_separator(tokens, at - 2) && has_owner(tokens, at - 3),
        _ => false,
    }
}

/// Whether a `::` behind this token continues its path.
fn has_owner(tokens: &[TokenTree], at: usize) -> bool {
    match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => {
            !["as", "dyn", "for", "impl", "mut", "return", "use"].contains(&ident.to_string().as_str())
        }
        Some(TokenTree::Punct(punct)) => punct.as_char() == '>' && !is_arrow(tokens, at),
        _ => false,
    }
}

/// Whether this `>` ends an arrow.
fn is_arrow(tokens: &[TokenTree], at: usize) -> bool {
    let head = at.checked_sub(1).and_then(|at| tokens.get(at));
    matches!(head, Some(TokenTree::Punct(punct)) if matches!(punct.as_char(), '-' | '=') && punct.spacing() == Spacing::Joint)
}

fn keyword_defines(word: &str) -> bool {
    ["struct", "enum", "trait", "static", "type", "fn", "mod"].contains(&word)
}

/// The path of what Rust's prelude has, for a file that defines something else of that name.
fn prelude_path(name: &str) -> Option<TokenStream> {
    Some(match name {
        "Box" => quote!(::std::boxed::Box),
        "Clone" => quote!(::std::clone::Clone),
        "Default" => quote!(::std::default::Default),
        "Eq" => quote!(::std::cmp::Eq),
        "Err" => quote!(::std::result::Result::Err),
        "Fn" => quote!(::std::ops::Fn),
        "From" => quote!(::std::convert::From),
        "Future" => quote!(::std::future::Future),
        "Into" => quote!(::std::convert::Into),
        "IntoIterator" => quote!(::std::iter::IntoIterator),
        "Iterator" => quote!(::std::iter::Iterator),
        "None" => quote!(::std::option::Option::None),
        "Ok" => quote!(::std::result::Result::Ok),
        "Option" => quote!(::std::option::Option),
        "PartialEq" => quote!(::std::cmp::PartialEq),
        "Result" => quote!(::std::result::Result),
        "Send" => quote!(::std::marker::Send),
        "Some" => quote!(::std::option::Option::Some),
        "String" => quote!(::std::string::String),
        "Sync" => quote!(::std::marker::Sync),
        "Vec" => quote!(::std::vec::Vec),
        _ => return None,
    })
}

/// Shortens and lengthens paths.
struct Resolver<'s> {
    /// What `crate` is.
    root: &'s home::Path,
    /// The paths that are imported.
    short: BTreeSet<Vec<String>>,
    /// What the file defines, which needs no import.
    defined: &'s BTreeSet<String>,
    /// What the file defines and means something else by, too.
    taken: BTreeSet<String>,
}

impl Resolver<'_> {
    fn rewrite(&self, tokens: Vec<TokenTree>) -> TokenStream {
        let root = self.root;
        let mut written: Vec<TokenTree> = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let behind = at.checked_sub(1).and_then(|before| tokens.get(before));
            match token {
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), self.rewrite(group.stream().into_iter().collect()));
                    inner.set_span(group.span());
                    written.push(inner.into());
                }
                TokenTree::Ident(ident) if !is_joined(behind, &tokens, at) && !defines(behind) => {
                    let path = path(&tokens, at);
                    if let Some(skipped) = self.skipped(&path) {
                        if path.absolute {
                            written.truncate(written.len() - 2);
                        }
                        at += 3 * skipped;
                        continue;
                    }
                    match prelude_path(&ident.to_string()).filter(|_| self.is_taken(&path)) {
                        Some(path) => written.extend(path),
                        // Alone, it is that of `pub(crate)`.
                        None if *ident == CRATE && is_separator(&tokens, at + 1) => written.extend(quote!(#root)),
                        None => written.push(token.clone()),
                    }
                }
                token => written.push(token.clone()),
            }
            at += 1;
        }
        written.into_iter().collect()
    }

    /// How many segments of a path its import saves.
    fn skipped(&self, path: &Path) -> Option<usize> {
        let segments: Vec<&str> = path.segments.iter().map(String::as_str).collect();
        let import = import(path.absolute, &segments)?;
        let is_own = import.modules == ["crate"] && self.defined.contains(&import.name);
        (is_own || self.short.contains(&import.path())).then_some(import.modules.len())
    }

    fn is_taken(&self, path: &Path) -> bool {
        !path.absolute && path.segments.first().is_some_and(|first| self.taken.contains(first))
    }
}

fn defines(behind: Option<&TokenTree>) -> bool {
    matches!(behind, Some(TokenTree::Ident(word)) if keyword_defines(&word.to_string()))
}

/// A `use` of some names of a module.
pub(super) struct Use {
    /// The module: `crate`.
    module: String,
    /// The names, sorted.
    names: Vec<String>,
}

/// The imports, and that of the runtime, which has a name of its own.
fn uses(short: &BTreeSet<Import>, seen: &Seen, root: &home::Path) -> Vec<Use> {
    let mut modules = BTreeMap::<&[&'static str], Vec<String>>::new();
    for import in short.iter().filter(|import| import.modules != ["crate"] || !seen.defined.contains(&import.name)) {
        modules.entry(&import.modules).or_default().push(import.name.clone());
    }
    let runtime = Use { module: "smithwright_runtime".to_owned(), names: vec!["codegen as rt".to_owned()] };
    let runtime = seen.plain.contains("rt").then_some(runtime);
    // The modules of a module come before what it has itself.
    let mut modules: Vec<_> = modules.into_iter().collect();
    modules.sort_by_key(|(modules, _)| std::cmp::Reverse(modules.len()));
    let (own, others): (Vec<_>, Vec<_>) = modules.into_iter().partition(|(modules, _)| modules.first() == Some(&CRATE));
    let root = root.to_string();
    let word = |word: &&'static str| if *word == CRATE { root.clone() } else { (*word).to_owned() };
    let named = |(modules, names): (&[&'static str], Vec<String>)| {
        let modules: Vec<String> = modules.iter().map(word).collect();
        Use { module: modules.join("::"), names }
    };
    own.into_iter().map(named).chain(runtime).chain(others.into_iter().map(named)).collect()
}

impl Use {
    /// The declaration, packed in lines as rustfmt does it: prettyplease's own are a column too wide.
    pub(super) fn lines(&self) -> Vec<String> {
        let line = match self.names.as_slice() {
            [name] => format!("use {}::{name};", self.module),
            names => format!("use {}::{{{}}};", self.module, names.join(", ")),
        };
        match line.len() <= WIDTH {
            true => vec![line],
            false => [vec![format!("use {}::{{", self.module)], self.packed(), vec!["};".to_owned()]].concat(),
        }
    }

    fn packed(&self) -> Vec<String> {
        let mut lines = vec![String::from("   ")];
        for name in &self.names {
            match lines.last_mut() {
                Some(line) if line.len() + 1 + name.len() < WIDTH => line.push_str(&format!(" {name},")),
                _ => lines.push(format!("    {name},")),
            }
        }
        lines
    }
}
