//! What formats say alike about how requests are authenticated.

use crate::diagnostic::{Diagnostics, Place};
use crate::ir::Auth;

/// The scheme of AWS's signatures.
pub(super) const SIGV4: &str = "aws.auth#sigv4";

/// The scheme of AWS's signatures for several regions: beside [`SIGV4`], it is for endpoints that ask for it.
const SIGV4A: &str = "aws.auth#sigv4a";

/// The scheme that is none.
const NO_AUTH: &str = "smithy.api#noAuth";

/// The schemes that say all by their names.
const KNOWN: [(&str, Auth); 5] = [
    (SIGV4, Auth::SigV4),
    ("smithy.api#httpBearerAuth", Auth::Bearer),
    ("smithy.api#httpBasicAuth", Auth::Basic),
    ("smithy.api#httpDigestAuth", Auth::Digest),
    (NO_AUTH, Auth::Anonymous),
];

/// What clients know.
const KNOWN_HELP: &str = "smithwright's clients know `aws.auth#sigv4`, `smithy.api#httpApiKeyAuth`, `smithy.api#httpBasicAuth`, \
                          `smithy.api#httpBearerAuth`, `smithy.api#httpDigestAuth`, `smithy.api#noAuth`, and schemes that the model \
                          defines (`smithy.api#authDefinition`)";

/// The scheme of an id that says all.
pub(super) fn known(id: &str) -> Option<Auth> {
    KNOWN.into_iter().find(|(known, _)| *known == id).map(|(_, auth)| auth)
}

/// What a list of schemes comes to, each with its place: those that clients know, in its order; an empty one is none. `None`, which is
/// reported, when they know none of them.
pub(super) fn effective<'s>(
    schemes: impl IntoIterator<Item = (&'s str, Place)>,
    find: impl Fn(&str) -> Option<Auth>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Auth>> {
    let (mut effective, mut unknown) = (Vec::new(), Vec::new());
    let mut is_empty = true;
    for (id, place) in schemes {
        is_empty = false;
        match find(id) {
            Some(auth) if effective.contains(&auth) => {}
            Some(auth) => effective.push(auth),
            None => unknown.push((id, place)),
        }
    }
    if is_empty {
        return Some(vec![Auth::Anonymous]);
    }
    if effective.is_empty() {
        let ids: Vec<String> = unknown.iter().map(|(id, _)| format!("`{id}`")).collect();
        diagnostics.error(place, format!("not supported yet: authentication by {} alone", ids.join(", ")), KNOWN_HELP);
        return None;
    }
    for (id, place) in unknown.into_iter().filter(|(id, _)| *id != SIGV4A) {
        diagnostics.warning(
            &place,
            format!("not supported yet: authentication by `{id}`"),
            format!("nothing to do: it is passed over, and the others count; {KNOWN_HELP}"),
        );
    }
    Some(effective)
}

/// What to do about a service that names no scheme.
pub(super) const NO_SCHEME_HELP: &str =
    "add `aws.auth#sigv4` if that is meant; a service that expects no signature passes it over";

/// Reports a name that a signature cannot be made for: it is a part of the credential's scope, between slashes.
pub(super) fn check_signing_name(name: &str, place: &Place, diagnostics: &mut Diagnostics) {
    let is_name = |character: char| character.is_ascii_alphanumeric() || "-._".contains(character);
    if name.is_empty() || !name.chars().all(is_name) {
        let help = "use letters, digits, dots, underscores and hyphens, as in `execute-api`";
        diagnostics.error(place, format!("requests cannot be signed for `{name}`"), help);
    }
}
