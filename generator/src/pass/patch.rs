//! Corrects the model where `models.toml` says so.

use crate::config::{Patch, ServiceConfig};
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Model, Pattern, Shape, ShapeId};

/// Applies the patches of a service.
pub(super) fn apply(model: &mut Model, config: &ServiceConfig, diagnostics: &mut Diagnostics) {
    for (name, patch) in &config.patch {
        let place = config.place.child("patch").child(name);
        match model.shapes.get_mut(&ShapeId::from(name.as_str())) {
            Some(shape) => patch_shape(shape, patch, &place, diagnostics),
            None => {
                let help = "correct the name, or drop the patch";
                diagnostics.error(&place, format!("a patch for `{name}`, which is no shape of the model"), help);
            }
        }
    }
}

fn patch_shape(shape: &mut Shape, patch: &Patch, place: &Place, diagnostics: &mut Diagnostics) {
    let Some(regex) = &patch.pattern else { return };
    let pattern = &mut shape.constraints.pattern;
    let Some(Pattern { regex: old, whole }) = pattern else {
        diagnostics.error(place, "a patch of the pattern of a shape that has none", "drop the patch");
        return;
    };
    if old == regex {
        diagnostics.warning(place, "a patch that changes nothing: the model is correct by now", "drop the patch");
    }
    let whole = *whole;
    *pattern = (!regex.is_empty()).then(|| Pattern { regex: regex.clone(), whole });
}
