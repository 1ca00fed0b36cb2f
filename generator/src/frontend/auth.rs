//! What formats say alike about how requests are authenticated.

use crate::diagnostic::{Diagnostics, Place};
use crate::ir::Auth;

/// The scheme of AWS's signatures.
pub(super) const SIGV4: &str = "aws.auth#sigv4";

/// The scheme of tokens.
pub(super) const BEARER: &str = "smithy.api#httpBearerAuth";

/// The scheme that is none.
const NO_AUTH: &str = "smithy.api#noAuth";

/// What a list of schemes comes to: the first that clients know; an empty one is none. `None`, when they know none of them.
pub(super) fn effective(schemes: &[&str]) -> Option<Auth> {
    let known = schemes.iter().find_map(|scheme| match *scheme {
        SIGV4 => Some(Auth::SigV4),
        BEARER => Some(Auth::Bearer),
        NO_AUTH => Some(Auth::Anonymous),
        _ => None,
    });
    if schemes.is_empty() { Some(Auth::Anonymous) } else { known }
}

/// What to do about a service that names no scheme.
pub(super) const NO_SCHEME_HELP: &str =
    "add `aws.auth#sigv4` if that is meant; a service that expects no signature passes it over";

/// Reports that something else is asked for.
pub(super) fn report_scheme(what: &str, place: &Place, diagnostics: &mut Diagnostics) {
    diagnostics.error(
        place,
        format!("not supported yet: {what}"),
        "smithwright's clients know `aws.auth#sigv4`, `smithy.api#httpBearerAuth` and none",
    );
}

/// Reports a name that a signature cannot be made for: it is a part of the credential's scope, between slashes.
pub(super) fn check_signing_name(name: &str, place: &Place, diagnostics: &mut Diagnostics) {
    let is_name = |character: char| character.is_ascii_alphanumeric() || "-._".contains(character);
    if name.is_empty() || !name.chars().all(is_name) {
        let help = "use letters, digits, dots, underscores and hyphens, as in `execute-api`";
        diagnostics.error(place, format!("requests cannot be signed for `{name}`"), help);
    }
}
