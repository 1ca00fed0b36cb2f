//! What formats say alike about how requests are authenticated.

use crate::diagnostic::{Diagnostics, Place};

/// The scheme that clients know.
pub(super) const SIGV4: &str = "aws.auth#sigv4";

/// What to do about a service that names no scheme.
pub(super) const NO_SCHEME_HELP: &str =
    "add `aws.auth#sigv4` if that is meant; a service that expects no signature passes it over";

/// Reports that something else is asked for.
pub(super) fn report_scheme(what: &str, place: &Place, diagnostics: &mut Diagnostics) {
    diagnostics.error(place, format!("not supported yet: {what}"), "smithwright's clients sign requests with `aws.auth#sigv4`");
}

/// Reports a name that a signature cannot be made for: it is a part of the credential's scope, between slashes.
pub(super) fn check_signing_name(name: &str, place: &Place, diagnostics: &mut Diagnostics) {
    let is_name = |character: char| character.is_ascii_alphanumeric() || "-._".contains(character);
    if name.is_empty() || !name.chars().all(is_name) {
        let help = "use letters, digits, dots, underscores and hyphens, as in `execute-api`";
        diagnostics.error(place, format!("requests cannot be signed for `{name}`"), help);
    }
}
