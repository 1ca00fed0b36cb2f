//! What names stand for where they stand, and types.

use super::path::AttributePath;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Argument, EndpointParameter, ParameterType};

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Boolean,
    String,
    List,
    Url,
    Arn,
    Partition,
}

impl Type {
    /// How messages call it.
    pub(super) fn shown(self) -> &'static str {
        match self {
            Self::Boolean => "a boolean",
            Self::String => "a string",
            Self::List => "an array of strings",
            Self::Url => "a URL's parts",
            Self::Arn => "an ARN's parts",
            Self::Partition => "a partition",
        }
    }

    /// What an attribute is, and whether it may be unset.
    pub(super) fn attribute(self, path: &AttributePath<'_>) -> Option<(Self, bool)> {
        match (self, path.key, path.index) {
            (Self::Partition, "name" | "dnsSuffix" | "dualStackDnsSuffix" | "implicitGlobalRegion", None)
            | (Self::Url, "scheme" | "authority" | "path" | "normalizedPath", None)
            | (Self::Arn, "partition" | "service" | "region" | "accountId", None) => Some((Self::String, false)),
            (Self::Partition, "supportsFIPS" | "supportsDualStack", None) | (Self::Url, "isIp", None) => {
                Some((Self::Boolean, false))
            }
            (Self::Arn, "resourceId", None) => Some((Self::List, false)),
            (Self::Arn, "resourceId", Some(_)) | (Self::List, "", Some(_)) => Some((Self::String, true)),
            _ => None,
        }
    }
}

impl From<ParameterType> for Type {
    fn from(kind: ParameterType) -> Self {
        match kind {
            ParameterType::String => Self::String,
            ParameterType::Boolean => Self::Boolean,
            ParameterType::StringArray => Self::List,
        }
    }
}

/// An argument, and what it gives.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) argument: Argument,
    pub(super) kind: Type,
    /// Whether it may be unset.
    pub(super) optional: bool,
}

/// What is known of a name.
#[derive(Clone, Debug)]
struct Fact {
    name: String,
    kind: Type,
    optional: bool,
}

/// What names stand for, where they stand.
pub(super) struct Scope {
    facts: Vec<Fact>,
    /// Whether something unset may be read anywhere: a condition that reads it does not hold.
    ///
    /// So it is in diagrams. What leads to a node is for whoever made the diagram to know: it may be many ways.
    lenient: bool,
    /// Where it is read.
    position: Position,
}

/// Where something is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// In a condition, which does not hold when it is unset.
    Condition,
    /// In what follows from conditions.
    Result,
}

impl Scope {
    /// The scope of a tree of rules.
    pub(super) fn of_rules(parameters: &[EndpointParameter]) -> Self {
        let facts = parameters.iter().map(|parameter| Fact {
            name: parameter.name.clone(),
            kind: parameter.kind.into(),
            optional: !parameter.required && parameter.default.is_none(),
        });
        Self { facts: facts.collect(), lenient: false, position: Position::Result }
    }

    /// The scope of a diagram.
    pub(super) fn of_diagram(parameters: &[EndpointParameter]) -> Self {
        Self { lenient: true, ..Self::of_rules(parameters) }
    }

    /// Does something in a scope within this one.
    pub(super) fn within<T>(&mut self, inner: impl FnOnce(&mut Self) -> T) -> T {
        let known = self.facts.len();
        let result = inner(self);
        self.facts.truncate(known);
        result
    }

    /// Does something where conditions are read.
    pub(super) fn in_condition<T>(&mut self, inner: impl FnOnce(&Self) -> T) -> T {
        self.position = Position::Condition;
        let result = inner(self);
        self.position = Position::Result;
        result
    }

    /// Learns that a name is set.
    pub(super) fn is_set(&mut self, name: &str) {
        if let Some(fact) = self.find(name).filter(|fact| fact.optional) {
            self.facts.push(Fact { optional: false, ..fact.clone() });
        }
    }

    /// Learns a name. Reports one that is known already; in a diagram, several conditions may assign one, if only one of them counts.
    pub(super) fn assign(&mut self, name: &str, kind: Type, place: &Place, diagnostics: &mut Diagnostics) {
        let known = self.find(name).map(|fact| fact.kind);
        if known.is_some_and(|known| !self.lenient || known != kind) {
            diagnostics.error(place, format!("`{name}` is the name of something else already"), "choose another name");
        }
        if known.is_none() || !self.lenient {
            self.facts.push(Fact { name: name.to_owned(), kind, optional: false });
        }
    }

    /// What a name stands for.
    pub(super) fn name(&self, name: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Typed> {
        let Some(fact) = self.find(name) else {
            let help = "correct the name, add a parameter, or assign it in a condition before";
            diagnostics.error(place, format!("nothing is called `{name}` here"), help);
            return None;
        };
        Some(Typed { argument: Argument::Path(name.to_owned()), kind: fact.kind, optional: fact.optional && !self.lenient })
    }

    /// What an attribute of something is.
    pub(super) fn attribute(&self, kind: Type, path: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<(Type, bool)> {
        let attribute = AttributePath::parse(path).and_then(|path| kind.attribute(&path));
        if attribute.is_none() {
            diagnostics.error(place, format!("{} has no attribute `{path}`", kind.shown()), "correct the path");
        }
        attribute.map(|(kind, optional)| (kind, optional && !self.lenient))
    }

    fn find(&self, name: &str) -> Option<&Fact> {
        self.facts.iter().rev().find(|fact| fact.name == name)
    }
}

impl Typed {
    /// Reports what is of another type.
    pub(super) fn expect(&self, kind: Type, place: &Place, diagnostics: &mut Diagnostics) -> Option<()> {
        if self.kind != kind {
            let message = format!("{} where {} is expected", self.kind.shown(), kind.shown());
            diagnostics.error(place, message, format!("write {}", kind.shown()));
            return None;
        }
        Some(())
    }

    /// Reports what need not be set: a condition does not hold then, and an endpoint cannot be made.
    pub(super) fn expect_set(&self, place: &Place, scope: &Scope, diagnostics: &mut Diagnostics) -> Option<()> {
        if !self.optional {
            return Some(());
        }
        let what = match &self.argument {
            Argument::Path(path) => format!("`{path}`"),
            _ => "what is read".to_owned(),
        };
        let message = format!("{what} need not be set here");
        match scope.position {
            Position::Condition => {
                diagnostics.warning(
                    place,
                    message,
                    "nothing to do, if the condition is not to hold then; otherwise ask `isSet` before",
                );
                Some(())
            }
            Position::Result => {
                let help = "ask `isSet` in a condition before, give it a name there, or use `coalesce`";
                diagnostics.error(place, message, help);
                None
            }
        }
    }
}
