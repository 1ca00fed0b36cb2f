//! The protocol that `models.toml` asks for.

use crate::diagnostic::{Diagnostics, Place};
use crate::ir::Protocol;

/// The protocol of an id, or of a name without its namespace; reports any other.
pub(super) fn find_protocol(wanted: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Protocol> {
    let is_wanted = |protocol: &Protocol| [protocol.definition().id, protocol.definition().name()].contains(&wanted);
    let found = Protocol::ALL.into_iter().find(is_wanted);
    if found.is_none() {
        diagnostics.error(place, format!("the protocol `{wanted}` is not supported"), known_protocols());
    }
    found
}

/// What can be asked for.
pub(super) fn known_protocols() -> String {
    let names: Vec<String> = Protocol::ALL.iter().map(|known| format!("`{}`", known.definition().name())).collect();
    format!("smithwright knows {}", names.join(", "))
}
