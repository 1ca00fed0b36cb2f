//! How requests are authenticated: who asks for something that clients do not know must not get a signature instead.
//!
//! <https://smithy.io/2.0/spec/authentication-traits.html>

use super::Definitions;
use super::traits::{Trait, Traits};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::auth::{NO_SCHEME_HELP, SIGV4, effective, known};
use crate::frontend::json::Json;
use crate::frontend::reader::{Object, wrong_type};
use crate::ir::{ApiKey, Auth};
use std::collections::BTreeMap;

/// The schemes that Smithy and AWS define, beside SigV4.
const SCHEMES: [&str; 6] = [
    "aws.auth#cognitoUserPools",
    "aws.auth#sigv4a",
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpDigestAuth",
];

/// The schemes of a service, and what they come to.
#[derive(Clone, Debug, Default)]
pub(super) struct Schemes {
    /// What counts for operations that do not say it themselves.
    pub(super) auth: Vec<Auth>,
    /// Those whose names do not say all, by their ids: keys, and the model's own.
    defined: BTreeMap<String, Auth>,
}

impl Schemes {
    /// Reads how a service's requests are authenticated: `auth` says which of its schemes count, or else all of them do, in the order
    /// of their ids.
    pub(super) fn lower(
        has_sigv4: bool,
        traits: &mut Traits<'_>,
        definitions: &Definitions<'_>,
        place: &Place,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let own = definitions.auth_definitions();
        let mut found: Vec<Trait<'_>> = SCHEMES.into_iter().chain(own.iter().copied()).filter_map(|id| traits.take(id)).collect();
        found.sort_by_key(|scheme| scheme.id);
        let mut schemes = Self::default();
        for scheme in &found {
            if let Some(auth) = define(scheme, &own, diagnostics) {
                schemes.defined.insert(scheme.id.to_owned(), auth);
            }
        }
        schemes.auth = schemes.of_service(has_sigv4, &found, traits, place, diagnostics);
        schemes
    }

    fn of_service(
        &self,
        has_sigv4: bool,
        found: &[Trait<'_>],
        traits: &mut Traits<'_>,
        place: &Place,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Auth> {
        if let Some(auth) = traits.take("auth") {
            return self.lower_list(&auth, diagnostics).unwrap_or_else(|| vec![Auth::SigV4]);
        }
        let sigv4 = has_sigv4.then(|| (SIGV4, place.clone()));
        let mut ids: Vec<(&str, Place)> =
            sigv4.into_iter().chain(found.iter().map(|scheme| (scheme.id, scheme.place.clone()))).collect();
        ids.sort_by_key(|(id, _)| *id);
        let Some((_, first)) = ids.first() else {
            let message = "the service does not say how requests are authenticated: the client signs them";
            diagnostics.warning(place, message, NO_SCHEME_HELP);
            return vec![Auth::SigV4];
        };
        let first = first.clone();
        effective(ids, |id| self.find(id), &first, diagnostics).unwrap_or_else(|| vec![Auth::SigV4])
    }

    /// How an operation's requests are authenticated: as it says, or as the service's are; perhaps not at all, when nobody has an
    /// identity.
    pub(super) fn lower_operation(&self, traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Vec<Auth> {
        let own = traits.take("auth").and_then(|auth| self.lower_list(&auth, diagnostics));
        let mut auth = own.unwrap_or_else(|| self.auth.clone());
        if traits.flag("optionalAuth", diagnostics) && !auth.contains(&Auth::Anonymous) {
            auth.push(Auth::Anonymous);
        }
        auth
    }

    fn lower_list(&self, auth: &Trait<'_>, diagnostics: &mut Diagnostics) -> Option<Vec<Auth>> {
        let Json::Array(schemes) = auth.value else {
            return wrong_type(&auth.place, "an array", auth.value, diagnostics);
        };
        let ids = schemes.iter().enumerate().filter_map(|(index, scheme)| match scheme {
            Json::String(id) => Some((&**id, auth.place.child(index))),
            _ => None,
        });
        effective(ids, |id| self.find(id), &auth.place, diagnostics)
    }

    fn find(&self, id: &str) -> Option<Auth> {
        known(id).or_else(|| self.defined.get(id).cloned())
    }
}

/// A scheme whose name does not say all.
fn define(scheme: &Trait<'_>, own: &[&str], diagnostics: &mut Diagnostics) -> Option<Auth> {
    match scheme.id {
        // What is wrong with one is reported: to those who name it, it is there.
        "smithy.api#httpApiKeyAuth" => {
            let nowhere = || ApiKey::Query(String::new());
            Some(Auth::ApiKey(lower_api_key(scheme, diagnostics).unwrap_or_else(nowhere)))
        }
        id if own.contains(&id) => Some(Auth::Custom(id.to_owned())),
        _ => None,
    }
}

fn lower_api_key(scheme: &Trait<'_>, diagnostics: &mut Diagnostics) -> Option<ApiKey> {
    let mut object = Object::new(scheme.value, scheme.place.clone(), diagnostics)?;
    let name = object.required_string("name", diagnostics).map(str::to_owned);
    let prefix = object.string("scheme", diagnostics).map(str::to_owned);
    let place = object.required_string("in", diagnostics);
    let key = match place {
        Some("header") => name.map(|name| ApiKey::Header { name, scheme: prefix }),
        Some("query") if prefix.is_some() => {
            let help = "drop it, or have the key in a header";
            diagnostics.error(&object.at("scheme"), "a key in the query has no `scheme`", help);
            None
        }
        Some("query") => name.map(ApiKey::Query),
        Some(other) => {
            diagnostics.error(&object.at("in"), format!("a key cannot be in `{other}`"), "use `header` or `query`");
            None
        }
        None => None,
    };
    check_key_name(key.as_ref(), &object.at("name"), diagnostics);
    object.finish_read(diagnostics);
    key
}

/// A header has a name that can be one.
fn check_key_name(key: Option<&ApiKey>, place: &Place, diagnostics: &mut Diagnostics) {
    let is_token = |character: char| character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character);
    let is_text = |text: &str| !text.is_empty() && text.chars().all(|it| it.is_ascii_graphic());
    match key {
        Some(ApiKey::Header { name, .. }) if name.is_empty() || !name.chars().all(is_token) => {
            diagnostics.error(place, format!("`{name}` is not the name of a header"), "use letters, digits and hyphens");
        }
        Some(ApiKey::Header { scheme: Some(scheme), .. }) if !is_text(scheme) => {
            diagnostics.error(place, format!("`{scheme}` cannot go before a key"), "use letters, digits and hyphens");
        }
        Some(ApiKey::Query(name)) if name.is_empty() => {
            diagnostics.error(place, "a key in the query without a name", "give it one");
        }
        _ => {}
    }
}
