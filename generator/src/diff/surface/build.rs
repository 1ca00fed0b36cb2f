//! The surface of a plan.

use super::signature::{Optional, Signature};
use crate::diff::change::Subject;
use crate::ir::{Model, ShapeId, ShapeKind, Usage};
use crate::rust::names::{Name, Names};
use crate::rust::plan::{
    Constructor, Enumeration, Field, IntegerEnumeration, Operation, Paginator, Plan, Structure, TypeKind, Union,
};
use std::collections::{BTreeMap, HashMap};

/// What an item is called: the type or scope that it is in, and its name there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key<'p> {
    /// The trait.
    Trait,
    /// A name at the API crate's root.
    Type(&'p str),
    /// A field.
    Field(&'p str, &'p str),
    /// The constructor.
    New(&'p str),
    /// `Default`.
    Default(&'p str),
    /// A variant of a union or an enum.
    Variant(&'p str, &'p str),
    /// A variant of `Error`.
    ErrorVariant(&'p str),
    /// A method of the trait, and of the client.
    Method(&'p str),
    /// The pages of an operation.
    Pages(&'p str),
    /// The items of an operation's pages.
    Items(&'p str),
    /// A waiter's method of the client.
    Waiter(&'p str),
    /// A method of the endpoint settings.
    Setting(&'p str),
    /// Another method of the client.
    Client(&'p str),
}

/// An item.
#[derive(Clone, Debug)]
pub(super) struct Item<'p> {
    /// What is said of it.
    pub(super) signature: Signature<'p>,
    /// Which part of the model it is of.
    pub(super) owner: Owner<'p>,
}

/// The part of a model that an item is of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Owner<'p> {
    Service,
    Operation(&'p str),
    Shape(&'p ShapeId),
    Member(&'p ShapeId, &'p str),
    Waiter(&'p str),
}

impl Owner<'_> {
    pub(super) fn subject(self) -> Subject {
        match self {
            Self::Service => Subject::Service,
            Self::Operation(name) => Subject::Operation(name.to_owned()),
            Self::Shape(id) => Subject::Shape(id.clone()),
            Self::Member(id, member) => Subject::Member(id.clone(), member.to_owned()),
            Self::Waiter(name) => Subject::Waiter(name.to_owned()),
        }
    }
}

/// What programs can name in the crates of a plan.
pub(in crate::diff) struct Surface<'p> {
    pub(super) items: HashMap<Key<'p>, Item<'p>>,
    pub(super) service: &'p str,
    model: &'p Model,
}

impl<'p> Surface<'p> {
    /// The surface of what is planned of a model, with these names.
    pub(in crate::diff) fn of(plan: &'p Plan, model: &'p Model, names: Names<'_>) -> Self {
        let mut surface = Self { items: HashMap::new(), service: plan.service.name.as_str(), model };
        let ids = TypeIds::of(model, names);
        surface.add_service(plan);
        plan.operations.iter().for_each(|operation| surface.add_operation(operation, &ids));
        for item in &plan.types {
            let name = item.kind.name().as_str();
            let Some(id) = ids.0.get(name).copied() else { continue };
            match &item.kind {
                TypeKind::Structure(structure) => surface.add_structure(structure, Owner::Shape(id)),
                TypeKind::Union(union) => surface.add_union(union, id),
                TypeKind::Enumeration(enumeration) => surface.add_enumeration(enumeration, id),
                TypeKind::IntegerEnumeration(enumeration) => surface.add_integer_enumeration(enumeration, id, model),
            }
        }
        for error in &plan.errors {
            let owner = ids.0.get(error.exception.as_str()).map_or(Owner::Service, |id| Owner::Shape(id));
            surface.add(Key::ErrorVariant(error.variant.as_str()), Signature::ErrorVariant(error.exception.as_str()), owner);
        }
        for waiter in &plan.waiters {
            let signature = Signature::Wait(waiter.request.as_str());
            surface.add(Key::Waiter(waiter.method.as_str()), signature, Owner::Waiter(&waiter.name));
        }
        surface
    }

    /// Where operations reach what an item is of.
    pub(super) fn usage(&self, owner: Owner<'_>) -> Usage {
        match owner {
            Owner::Shape(id) | Owner::Member(id, _) => self.model.shapes.get(id).map(|shape| shape.usage).unwrap_or_default(),
            // A message without a shape.
            Owner::Operation(_) => Usage { input: true, ..Usage::default() },
            Owner::Service | Owner::Waiter(_) => Usage { input: true, output: true, error: true },
        }
    }

    fn add(&mut self, key: Key<'p>, signature: Signature<'p>, owner: Owner<'p>) {
        self.items.insert(key, Item { signature, owner });
    }

    fn add_service(&mut self, plan: &'p Plan) {
        let service = &plan.service;
        self.add(Key::Trait, Signature::Named(self.service), Owner::Service);
        let settings = service.endpoint.iter().flat_map(|endpoint| &endpoint.settings);
        for setting in settings {
            self.add(Key::Setting(setting.field.as_str()), Signature::Present(setting_text(setting.kind)), Owner::Service);
        }
        for name in exports(plan) {
            self.add(Key::Type(name), Signature::Present("of the runtime"), Owner::Service);
        }
        let identities = &service.identities;
        for (method, is_there) in [("with_api_key", identities.api_key), ("with_login", identities.login)] {
            if is_there {
                self.add(Key::Client(method), Signature::Present("method"), Owner::Service);
            }
        }
        for signer in &identities.signers {
            self.add(Key::Client(signer.method.as_str()), Signature::Present("method"), Owner::Service);
        }
    }

    fn add_operation(&mut self, operation: &'p Operation, ids: &TypeIds<'p>) {
        let owner = Owner::Operation(&operation.name);
        let (method, request) = (operation.method.as_str(), operation.request.name.as_str());
        self.add(Key::Method(method), Signature::Method(request, operation.response.name.as_str()), owner);
        for structure in [&operation.request, &operation.response] {
            let owner = ids.0.get(structure.name.as_str()).map_or(owner, |id| Owner::Shape(id));
            self.add_structure(structure, owner);
        }
        if let Some(paginator) = &operation.paginator {
            self.add(Key::Pages(method), Signature::Present("pages"), owner);
            let item = match paginator {
                Paginator::Plain(plain) => Some(&plain.item),
                Paginator::Unusual(unusual) => unusual.items.as_ref().map(|items| &items.item),
            };
            if let Some(item) = item {
                self.add(Key::Items(method), Signature::Items(item), owner);
            }
        }
    }

    fn add_structure(&mut self, structure: &'p Structure, owner: Owner<'p>) {
        let name = structure.name.as_str();
        self.add(Key::Type(name), Signature::Present("structure"), owner);
        let part = |field: &'p Field| match owner {
            Owner::Shape(id) => Owner::Member(id, &field.member),
            other => other,
        };
        for field in &structure.fields {
            let signature = Signature::Field(&field.ty, Optional::of(field));
            self.add(Key::Field(name, field.name.as_str()), signature, part(field));
        }
        let mut required: Vec<(&str, &_)> = structure.required().map(|field| (field.name.as_str(), &field.ty)).collect();
        if required.is_empty() {
            self.add(Key::Default(name), Signature::Present("Default"), owner);
        }
        let new = match &structure.constructor {
            Constructor::Default => return,
            Constructor::Positional => Signature::New(required),
            Constructor::Literal(members) => {
                let has_debug = !structure.required().any(|field| field.sensitive);
                // Fields of a literal have no order.
                required.sort_unstable_by_key(|(name, _)| *name);
                Signature::NewOfLiteral(members.as_str(), required, has_debug)
            }
            Constructor::Exception(message) => {
                let is_message = |field: &&Field| message.as_ref() == Some(&field.name);
                let first = structure.fields.iter().find(is_message).map(|field| (field.name.as_str(), &field.ty));
                let others = structure.required().filter(|field| !is_message(field));
                Signature::New(first.into_iter().chain(others.map(|field| (field.name.as_str(), &field.ty))).collect())
            }
        };
        self.add(Key::New(name), new, owner);
    }

    fn add_union(&mut self, union: &'p Union, id: &'p ShapeId) {
        let name = union.name.as_str();
        self.add(Key::Type(name), Signature::Present("union"), Owner::Shape(id));
        for variant in &union.variants {
            let owner = Owner::Member(id, &variant.field.member);
            self.add(Key::Variant(name, variant.name.as_str()), Signature::Variant(&variant.field.ty), owner);
        }
    }

    fn add_enumeration(&mut self, enumeration: &'p Enumeration, id: &'p ShapeId) {
        let name = enumeration.name.as_str();
        self.add(Key::Type(name), Signature::Present("enum"), Owner::Shape(id));
        for (variant, value) in enumeration.values.iter().chain(&enumeration.internal) {
            self.add(Key::Variant(name, variant.as_str()), Signature::Present("variant"), Owner::Member(id, value));
        }
    }

    fn add_integer_enumeration(&mut self, enumeration: &'p IntegerEnumeration, id: &'p ShapeId, model: &'p Model) {
        let name = enumeration.name.as_str();
        self.add(Key::Type(name), Signature::Present("enum of integers"), Owner::Shape(id));
        let values = match model.shapes.get(id).map(|shape| &shape.kind) {
            Some(ShapeKind::IntegerEnumeration(enumeration)) => enumeration.values.as_slice(),
            _ => &[],
        };
        for ((variant, _), value) in enumeration.values.iter().zip(values) {
            self.add(Key::Variant(name, variant.as_str()), Signature::Present("variant"), Owner::Member(id, &value.name));
        }
    }
}

/// What the API crate offers of the runtime's.
fn exports(plan: &Plan) -> Vec<&str> {
    match &plan.service.exports {
        Some(names) => names.iter().map(Name::as_str).collect(),
        None => crate::rust::runtime_exports(plan.service.events).collect(),
    }
}

fn setting_text(kind: crate::ir::ParameterType) -> &'static str {
    match kind {
        crate::ir::ParameterType::String => "text",
        crate::ir::ParameterType::Boolean => "a boolean",
        crate::ir::ParameterType::StringArray => "texts",
    }
}

/// Shapes by the names of their types, as the planner claims them.
struct TypeIds<'p>(BTreeMap<String, &'p ShapeId>);

impl<'p> TypeIds<'p> {
    fn of(model: &'p Model, names: Names<'_>) -> Self {
        let has_type = |kind: &ShapeKind| !matches!(kind, ShapeKind::Scalar(_) | ShapeKind::List(_) | ShapeKind::Map(_));
        let shapes = model.shapes.iter().filter(|(_, shape)| has_type(&shape.kind));
        Self(shapes.map(|(id, _)| (Name::new(&names.shape(&id.0)).as_str().to_owned(), id)).collect())
    }
}
