//! Which enums have one variant that is much larger than all others: clippy warns of them, and nobody who reads a model can change that.
//!
//! They are allowed, and not expected to be warned of: another target or another rustc lays them out in another way.

use crate::rust::layout::{Layout, Layouts};
use crate::rust::plan::{TypeItem, TypeKind};

/// From how many bytes more than this on clippy warns: <https://rust-lang.github.io/rust-clippy/master/#large_enum_variant>.
const LARGE: u64 = 200;

/// Marks the unions among types; gives whether the service's error is one of these enums.
pub(super) fn mark_lopsided(types: &mut [TypeItem]) -> bool {
    let mut layouts = Layouts::new(types);
    let unions = types.iter().map(|item| match &item.kind {
        TypeKind::Union(union) => {
            let unrecognized = Layout::all_of(&[Layout::TEXT, Layout::document()]);
            let variants = union.variants.iter().map(|variant| layouts.of(&variant.field.ty));
            is_lopsided(variants.chain([unrecognized]))
        }
        _ => false,
    });
    let unions: Vec<bool> = unions.collect();
    let errors = types.iter().filter_map(|item| match &item.kind {
        TypeKind::Structure(structure) if structure.error.is_some() => Some(layouts.named(structure.name.as_str())),
        _ => None,
    });
    let errors_are_lopsided = is_lopsided(errors.collect::<Vec<_>>().into_iter().chain([unrecognized_error()]));
    for (item, lopsided) in types.iter_mut().zip(unions) {
        if let TypeKind::Union(union) = &mut item.kind {
            union.lopsided = lopsided;
        }
    }
    errors_are_lopsided
}

/// `UnrecognizedError`, which is larger than `ClientError`: code, status, message, body, and what came with them.
fn unrecognized_error() -> Layout {
    let (status, body) = (Layout::plain(2, 2), Layout::POINTER.optional());
    Layout::all_of(&[Layout::TEXT, status, Layout::TEXT.optional(), body, Layout::ERROR_META])
}

fn is_lopsided(variants: impl Iterator<Item = Layout>) -> bool {
    let mut sizes: Vec<u64> = variants.map(|variant| variant.size).collect();
    sizes.sort_unstable();
    matches!(sizes.as_slice(), [.., second, largest] if largest - second > LARGE)
}
