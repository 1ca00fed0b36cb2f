//! How requests are authenticated: who asks for something that clients do not know must not get a signature instead.
//!
//! <https://smithy.io/2.0/spec/authentication-traits.html>

use super::Definitions;
use super::ast::AstShape;
use super::traits::{Trait, Traits};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::auth::{BEARER, NO_SCHEME_HELP, SIGV4, effective, report_scheme};
use crate::frontend::json::Json;
use crate::frontend::reader::wrong_type;
use crate::ir::Auth;

/// The schemes that a service can have, in the order in which they count.
const SCHEMES: [&str; 7] = [
    "aws.auth#cognitoUserPools",
    SIGV4,
    // Beside SigV4, it is for endpoints that ask for it.
    "aws.auth#sigv4a",
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    BEARER,
    "smithy.api#httpDigestAuth",
];

/// How a service's requests are authenticated: `auth` says which of its schemes count, or else all of them do.
pub(super) fn lower_service(has_sigv4: bool, traits: &mut Traits<'_>, place: &Place, diagnostics: &mut Diagnostics) -> Auth {
    let others: Vec<Trait<'_>> = SCHEMES.iter().filter(|id| **id != SIGV4).filter_map(|id| traits.take(id)).collect();
    if let Some(auth) = traits.take("auth") {
        return lower_list(&auth, diagnostics).unwrap_or_default();
    }
    let has = |id: &str| if id == SIGV4 { has_sigv4 } else { others.iter().any(|other| other.id == id) };
    let schemes: Vec<&str> = SCHEMES.into_iter().filter(|id| has(id)).collect();
    if schemes.is_empty() {
        let message = "the service does not say how requests are authenticated: the client signs them";
        diagnostics.warning(place, message, NO_SCHEME_HELP);
        return Auth::default();
    }
    let known = effective(&schemes);
    if let (None, Some(other)) = (known, others.first()) {
        report_scheme(&format!("`{}`", other.id), &other.place, diagnostics);
    }
    known.unwrap_or_default()
}

/// Reports a scheme that the model defines itself, of a service that has no other: it must not get a signature instead.
pub(super) fn check_custom_scheme(service: &AstShape<'_>, definitions: &Definitions<'_>, diagnostics: &mut Diagnostics) {
    let is_scheme = |id: &str| definitions.shapes.get(id).is_some_and(|shape| shape.traits.has("authDefinition"));
    let is_settled = ["auth"].iter().chain(&SCHEMES).any(|id| service.traits.has(id));
    if let Some(custom) = service.traits.iter().find(|it| is_scheme(it.id) && !is_settled) {
        report_scheme(&format!("`{}`", custom.id), &custom.place, diagnostics);
    }
}

/// How an operation's requests are authenticated, if it says so itself.
pub(super) fn lower_operation(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<Auth> {
    lower_list(&traits.take("auth")?, diagnostics)
}

fn lower_list(auth: &Trait<'_>, diagnostics: &mut Diagnostics) -> Option<Auth> {
    let Json::Array(schemes) = auth.value else {
        return wrong_type(&auth.place, "an array", auth.value, diagnostics);
    };
    let schemes: Vec<&str> = schemes
        .iter()
        .filter_map(|scheme| match scheme {
            Json::String(id) => Some(&**id),
            _ => None,
        })
        .collect();
    let known = effective(&schemes);
    if known.is_none() {
        report_scheme("`smithy.api#auth` of other schemes alone", &auth.place, diagnostics);
    }
    known
}
