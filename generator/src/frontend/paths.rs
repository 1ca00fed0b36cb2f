//! Expressions that a model says: JMESPath, or a warning.

use super::jmespath;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::jmespath::Expression;

/// Reads an expression. What is none is warned of: whoever asks can do without.
pub(super) fn lower_expression(text: &str, place: &Place, help: &str, diagnostics: &mut Diagnostics) -> Option<Expression> {
    jmespath::parse(text).map_err(|error| diagnostics.warning(place, format!("in the expression `{text}`: {error}"), help)).ok()
}
