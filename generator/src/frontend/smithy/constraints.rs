//! Constraint traits: <https://smithy.io/2.0/spec/constraint-traits.html>.

use super::ast::AstKind;
use super::traits::Traits;
use crate::diagnostic::Diagnostics;
use crate::frontend::bounds::{is_number, lower_length, lower_range};
use crate::ir::{Constraints, Length, Pattern, Range, Scalar};

/// The constraints that a member can have itself, instead of the shape that it targets.
pub(super) const ON_MEMBERS: [&str; 5] = ["length", "pattern", "range", "sensitive", "uniqueItems"];

/// Lowers the constraints that a kind of shape can have.
pub(super) fn lower_constraints(kind: AstKind, traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Constraints {
    let mut constraints = Constraints::default();
    match kind {
        AstKind::Simple(Scalar::String) | AstKind::Enum => {
            constraints.length = length(traits, diagnostics);
            constraints.pattern = pattern(traits, diagnostics);
        }
        AstKind::Simple(Scalar::Blob) | AstKind::Map => constraints.length = length(traits, diagnostics),
        AstKind::List | AstKind::Set => {
            constraints.length = length(traits, diagnostics);
            constraints.unique_items = traits.flag("uniqueItems", diagnostics) || kind == AstKind::Set;
        }
        AstKind::IntEnum => constraints.range = range(Scalar::Integer, traits, diagnostics),
        AstKind::Simple(scalar) if is_number(scalar) => constraints.range = range(scalar, traits, diagnostics),
        _ => {}
    }
    constraints
}

fn length(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<Length> {
    let mut object = traits.object("length", diagnostics)?;
    let length = lower_length(&mut object, diagnostics);
    object.finish_read(diagnostics);
    length
}

fn range(kind: Scalar, traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<Range> {
    let mut object = traits.object("range", diagnostics)?;
    let range = lower_range(kind, &mut object, diagnostics);
    object.finish_read(diagnostics);
    range
}

/// A pattern of Smithy matches a part of the value, unless it is anchored.
fn pattern(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<Pattern> {
    let (regex, _) = traits.string("pattern", diagnostics)?;
    Some(Pattern { regex: regex.to_owned(), whole: false })
}
