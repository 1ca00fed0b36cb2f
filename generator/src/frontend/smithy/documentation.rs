//! `smithy.api#documentation` and `smithy.api#deprecated`.

use super::traits::Traits;
use crate::diagnostic::Diagnostics;
use crate::frontend::fate::{Fate, PROSE};
use crate::frontend::reader::Object;
use crate::ir::Documentation;

/// Prose and deprecation, of anything that has them.
pub(super) fn lower_documentation(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Documentation {
    let text = traits.string("documentation", diagnostics).map(|(text, _)| text.trim().to_owned());
    let mut deprecation = traits.object("deprecated", diagnostics);
    let deprecated = deprecation.is_some();
    let deprecated_since = deprecation.as_mut().and_then(|object| object.string("since", diagnostics)).map(str::to_owned);
    if let Some(object) = deprecation {
        finish_deprecation(object, diagnostics);
    }
    Documentation { text: text.filter(|text| !text.is_empty()), deprecated, deprecated_since }
}

fn finish_deprecation(object: Object<'_, '_>, diagnostics: &mut Diagnostics) {
    object.finish(&[("since", Fate::Used), ("message", PROSE)], diagnostics);
}
