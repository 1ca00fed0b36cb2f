//! Endpoints: URL, properties, auth schemes and headers.

use super::calls::lower_text;
use super::report_unsupported;
use super::rules::lower_key;
use super::scope::Scope;
use super::template::{check_template, is_literal};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::auth::check_signing_name;
use crate::frontend::json::{Entry, Json};
use crate::frontend::reader::{Object, wrong_type};
use crate::ir::{Argument, AuthScheme, Endpoint, Property};

/// The property that is not one like the others.
const AUTH_SCHEMES: &str = "authSchemes";

pub(super) fn lower_endpoint(mut endpoint: Object<'_, '_>, scope: &Scope, diagnostics: &mut Diagnostics) -> Option<Endpoint> {
    let url = lower_key("url", &mut endpoint, scope, diagnostics);
    let properties = endpoint.object("properties", diagnostics);
    let mut properties = properties.map(Object::into_entries);
    let (auth_schemes, properties) = match &mut properties {
        Some((place, entries)) => {
            let others = lower_entries(entries.iter().filter(|(name, _)| name != AUTH_SCHEMES), place, scope, diagnostics);
            (lower_auth_schemes(entries, place, scope, diagnostics), others)
        }
        None => (Vec::new(), Vec::new()),
    };
    let headers = endpoint.object("headers", diagnostics);
    let headers = headers.map(|headers| lower_headers(headers, scope, diagnostics)).unwrap_or_default();
    endpoint.finish_read(diagnostics);
    Some(Endpoint { url: url?, auth_schemes, properties, headers })
}

fn lower_entries<'e, 'a: 'e>(
    entries: impl Iterator<Item = &'e Entry<'a>>,
    place: &Place,
    scope: &Scope,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, Property)> {
    let lower = |(name, json): &Entry<'_>| {
        let property = lower_property(json, &place.child(name), scope, diagnostics)?;
        Some((name.to_string(), property))
    };
    entries.filter_map(lower).collect()
}

fn lower_property(json: &Json<'_>, place: &Place, scope: &Scope, diagnostics: &mut Diagnostics) -> Option<Property> {
    Some(match json {
        Json::Bool(value) => Property::Boolean(*value),
        Json::String(text) => Property::Text(lower_template(text, place, scope, diagnostics)?),
        Json::Array(elements) => {
            let lower = |(index, json)| lower_property(json, &place.child(index), scope, diagnostics);
            Property::List(elements.iter().enumerate().filter_map(lower).collect())
        }
        Json::Object(entries) => Property::Map(lower_entries(entries.iter(), place, scope, diagnostics)),
        other => return report_unsupported(&format!("{} as a property", other.kind()), place, diagnostics),
    })
}

fn lower_template(text: &str, place: &Place, scope: &Scope, diagnostics: &mut Diagnostics) -> Option<String> {
    check_template(text, place, scope, diagnostics)?;
    Some(text.to_owned())
}

fn lower_auth_schemes(entries: &[Entry<'_>], place: &Place, scope: &Scope, diagnostics: &mut Diagnostics) -> Vec<AuthScheme> {
    let Some((_, schemes)) = entries.iter().find(|(name, _)| name == AUTH_SCHEMES) else { return Vec::new() };
    let place = place.child(AUTH_SCHEMES);
    let Json::Array(schemes) = schemes else { return wrong_type(&place, "an array", schemes, diagnostics).unwrap_or_default() };
    let mut lowered: Vec<AuthScheme> = Vec::new();
    for (index, json) in schemes.iter().enumerate() {
        let place = place.child(index);
        let scheme = Object::new(json, place.clone(), diagnostics);
        let Some(scheme) = scheme.and_then(|scheme| lower_auth_scheme(scheme, scope, diagnostics)) else { continue };
        if lowered.iter().any(|known| known.name == scheme.name) {
            diagnostics.error(&place, format!("the auth scheme `{}` is there twice", scheme.name), "drop one of them");
        }
        lowered.push(scheme);
    }
    lowered
}

fn lower_auth_scheme(mut scheme: Object<'_, '_>, scope: &Scope, diagnostics: &mut Diagnostics) -> Option<AuthScheme> {
    let place = scheme.place.clone();
    let name = scheme.required_string("name", diagnostics);
    let name = name.and_then(|name| lower_template(name, &place.child("name"), scope, diagnostics));
    let mut text = |key| {
        let text = scheme.string(key, diagnostics)?;
        lower_template(text, &place.child(key), scope, diagnostics)
    };
    let (signing_name, signing_region) = (text("signingName"), text("signingRegion"));
    if let Some(name) = signing_name.as_deref().filter(|name| is_literal(name)) {
        check_signing_name(name, &place.child("signingName"), diagnostics);
    }
    let regions = scheme.strings("signingRegionSet", diagnostics).into_iter().enumerate();
    let regions_place = place.child("signingRegionSet");
    let regions = regions.filter_map(|(index, region)| lower_template(region, &regions_place.child(index), scope, diagnostics));
    let signing_region_set = regions.collect();
    let disable_double_encoding = scheme.boolean("disableDoubleEncoding", diagnostics);
    let known = ["name", "signingName", "signingRegion", "signingRegionSet", "disableDoubleEncoding"];
    let (place, entries) = scheme.into_entries();
    let others = entries.iter().filter(|(name, _)| !known.contains(&name.as_ref()));
    let properties = lower_entries(others, &place, scope, diagnostics);
    Some(AuthScheme { name: name?, signing_name, signing_region, signing_region_set, disable_double_encoding, properties })
}

fn lower_headers(headers: Object<'_, '_>, scope: &Scope, diagnostics: &mut Diagnostics) -> Vec<(String, Vec<Argument>)> {
    let (place, entries) = headers.into_entries();
    let mut lowered = Vec::new();
    for (name, json) in entries {
        let place = place.child(name);
        check_header_name(name, &place, diagnostics);
        let Json::Array(values) = json else {
            wrong_type::<()>(&place, "an array", json, diagnostics);
            continue;
        };
        let values = values.iter().enumerate();
        let values = values.filter_map(|(index, json)| lower_text(json, &place.child(index), scope, diagnostics));
        lowered.push((name.to_string(), values.collect()));
    }
    lowered
}

/// A header's name is a token: <https://www.rfc-editor.org/rfc/rfc9110#name-tokens>.
fn check_header_name(name: &str, place: &Place, diagnostics: &mut Diagnostics) {
    let is_token = |character: char| character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character);
    if name.is_empty() || !name.chars().all(is_token) {
        diagnostics.error(place, format!("`{name}` is not the name of a header"), "use letters, digits and hyphens");
    }
}
