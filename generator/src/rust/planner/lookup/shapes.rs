//! The planned structures, by name.

use crate::rust::names::TypeName;
use crate::rust::plan::{Field, Operation, Structure, TypeItem, TypeKind};
use std::collections::{BTreeMap, BTreeSet};

/// What expressions are looked up in.
pub(in crate::rust::planner) struct Shapes<'p> {
    structures: BTreeMap<&'p TypeName, &'p Structure>,
    integer_enumerations: BTreeSet<&'p TypeName>,
}

impl<'p> Shapes<'p> {
    /// The structures of a plan.
    pub(in crate::rust::planner) fn new(operations: &'p [Operation], types: &'p [TypeItem]) -> Self {
        let messages = operations.iter().flat_map(|operation| [&operation.request, &operation.response]);
        let nested = types.iter().filter_map(|item| match &item.kind {
            TypeKind::Structure(structure) => Some(structure),
            _ => None,
        });
        let integer_enumerations = types.iter().filter_map(|item| match &item.kind {
            TypeKind::IntegerEnumeration(enumeration) => Some(&enumeration.name),
            _ => None,
        });
        Self {
            structures: messages.chain(nested).map(|structure| (&structure.name, structure)).collect(),
            integer_enumerations: integer_enumerations.collect(),
        }
    }

    /// A member of a structure.
    pub(super) fn field(&self, structure: &TypeName, member: &str) -> Option<&'p Field> {
        self.structures.get(structure)?.fields.iter().find(|field| field.member == member)
    }

    /// Whether an enum is one of integers.
    pub(super) fn is_of_integers(&self, enumeration: &TypeName) -> bool {
        self.integer_enumerations.contains(enumeration)
    }
}
