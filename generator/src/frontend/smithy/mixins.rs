//! Resolves `mixins` and `apply`, so that every shape has all of its members and traits:
//! <https://smithy.io/2.0/spec/mixins.html>.

use super::Definitions;
use super::ast::{Apply, Ast, AstMember, AstShape, Reference};
use super::prelude;
use super::traits::Trait;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::json::Json;
use std::collections::{BTreeMap, BTreeSet};

/// Gives shapes what their mixins have, and what is applied to them.
pub(super) fn flatten<'j>(ast: Ast<'j>, diagnostics: &mut Diagnostics) -> Definitions<'j> {
    let Ast { version, mut shapes, applies, broken } = ast;
    let applies = by_shape(applies, &shapes, &broken, diagnostics);
    let mut flat = BTreeMap::new();
    for id in mixins_first(&shapes, diagnostics) {
        let Some(shape) = shapes.remove(id) else { continue };
        let is_reported = |mixin: &str| broken.contains(mixin) || shapes.contains_key(mixin);
        let mut shape = mix(shape, &flat, is_reported, diagnostics);
        for apply in applies.get(id).into_iter().flatten() {
            apply_traits(apply, &mut shape, diagnostics);
        }
        flat.insert(id, shape);
    }
    Definitions { version, shapes: flat, broken }
}

fn by_shape<'j>(
    applies: Vec<Apply<'j>>,
    shapes: &BTreeMap<&'j str, AstShape<'j>>,
    broken: &BTreeSet<&'j str>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<&'j str, Vec<Apply<'j>>> {
    let mut sorted = BTreeMap::<_, Vec<_>>::new();
    for apply in applies {
        let is_prelude = apply.shape.split_once('#').is_some_and(|(namespace, _)| namespace == prelude::NAMESPACE);
        if !shapes.contains_key(apply.shape) && !broken.contains(apply.shape) {
            let message = match is_prelude {
                true => format!("not supported yet: traits for `{}`", apply.shape),
                false => format!("traits for `{}`, which is not defined", apply.shape),
            };
            diagnostics.error(&apply.place, message, "define a shape with them, or drop the `apply`");
        }
        sorted.entry(apply.shape).or_default().push(apply);
    }
    sorted
}

/// The ids of all shapes, each after its mixins. A stack of our own: mixins may nest deeper than a thread's.
fn mixins_first<'j>(shapes: &BTreeMap<&'j str, AstShape<'j>>, diagnostics: &mut Diagnostics) -> Vec<&'j str> {
    let mut order = Vec::new();
    let mut open = BTreeSet::new();
    let mut done = BTreeSet::new();
    for root in shapes.keys().copied() {
        let mut stack = vec![root];
        while let Some(id) = stack.last().copied() {
            let is_new = !done.contains(id) && open.insert(id);
            let mixins = shapes.get(id).into_iter().filter(|_| is_new).flat_map(|shape| shape.references("mixins"));
            let before = stack.len();
            for mixin in mixins {
                if open.contains(mixin.target) {
                    report_cycle(mixin, diagnostics);
                } else if !done.contains(mixin.target) {
                    stack.push(mixin.target);
                }
            }
            if stack.len() == before {
                stack.pop();
                open.remove(id);
                if done.insert(id) {
                    order.push(id);
                }
            }
        }
    }
    order
}

fn report_cycle(mixin: &Reference<'_>, diagnostics: &mut Diagnostics) {
    let message = format!("`{}` is mixed into itself", mixin.target);
    diagnostics.error(&mixin.place, message, "drop one of the mixins of the cycle");
}

/// What mixins have comes first; what the shape itself says about it goes before. Of some mixins that are not there it is
/// reported already why: they could not be read, or are part of a cycle.
fn mix<'j>(
    mut shape: AstShape<'j>,
    flat: &BTreeMap<&'j str, AstShape<'j>>,
    is_reported: impl Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> AstShape<'j> {
    let mixins: Vec<Reference<'j>> = shape.references("mixins").cloned().collect();
    shape.references.retain(|reference| reference.property != "mixins");
    if mixins.is_empty() {
        return shape;
    }
    let mut mixed = AstShape::new(shape.kind, shape.place.clone());
    for mixin in &mixins {
        match flat.get(mixin.target) {
            Some(mixin) => add(&mut mixed, mixin, mixin.traits.iter().filter(|it| is_inherited(it, mixin))),
            None if is_reported(mixin.target) => {}
            None => {
                let message = format!("the mixin `{}` is not defined", mixin.target);
                diagnostics.error(&mixin.place, message, "define it, or correct the reference");
            }
        }
    }
    add(&mut mixed, &shape, shape.traits.iter());
    mixed
}

/// Whether a mixin's users get a trait that it has.
fn is_inherited(candidate: &Trait<'_>, mixin: &AstShape<'_>) -> bool {
    let Some(definition) = mixin.traits.get("mixin") else { return true };
    let local = match definition.value {
        Json::Object(entries) => entries.iter().find(|(key, _)| key == "localTraits").map(|(_, value)| value),
        _ => None,
    };
    let is_local = match local {
        Some(Json::Array(ids)) => ids.iter().any(|id| matches!(id, Json::String(id) if id == candidate.id)),
        _ => false,
    };
    candidate.id != definition.id && !is_local
}

fn add<'j: 't, 't>(mixed: &mut AstShape<'j>, part: &AstShape<'j>, traits: impl Iterator<Item = &'t Trait<'j>>) {
    mixed.traits.overlay(traits);
    for member in &part.members {
        add_member(mixed, member);
    }
    for reference in &part.references {
        add_reference(mixed, reference);
    }
    mixed.version = part.version.or(mixed.version);
    for rename in &part.rename {
        mixed.rename.retain(|known| known.shape != rename.shape);
        mixed.rename.push(rename.clone());
    }
}

fn add_member<'j>(mixed: &mut AstShape<'j>, member: &AstMember<'j>) {
    match mixed.members.iter_mut().find(|known| known.name == member.name) {
        Some(known) => {
            let mut traits = std::mem::take(&mut known.traits);
            traits.overlay(member.traits.iter());
            *known = AstMember { traits, ..member.clone() };
        }
        None => mixed.members.push(member.clone()),
    }
}

fn add_reference<'j>(mixed: &mut AstShape<'j>, reference: &Reference<'j>) {
    let is_replaced = |known: &Reference<'_>| {
        known.property == reference.property && (reference.is_single() || known.target == reference.target)
    };
    mixed.references.retain(|known| !is_replaced(known));
    mixed.references.push(reference.clone());
}

fn apply_traits<'j>(apply: &Apply<'j>, shape: &mut AstShape<'j>, diagnostics: &mut Diagnostics) {
    let Some(name) = apply.member else {
        shape.traits.overlay(apply.traits.iter());
        return;
    };
    match shape.members.iter_mut().find(|member| member.name == name) {
        Some(member) => member.traits.overlay(apply.traits.iter()),
        None => report_no_member(apply.shape, name, &apply.place, diagnostics),
    }
}

fn report_no_member(shape: &str, name: &str, place: &Place, diagnostics: &mut Diagnostics) {
    let message = format!("traits for the member `{name}`, which `{shape}` does not have");
    diagnostics.error(place, message, "correct the name, or drop the `apply`");
}
