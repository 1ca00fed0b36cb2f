//! What differs between two surfaces.

use super::RustChange;
use super::build::{Item, Key, Surface};
use crate::diff::change::Subject;
use crate::diff::policy::Breaks;
use crate::ir::Usage;
use std::collections::BTreeSet;

/// What differs, with the part of the model that it is of, in the order of the items.
pub(in crate::diff) fn compare(old: &Surface<'_>, new: &Surface<'_>) -> Vec<(Subject, RustChange)> {
    let same = |key: &Key<'_>, item: &Item<'_>| new.items.get(key).is_some_and(|other| other.signature == item.signature);
    let changed = old.items.iter().filter(|(key, item)| !same(key, item)).map(|(key, _)| key);
    let added = new.items.keys().filter(|key| !old.items.contains_key(key));
    // Few differ: these alone are put in order.
    let keys: BTreeSet<&Key<'_>> = changed.chain(added).collect();
    keys.into_iter()
        .filter_map(|key| {
            let (before, after) = (old.items.get(key), new.items.get(key));
            let owner = after.or(before)?.owner;
            let usage = merge(old.usage(owner), new.usage(owner));
            Some((owner.subject(), change(key, before, after, usage, new.service)))
        })
        .collect()
}

fn change(key: &Key<'_>, old: Option<&Item<'_>>, new: Option<&Item<'_>>, usage: Usage, service: &str) -> RustChange {
    let of = |minds: bool| if old.is_some() && minds { Breaks::Yes } else { Breaks::No };
    let (callers, implementors) = minds(key, usage);
    RustChange {
        item: path(key, service),
        old: old.map(|item| item.signature.text()),
        new: new.map(|item| item.signature.text()),
        callers: of(callers),
        implementors: of(implementors),
    }
}

/// Whether callers mind that an item changes, and whether implementors do. Values are made by one side of a message; whatever else has a
/// name is used on both sides, but for what the client alone has.
fn minds(key: &Key<'_>, usage: Usage) -> (bool, bool) {
    match key {
        Key::New(_) | Key::Default(_) => (usage.input, usage.output || usage.error),
        Key::Pages(_) | Key::Items(_) | Key::Waiter(_) | Key::Setting(_) | Key::Client(_) => (true, false),
        Key::Trait | Key::Type(_) | Key::Field(..) | Key::Variant(..) | Key::ErrorVariant(_) | Key::Method(_) => (true, true),
    }
}

fn path(key: &Key<'_>, service: &str) -> String {
    match key {
        Key::Trait => format!("trait {service}"),
        Key::Type(name) => (*name).to_owned(),
        Key::Field(name, part) | Key::Variant(name, part) => format!("{name}::{part}"),
        Key::New(name) => format!("{name}::new"),
        Key::Default(name) => format!("{name}: Default"),
        Key::ErrorVariant(name) => format!("Error::{name}"),
        Key::Method(name) => format!("{service}::{name}"),
        Key::Pages(name) => format!("Client::{name}().pages()"),
        Key::Items(name) => format!("Client::{name}().items()"),
        Key::Waiter(name) | Key::Client(name) => format!("Client::{name}"),
        Key::Setting(name) => format!("EndpointSettings::{name}"),
    }
}

fn merge(one: Usage, other: Usage) -> Usage {
    Usage { input: one.input || other.input, output: one.output || other.output, error: one.error || other.error }
}
