//! Where a service's code lives: in crates of its own, or in modules of somebody's crate. What both hold is the same; what differs is
//! which file a module is, and what its parts call one another.

use crate::config::{Crates, Role};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};
use std::fmt;

/// What is included where a service is wanted as modules: the runtime's `include_service!` says so, too.
pub(crate) const INCLUDED: &str = "include.rs";

/// Where a service's code lives.
#[derive(Clone, Debug, PartialEq)]
pub enum Home {
    /// A crate for each role, with manifests.
    Crates(Crates),
    /// A module for each role, in whichever module of a crate includes them: their paths lead upwards and no further than to each
    /// other, since nobody knows what is above.
    Modules(Modules),
}

/// Which modules there are, beside the API's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modules {
    /// Whether there is a client.
    pub client: bool,
    /// Whether there is a server.
    pub server: bool,
}

/// A path, for tokens and for docs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path(Vec<String>);

impl Path {
    /// The root of a crate.
    pub(crate) fn of_crate() -> Self {
        Self(vec!["crate".to_owned()])
    }

    /// As many modules further up.
    fn above(depth: usize) -> Self {
        Self(match depth {
            0 => vec!["self".to_owned()],
            _ => vec!["super".to_owned(); depth],
        })
    }

    fn child(mut self, name: &str) -> Self {
        self.0.push(name.to_owned());
        self
    }

    /// What imports the API that this is the path of, as `api`.
    pub(crate) fn import_api(&self) -> TokenStream {
        let name = Role::Api.to_string();
        match self.0.last() {
            Some(last) if *last == name => quote!(use #self;),
            _ => quote!(use #self as api;),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("::"))
    }
}

impl ToTokens for Path {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let words = self.0.iter().map(|word| Ident::new(word, Span::call_site()));
        tokens.append_all(quote!(#(#words)::*));
    }
}

impl Home {
    /// Whether the service has this part.
    pub(crate) fn has(&self, role: Role) -> bool {
        match (self, role) {
            (Self::Crates(_), _) | (Self::Modules(_), Role::Api) => true,
            (Self::Modules(modules), Role::Client) => modules.client,
            (Self::Modules(modules), Role::Server) => modules.server,
        }
    }

    /// The file of a module; of the role itself, when there are no steps to the module.
    pub(crate) fn file(&self, role: Role, module: &[&str]) -> String {
        match (self, module) {
            (Self::Crates(_), []) => format!("{role}/src/lib.rs"),
            (Self::Crates(_), steps) => format!("{role}/src/{}.rs", steps.join("/")),
            (Self::Modules(_), []) => format!("{role}.rs"),
            (Self::Modules(_), steps) => format!("{role}/{}.rs", steps.join("/")),
        }
    }

    /// The root of a role, from a module that is as many steps below it.
    pub(crate) fn root(&self, depth: usize) -> Path {
        match self {
            Self::Crates(_) => Path::of_crate(),
            Self::Modules(_) => Path::above(depth),
        }
    }

    /// The API of a service, from a module of its client or server that is as many steps below the role.
    pub(crate) fn api(&self, service: &str, depth: usize) -> Path {
        match self {
            Self::Crates(_) => Path(vec![library(service, Role::Api)]),
            Self::Modules(_) => Path::above(depth + 1).child(&Role::Api.to_string()),
        }
    }
}

/// What code calls a crate, whatever its package is called.
pub(crate) fn library(service: &str, role: Role) -> String {
    format!("{service}-{role}").replace('-', "_")
}

impl From<Crates> for Home {
    fn from(crates: Crates) -> Self {
        Self::Crates(crates)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_found_by_name_and_modules_upwards() {
        let (crates, modules) = (Home::from(Crates::default()), Home::Modules(Modules::default()));
        assert_eq!(crates.api("city-weather", 1).to_string(), "city_weather_api");
        assert_eq!(crates.root(2).to_string(), "crate");
        assert_eq!(modules.api("city-weather", 0).to_string(), "super::api");
        assert_eq!(modules.api("city-weather", 1).to_string(), "super::super::api");
        assert_eq!([0, 1, 2].map(|depth| modules.root(depth).to_string()), ["self", "super", "super::super"]);
    }

    #[test]
    fn a_module_has_the_file_where_rust_looks_for_it() {
        let (crates, modules) = (Home::from(Crates::default()), Home::Modules(Modules::default()));
        assert_eq!(crates.file(Role::Api, &[]), "api/src/lib.rs");
        assert_eq!(crates.file(Role::Api, &["types", "desk"]), "api/src/types/desk.rs");
        assert_eq!(modules.file(Role::Api, &[]), "api.rs");
        assert_eq!(modules.file(Role::Api, &["types", "desk"]), "api/types/desk.rs");
    }
}
