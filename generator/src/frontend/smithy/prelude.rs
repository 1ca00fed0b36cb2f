//! The prelude, which no file repeats: <https://smithy.io/2.0/spec/model.html#prelude>.

use super::ast::{AstKind, AstShape};
use crate::diagnostic::Place;
use crate::ir::Scalar;
use std::collections::BTreeMap;

/// The namespace of the prelude.
pub(super) const NAMESPACE: &str = "smithy.api";

/// The shape that says "nothing".
pub(super) const UNIT: &str = "smithy.api#Unit";

const SCALARS: [(&str, Scalar); 21] = [
    ("smithy.api#BigDecimal", Scalar::BigDecimal),
    ("smithy.api#BigInteger", Scalar::BigInteger),
    ("smithy.api#Blob", Scalar::Blob),
    ("smithy.api#Boolean", Scalar::Boolean),
    ("smithy.api#Byte", Scalar::Byte),
    ("smithy.api#Document", Scalar::Document),
    ("smithy.api#Double", Scalar::Double),
    ("smithy.api#Float", Scalar::Float),
    ("smithy.api#Integer", Scalar::Integer),
    ("smithy.api#Long", Scalar::Long),
    ("smithy.api#PrimitiveBoolean", Scalar::Boolean),
    ("smithy.api#PrimitiveByte", Scalar::Byte),
    ("smithy.api#PrimitiveDouble", Scalar::Double),
    ("smithy.api#PrimitiveFloat", Scalar::Float),
    ("smithy.api#PrimitiveInteger", Scalar::Integer),
    ("smithy.api#PrimitiveLong", Scalar::Long),
    ("smithy.api#PrimitiveShort", Scalar::Short),
    ("smithy.api#Short", Scalar::Short),
    ("smithy.api#String", Scalar::String),
    ("smithy.api#Timestamp", Scalar::Timestamp(None)),
    (UNIT, Scalar::Unit),
];

/// Whether a shape is one of the prelude's that are boxed in version 1.0: all that are not called primitive.
pub(super) fn is_boxed(id: &str) -> bool {
    let name = id.split_once('#').filter(|(namespace, _)| *namespace == NAMESPACE).map(|(_, name)| name);
    name.is_some_and(|name| !name.starts_with("Primitive"))
}

/// Adds the prelude's shapes.
pub(super) fn add(shapes: &mut BTreeMap<&str, AstShape<'_>>) {
    for (id, scalar) in SCALARS {
        shapes.entry(id).or_insert_with(|| AstShape::new(AstKind::Simple(scalar), Place::file(NAMESPACE).child(id)));
    }
}
