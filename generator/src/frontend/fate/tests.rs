//! What becomes of keys and traits is what their tables say: each of them has a case, a small model that gets it, and what is generated
//! and said with it is compared with what is generated and said without it.

use super::{Fate, Fates};
use crate::Request;
use crate::config::{Crates, ServiceConfig};
use crate::diagnostic::{Diagnostics, Severity};
use crate::ir::Model;
use crate::package::Package;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What comes of a model.
#[derive(Debug, PartialEq)]
pub(crate) struct Outcome {
    package: Option<Package>,
    diagnostics: Diagnostics,
}

impl Outcome {
    /// Reads a model, and generates.
    pub(crate) fn of(read: impl FnOnce(&mut Diagnostics) -> Option<Model>) -> Self {
        let config = ServiceConfig::default();
        let mut diagnostics = Diagnostics::default();
        let key = "desk".parse().unwrap();
        let request = Request { key: &key, folder: "models/desk", config: &config, home: &Crates::default().into() };
        let package = read(&mut diagnostics).and_then(|model| crate::generate(request, model, &mut diagnostics));
        Self { package, diagnostics }
    }

    /// What is said.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &String> {
        self.diagnostics.list.iter().map(|it| &it.message)
    }

    /// What is said here and not there.
    fn said_beside<'s>(&'s self, other: &Self) -> Vec<(Severity, &'s str)> {
        let said = self.diagnostics.list.iter().filter(|it| !other.diagnostics.list.contains(it));
        said.map(|it| (it.severity, it.message.as_str())).collect()
    }
}

/// A case: the model without the name and with it, and with it where it means nothing.
pub(crate) struct Case {
    pub(crate) without: Arc<Outcome>,
    pub(crate) with: Outcome,
    pub(crate) elsewhere: Option<bool>,
}

/// What is wrong with what a table says about a name.
pub(crate) fn objection(name: &str, fate: Fate, case: &Case) -> Option<String> {
    let Case { without, with, elsewhere } = case;
    let without = without.as_ref();
    let said = with.said_beside(without);
    let is_unread = |(_, message): &(Severity, &str)| {
        message.contains("means nothing here") || message.contains("unknown key") || message.contains("unknown trait")
    };
    let is_right = match fate {
        Fate::Used => with != without && !said.iter().any(is_unread),
        Fate::Partly(_) => with != without && !said.iter().any(is_unread) && *elsewhere == Some(true),
        Fate::Harmless(_) => with == without && without.package.is_some(),
        Fate::Warned(_) => {
            let is_warning = matches!(said.as_slice(), [(Severity::Warning, message)] if message.contains(short(name)));
            is_warning && with.package == without.package && with.package.is_some()
        }
        Fate::Refused => {
            let is_error = |(severity, message): &(Severity, &str)| *severity == Severity::Error && message.contains(short(name));
            with.package.is_none() && said.iter().any(is_error)
        }
    };
    (!is_right).then(|| {
        format!("`{name}` is not {fate:?}: the output is {}, and is said: {said:?}", same(with.package == without.package))
    })
}

fn short(name: &str) -> &str {
    name.rsplit('#').next().unwrap_or(name)
}

fn same(is_same: bool) -> &'static str {
    if is_same { "the same" } else { "another" }
}

/// Fails unless each name of a table has a case, and each case a name.
#[track_caller]
pub(crate) fn check_complete(table: Fates, cases: &Value) {
    let names: BTreeSet<&str> = table.iter().map(|(name, _)| *name).collect();
    let cases: BTreeSet<&str> = cases.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names.len(), table.len(), "a name is in the table twice");
    assert_eq!(names.difference(&cases).collect::<Vec<_>>(), [&""; 0], "names without a case");
    assert_eq!(cases.difference(&names).collect::<Vec<_>>(), [&""; 0], "cases without a name");
}
