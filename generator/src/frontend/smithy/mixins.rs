//! Resolves `mixins` and `apply`, so that every shape has all of its members and traits:
//! <https://smithy.io/2.0/spec/mixins.html>.

use super::Definitions;
use super::ast::{Apply, Ast, AstKind, AstMember, AstShape, Reference};
use super::prelude;
use super::traits::Trait;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::json::Json;
use crate::frontend::limits::{MAX_MEMBERS, limit};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Gives shapes what their mixins have, and what is applied to them.
pub(super) fn flatten<'j>(ast: Ast<'j>, diagnostics: &mut Diagnostics) -> Definitions<'j> {
    let Ast { version, mut shapes, applies, broken } = ast;
    let applies = by_shape(applies, &shapes, &broken, diagnostics);
    let mut flat = BTreeMap::new();
    let mut budget = Budget { left: MAX_MIXED, is_reported: false };
    for id in mixins_first(&shapes, diagnostics) {
        let Some(shape) = shapes.remove(id) else { continue };
        let is_reported = |mixin: &str| broken.contains(mixin) || shapes.contains_key(mixin);
        let mut shape = mix(shape, &flat, is_reported, &mut budget, diagnostics);
        let count = limit(shape.members.len(), MAX_MEMBERS, "members", &shape.place, diagnostics);
        shape.members.truncate(count);
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
    budget: &mut Budget,
    diagnostics: &mut Diagnostics,
) -> AstShape<'j> {
    let mixins: Vec<Reference<'j>> = shape.references("mixins").cloned().collect();
    shape.references.retain(|reference| reference.property != "mixins");
    if mixins.is_empty() {
        return shape;
    }
    let mut mixed = Mixing::new(shape.kind, shape.place.clone());
    for mixin in &mixins {
        match flat.get(mixin.target) {
            Some(found) if !budget.spend(found) => return budget.report(shape, &mixin.place, diagnostics),
            Some(mixin) => mixed.add(mixin, mixin.traits.iter().filter(|it| is_inherited(it, mixin))),
            None if is_reported(mixin.target) => {}
            None => {
                let message = format!("the mixin `{}` is not defined", mixin.target);
                diagnostics.error(&mixin.place, message, "define it, or correct the reference");
            }
        }
    }
    mixed.add(&shape, shape.traits.iter());
    mixed.shape
}

/// How much mixins may add altogether: a few of a few lines each could make more than memory holds.
const MAX_MIXED: usize = 200_000;

/// What of that is left.
struct Budget {
    left: usize,
    is_reported: bool,
}

impl Budget {
    /// Whether there is enough for what a mixin has.
    fn spend(&mut self, mixin: &AstShape<'_>) -> bool {
        let cost = 1 + mixin.members.len() + mixin.references.len() + mixin.rename.len() + mixin.traits.iter().count();
        let left = self.left.checked_sub(cost);
        self.left = left.unwrap_or(0);
        left.is_some()
    }

    /// The shape as it is without its mixins.
    fn report<'j>(&mut self, shape: AstShape<'j>, place: &Place, diagnostics: &mut Diagnostics) -> AstShape<'j> {
        self.left = 0;
        if !std::mem::replace(&mut self.is_reported, true) {
            let message = format!("mixins add more than {MAX_MIXED} members, references and traits altogether");
            diagnostics.error(place, message, "mix in less, or split the model");
        }
        shape
    }
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

/// A shape that mixins are added to, and what it has by now.
struct Mixing<'j> {
    shape: AstShape<'j>,
    members: HashMap<&'j str, usize>,
    references: HashSet<(&'static str, &'j str)>,
}

impl<'j> Mixing<'j> {
    fn new(kind: AstKind, place: Place) -> Self {
        Self { shape: AstShape::new(kind, place), members: HashMap::new(), references: HashSet::new() }
    }

    fn add<'t>(&mut self, part: &AstShape<'j>, traits: impl Iterator<Item = &'t Trait<'j>>)
    where
        'j: 't,
    {
        self.shape.traits.overlay(traits);
        part.members.iter().for_each(|member| self.add_member(member));
        part.references.iter().for_each(|reference| self.add_reference(reference));
        self.shape.version = part.version.or(self.shape.version);
        // Of several names for a shape, the last one counts.
        self.shape.rename.extend(part.rename.iter().cloned());
    }

    fn add_member(&mut self, member: &AstMember<'j>) {
        let known = self.members.get(member.name).and_then(|index| self.shape.members.get_mut(*index));
        if let Some(known) = known {
            let mut traits = std::mem::take(&mut known.traits);
            traits.overlay(member.traits.iter());
            *known = AstMember { traits, ..member.clone() };
        } else {
            self.members.insert(member.name, self.shape.members.len());
            self.shape.members.push(member.clone());
        }
    }

    /// One that is there already stays where it is; of what there is one of alone, the last one counts.
    fn add_reference(&mut self, reference: &Reference<'j>) {
        if reference.is_single() {
            self.shape.references.retain(|known| known.property != reference.property);
        } else if !self.references.insert((reference.property, reference.target)) {
            return;
        }
        self.shape.references.push(reference.clone());
    }
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
