//! Names claim their place in a scope; a collision is a diagnostic that proposes a `[rename]`, never a silent number.

use super::words;
use crate::diagnostic::{Diagnostics, Place};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};
use std::collections::BTreeMap;
use std::fmt;

/// A place in which names must differ: a crate's root, a structure's methods, an enum's variants, a folder's files.
#[derive(Debug)]
pub struct Scope<'a> {
    service: &'a str,
    kind: ScopeKind,
    claimed: BTreeMap<String, String>,
}

/// What a [`Scope`] is a scope of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ScopeKind {
    /// Names in Rust.
    Names,
    /// Files, some of which differ in case alone on one system and are the same on another.
    Files,
}

impl<'a> Scope<'a> {
    /// A scope of names, of which these are taken, with what has them.
    pub fn new(service: &'a str, reserved: &[(&str, &str)]) -> Self {
        let claimed = reserved.iter().map(|(name, owner)| ((*name).to_owned(), (*owner).to_owned()));
        Self { service, kind: ScopeKind::Names, claimed: claimed.collect() }
    }

    /// A scope of the modules of a folder, each of which is a file.
    pub fn files(service: &'a str) -> Self {
        Self { service, kind: ScopeKind::Files, claimed: BTreeMap::new() }
    }

    /// Claims a name for `owner`, which is called as `[rename]` would call it, and gives the identifier.
    pub fn claim(&mut self, name: &str, owner: &str, place: &Place, diagnostics: &mut Diagnostics) -> Name {
        if let Some(first) = self.claimed.get(&self.key(name)) {
            diagnostics.error(
                place,
                format!("`{owner}` and `{first}` are both called `{name}` in Rust"),
                format!("give one another name in models.toml: `[service.{}.rename]`, `\"{owner}\" = \"...\"`", self.service),
            );
            return Name::new(name);
        }
        if !is_identifier(name) {
            diagnostics.error(
                place,
                format!(
                    "`{owner}` would be called `{name}` in Rust, which is not a name of ASCII letters, digits and underscores"
                ),
                format!("give it another one in models.toml: `[service.{}.rename]`, `\"{owner}\" = \"...\"`", self.service),
            );
        }
        self.claimed.insert(self.key(name), owner.to_owned());
        Name::new(name)
    }

    /// Whether nothing has this name yet.
    pub fn is_free(&self, name: &str) -> bool {
        !self.claimed.contains_key(&self.key(name))
    }

    fn key(&self, name: &str) -> String {
        match self.kind {
            ScopeKind::Names => name.to_owned(),
            ScopeKind::Files => name.to_ascii_lowercase(),
        }
    }
}

/// The names that `[rename]` gives, or the usual ones.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    rename: &'a BTreeMap<String, String>,
}

impl<'a> Names<'a> {
    /// Names with these exceptions.
    pub fn new(rename: &'a BTreeMap<String, String>) -> Self {
        Self { rename }
    }

    /// The type of a shape.
    pub fn shape(&self, shape: &str) -> String {
        self.renamed(shape).unwrap_or_else(|| words::upper_camel_case(shape))
    }

    /// The method of an operation.
    pub fn operation(&self, operation: &str) -> String {
        self.renamed(operation).map_or_else(|| words::snake_case(operation), |name| words::snake_case(&name))
    }

    /// The field of a member.
    pub fn member(&self, shape: &str, member: &str) -> String {
        self.renamed(&format!("{shape}.{member}")).unwrap_or_else(|| start_with_letter(&words::snake_case(member), "n"))
    }

    /// The variant of a union's member or an enum's value.
    pub fn variant(&self, shape: &str, value: &str) -> String {
        let usual = || match words::upper_camel_case(value).as_str() {
            "" => "Empty".to_owned(),
            name => start_with_letter(name, "V"),
        };
        self.renamed(&format!("{shape}.{value}")).unwrap_or_else(usual)
    }

    /// The variant of an enum's value where `other`, a value before it, has the usual name: the two differ in the case of their letters
    /// alone, and the name says which one this is. `None` when they differ in more, or a rename gives the name.
    pub fn spelled_variant(&self, shape: &str, value: &str, other: &str) -> Option<String> {
        if self.renamed(&format!("{shape}.{value}")).is_some() || value == other || !value.eq_ignore_ascii_case(other) {
            return None;
        }
        let has = |is_of_case: fn(&u8) -> bool| value.as_bytes().iter().any(is_of_case);
        let case = match (has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase)) {
            (true, false) => "Lowercase",
            (false, true) => "Uppercase",
            _ => return None,
        };
        Some(format!("{}{case}", self.variant(shape, value)))
    }

    fn renamed(&self, name: &str) -> Option<String> {
        self.rename.get(name).cloned()
    }
}

/// An identifier that can cross threads, which proc-macro2's cannot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

/// What stands for a name that its scope refused: nothing is written then.
const REFUSED: &str = "__refused";

impl Name {
    /// The identifier of a name: a keyword becomes a raw one, and what cannot be raw gets an underscore.
    pub fn new(name: &str) -> Self {
        Self(match name {
            _ if !is_identifier(name) => REFUSED.to_owned(),
            _ if !is_keyword(name) => name.to_owned(),
            "self" | "Self" | "super" | "crate" => format!("{name}_"),
            _ => format!("r#{name}"),
        })
    }

    /// The identifier as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name, which is what docs and `Debug` call it: a raw identifier's without its mark.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(match self.0.strip_prefix("r#") {
            Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
            None => Ident::new(&self.0, Span::call_site()),
        });
    }
}

/// The name of a type at the API crate's root, written as the path that leads there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeName(Name);

impl TypeName {
    /// The type of this name.
    pub fn new(name: Name) -> Self {
        Self(name)
    }

    /// The name, where the type is defined.
    pub fn name(&self) -> &Name {
        &self.0
    }

    /// The name as it is written.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for TypeName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl ToTokens for TypeName {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let name = &self.0;
        tokens.append_all(quote!(crate::#name));
    }
}

/// A module's name, which is also a file's: a keyword gets an underscore.
pub fn module(name: &str) -> String {
    if is_keyword(name) { format!("{name}_") } else { name.to_owned() }
}

/// The keywords of Rust 2024, those of the future among them: <https://doc.rust-lang.org/reference/keywords.html>.
const KEYWORDS: [&str; 53] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
];

fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Whether a name can stand in Rust, be it a keyword, which becomes a raw identifier. Other letters than ASCII's are none here: two
/// names that look alike, or that Unicode takes for one, would be two in a model and one in Rust.
fn is_identifier(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    name != "_" && name.bytes().next().is_some_and(is_letter) && name.bytes().all(|byte| is_letter(byte) || byte.is_ascii_digit())
}

fn start_with_letter(name: &str, letter: &str) -> String {
    match name.starts_with(|first: char| first.is_ascii_digit()) {
        true => format!("{letter}{name}"),
        false => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_become_raw_or_get_an_underscore() {
        assert_eq!(Name::new("type").as_str(), "r#type");
        assert_eq!(Name::new("gen").as_str(), "r#gen");
        assert_eq!(Name::new("Self").as_str(), "Self_");
        assert_eq!(Name::new("name").as_str(), "name");
        assert_eq!(module("type"), "type_");
    }

    #[test]
    fn a_name_that_could_not_be_written_is_not() {
        for name in ["", "_", "2xl", "a b", "a-b", "/**/", "K\u{212a}", "r#type", "naïve"] {
            assert_eq!(Name::new(name).as_str(), REFUSED, "{name}");
        }
    }

    #[test]
    fn a_digit_in_front_gets_a_letter() {
        let rename = BTreeMap::new();
        let names = Names::new(&rename);
        assert_eq!(names.variant("Size", "2XL"), "V2xl");
        assert_eq!(names.variant("Size", ""), "Empty");
        assert_eq!(names.member("Item", "2ndName"), "n2nd_name");
    }

    #[test]
    fn a_value_that_differs_from_another_in_case_alone_says_its_case() {
        let rename = BTreeMap::from([("Code.gone_away".to_owned(), "Vanished".to_owned())]);
        let names = Names::new(&rename);
        for (value, other, name) in [
            ("invalid_request", "INVALID_REQUEST", Some("InvalidRequestLowercase")),
            ("INVALID_REQUEST", "invalid_request", Some("InvalidRequestUppercase")),
            ("Invalid_Request", "invalid_request", None),
            ("invalid-request", "INVALID_REQUEST", None),
            ("invalid_request", "invalid_request", None),
            ("gone_away", "GONE_AWAY", None),
        ] {
            assert_eq!(names.spelled_variant("Code", value, other).as_deref(), name, "{value}");
        }
    }

    #[test]
    fn a_rename_goes_before_the_usual_name() {
        let rename = BTreeMap::from([("Item.TypeName".to_owned(), "kind".to_owned())]);
        assert_eq!(Names::new(&rename).member("Item", "TypeName"), "kind");
    }

    #[test]
    fn what_no_rust_name_can_be_made_of_proposes_a_rename() {
        let mut diagnostics = Diagnostics::default();
        let mut scope = Scope::new("desk", &[]);
        for name in ["type", "Self", "A1", "_a"] {
            scope.claim(name, name, &Place::file("model.json"), &mut diagnostics);
        }
        assert!(diagnostics.list.is_empty(), "{diagnostics}");
        for name in ["", "20", "r#20", "²", "a b", "a-b", "é"] {
            scope.claim(name, "Desk", &Place::file("model.json"), &mut diagnostics);
            let last = diagnostics.list.last().map(|diagnostic| diagnostic.message.clone());
            assert!(last.unwrap().starts_with(&format!("`Desk` would be called `{name}` in Rust, which is not a name")));
        }
    }

    #[test]
    fn a_collision_proposes_a_rename() {
        let mut diagnostics = Diagnostics::default();
        let mut scope = Scope::new("desk", &[("new", "the constructor")]);
        scope.claim("new", "Item.New", &Place::file("model.json"), &mut diagnostics);
        assert_eq!(diagnostics.list[0].message, "`Item.New` and `the constructor` are both called `new` in Rust");
        assert!(diagnostics.list[0].help.contains("\"Item.New\""));
    }

    #[test]
    fn files_that_differ_in_case_alone_are_one() {
        let mut diagnostics = Diagnostics::default();
        let mut files = Scope::files("desk");
        files.claim("item", "Item", &Place::file("model.json"), &mut diagnostics);
        files.claim("ITEM", "ITEM", &Place::file("model.json"), &mut diagnostics);
        assert_eq!(diagnostics.list[0].message, "`ITEM` and `Item` are both called `ITEM` in Rust");
    }
}
