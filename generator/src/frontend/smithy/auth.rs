//! How requests are authenticated: a client signs them, so who asks for something else must not get that.
//!
//! <https://smithy.io/2.0/spec/authentication-traits.html>

use super::traits::{Trait, Traits};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::auth::{NO_SCHEME_HELP, SIGV4, report_scheme};
use crate::frontend::json::Json;
use crate::frontend::reader::wrong_type;

/// The other schemes that a service can have.
const OTHER_SCHEMES: [&str; 6] = [
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpDigestAuth",
    "aws.auth#cognitoUserPools",
    // Beside SigV4, it is for endpoints that ask for it.
    "aws.auth#sigv4a",
];

/// Reports a service whose requests cannot be signed: `auth` says which of its schemes counts, or else all of them do.
pub(super) fn check_service(has_sigv4: bool, traits: &mut Traits<'_>, place: &Place, diagnostics: &mut Diagnostics) {
    let others: Vec<Trait<'_>> = OTHER_SCHEMES.iter().filter_map(|id| traits.take(id)).collect();
    match traits.take("auth") {
        Some(auth) => check_list(&auth, diagnostics),
        None if has_sigv4 => {}
        None => match others.first() {
            Some(other) => report_scheme(&format!("`{}`", other.id), &other.place, diagnostics),
            None => {
                let message = "the service does not say how requests are authenticated: the client signs them";
                diagnostics.warning(place, message, NO_SCHEME_HELP);
            }
        },
    }
}

/// Reports an operation whose requests must not be signed.
pub(super) fn check_operation(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) {
    if let Some(auth) = traits.take("auth") {
        check_list(&auth, diagnostics);
    }
}

fn check_list(auth: &Trait<'_>, diagnostics: &mut Diagnostics) {
    let Json::Array(schemes) = auth.value else {
        return wrong_type(&auth.place, "an array", auth.value, diagnostics).unwrap_or_default();
    };
    if !schemes.iter().any(|scheme| matches!(scheme, Json::String(id) if id == SIGV4)) {
        report_scheme("`smithy.api#auth` without `aws.auth#sigv4`", &auth.place, diagnostics);
    }
}
