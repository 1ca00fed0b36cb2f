//! Names claim their place in a scope; a collision is a diagnostic that proposes a `[rename]`, never a silent number.

use super::words;
use crate::diagnostic::{Diagnostics, Place};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};
use std::collections::BTreeMap;
use std::fmt;
use syn::ext::IdentExt;
use syn::parse::Parser;

/// A place in which names must differ: a crate's root, a structure's methods, an enum's variants.
#[derive(Debug)]
pub struct Scope<'a> {
    service: &'a str,
    claimed: BTreeMap<String, String>,
}

impl<'a> Scope<'a> {
    /// A scope of a service in which these names are taken, with what has them.
    pub fn new(service: &'a str, reserved: &[(&str, &str)]) -> Self {
        let claimed = reserved.iter().map(|(name, owner)| ((*name).to_owned(), (*owner).to_owned()));
        Self { service, claimed: claimed.collect() }
    }

    /// Claims a name for `owner`, which is called as `[rename]` would call it.
    pub fn claim(&mut self, name: &str, owner: &str, place: &Place, diagnostics: &mut Diagnostics) {
        if let Some(first) = self.claimed.get(name) {
            diagnostics.error(
                place,
                format!("`{owner}` and `{first}` are both called `{name}` in Rust"),
                format!("give one another name in models.toml: `[service.{}.rename]`, `\"{owner}\" = \"...\"`", self.service),
            );
            return;
        }
        if !is_identifier(name) {
            diagnostics.error(
                place,
                format!("`{owner}` would be called `{name}` in Rust, which is no name"),
                format!("give it another one in models.toml: `[service.{}.rename]`, `\"{owner}\" = \"...\"`", self.service),
            );
        }
        self.claimed.insert(name.to_owned(), owner.to_owned());
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

    fn renamed(&self, name: &str) -> Option<String> {
        self.rename.get(name).cloned()
    }
}

/// An identifier that can cross threads, which proc-macro2's cannot.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// The identifier of a name: a keyword becomes a raw one, and what cannot be raw gets an underscore.
    pub fn new(name: &str) -> Self {
        Self(match name {
            "self" | "Self" | "super" | "crate" | "_" => format!("{name}_"),
            _ if is_plain(name) => name.to_owned(),
            _ => format!("r#{name}"),
        })
    }

    /// The identifier as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
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

/// A module's name, which is also a file's: a keyword gets an underscore.
pub fn module(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { format!("{name}_") }
}

/// Whether a name is an identifier, and no keyword.
fn is_plain(name: &str) -> bool {
    is_unlike_keywords(name) || syn::parse_str::<Ident>(name).is_ok()
}

/// Whether a name is an identifier that no keyword resembles: these have no underscore, no capital but in `Self`, and eight
/// letters at most. It spares most names a parser, which took a fifth of the time of planning.
fn is_unlike_keywords(name: &str) -> bool {
    let has_capital = name.starts_with(|first: char| first.is_ascii_uppercase()) && name != "Self";
    let has_letter = name.starts_with(|first: char| first.is_ascii_alphabetic());
    let is_word = name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_');
    has_letter && is_word && (has_capital || name.contains('_') || name.len() > 8)
}

/// Whether a name can stand in Rust, be it a keyword, which becomes a raw identifier.
fn is_identifier(name: &str) -> bool {
    is_unlike_keywords(name) || Ident::parse_any.parse_str(name).is_ok()
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
        assert_eq!(Name::new("Self").as_str(), "Self_");
        assert_eq!(Name::new("name").as_str(), "name");
        assert_eq!(module("type"), "type_");
    }

    #[test]
    fn no_keyword_is_taken_for_plain() {
        // The longest of each kind, and the one with a capital.
        for keyword in ["continue", "override", "abstract", "async", "Self", "try", "yield"] {
            assert!(!is_unlike_keywords(keyword), "{keyword}");
            assert!(!is_plain(keyword), "{keyword}");
        }
        for name in ["", "_", "2xl_size", "a_b c", "Größe", "a-b_c"] {
            assert!(!is_unlike_keywords(name), "{name}");
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
    fn a_rename_goes_before_the_usual_name() {
        let rename = BTreeMap::from([("Item.TypeName".to_owned(), "kind".to_owned())]);
        assert_eq!(Names::new(&rename).member("Item", "TypeName"), "kind");
    }

    #[test]
    fn what_no_rust_name_can_be_made_of_proposes_a_rename() {
        let mut diagnostics = Diagnostics::default();
        let mut scope = Scope::new("desk", &[]);
        for name in ["type", "r#type", "Self", "A1", "é"] {
            scope.claim(name, name, &Place::file("model.json"), &mut diagnostics);
        }
        assert!(diagnostics.list.is_empty(), "{diagnostics}");
        for name in ["", "20", "r#20", "²", "a b", "a-b"] {
            scope.claim(name, "Desk", &Place::file("model.json"), &mut diagnostics);
            let last = diagnostics.list.last().map(|diagnostic| diagnostic.message.clone());
            assert_eq!(last.unwrap(), format!("`Desk` would be called `{name}` in Rust, which is no name"));
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
}
