//! `metadata`.

use super::operation::lower_schemes;
use crate::diagnostic::Diagnostics;
use crate::frontend::auth::check_signing_name;
use crate::frontend::fate::{Fate, Fates, PROSE, TOOLS, XML};
use crate::frontend::protocol::find_protocol;
use crate::frontend::reader::Object;
use crate::ir::{Auth, Protocol, Protocols, Service};
use std::collections::BTreeSet;

const OF_RPC: Fate = Fate::Partly("counts where the operation is named in a header or in the path");

/// The keys of `metadata`.
pub(super) const METADATA_KEYS: Fates = &[
    ("apiVersion", Fate::Used),
    ("auth", Fate::Used),
    ("endpointPrefix", Fate::Used),
    ("protocol", Fate::Used),
    ("protocols", Fate::Used),
    ("serviceFullName", Fate::Used),
    ("serviceId", Fate::Used),
    ("signatureVersion", Fate::Used),
    ("signingName", Fate::Used),
    ("uid", Fate::Used),
    ("globalEndpoint", Fate::Harmless("the endpoint rules say it, too")),
    ("jsonVersion", OF_RPC),
    ("protocolSettings", Fate::Harmless("versions of HTTP: whatever client and server agree on will do")),
    ("ripServiceName", TOOLS),
    ("serviceAbbreviation", PROSE),
    ("targetPrefix", OF_RPC),
    ("xmlNamespace", XML),
    ("awsQueryCompatible", Fate::Used),
    ("checksumFormat", Fate::Used),
];

pub(super) fn lower_service(
    mut metadata: Object<'_, '_>,
    protocol: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<Service> {
    let endpoint_prefix = metadata.required_string("endpointPrefix", diagnostics);
    let version = metadata.required_string("apiVersion", diagnostics);
    let title = metadata.required_string("serviceFullName", diagnostics);
    let sdk_id = metadata.required_string("serviceId", diagnostics);
    let signing_name = metadata.string("signingName", diagnostics).or(endpoint_prefix);
    let uid = metadata.string("uid", diagnostics);
    let protocols = lower_protocols(&mut metadata, protocol, diagnostics);
    let calls_procedures = protocols.as_ref().is_some_and(Protocols::call_procedures);
    let target_prefix = if calls_procedures { metadata.required_string("targetPrefix", diagnostics) } else { None };
    let query_compatible = calls_procedures && metadata.object("awsQueryCompatible", diagnostics).is_some();
    let auth = lower_auth(&mut metadata, diagnostics);
    check_checksum_format(&mut metadata, diagnostics);
    if let Some(name) = signing_name {
        let key = if metadata.has("signingName") { "signingName" } else { "endpointPrefix" };
        check_signing_name(name, &metadata.at(key), diagnostics);
    }
    let place = metadata.place.clone();
    metadata.finish(METADATA_KEYS, diagnostics);
    Some(Service {
        namespace: String::new(),
        shape_name: target_prefix.map_or_else(|| sdk_id.map(|id| id.replace(' ', "")), |prefix| Some(prefix.to_owned()))?,
        query_compatible,
        auth,
        sdk_id: sdk_id?.to_owned(),
        title: title?.to_owned(),
        version: version?.to_owned(),
        uid: Some(uid.map_or_else(|| Some(format!("{}-{}", endpoint_prefix?, version?)), |uid| Some(uid.to_owned()))?),
        signing_name: signing_name?.to_owned(),
        protocols: protocols?,
        place,
    })
}

/// `checksumFormat` says what requests with a tree hash have beside it, which is what these have anyway.
fn check_checksum_format(metadata: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) {
    if let Some(other) = metadata.string("checksumFormat", diagnostics).filter(|format| *format != "sha256") {
        let message = format!("not supported yet: the checksum format `{other}`");
        diagnostics.error(&metadata.at("checksumFormat"), message, "smithwright's clients know `sha256`");
    }
}

/// Those of `protocol` and `protocols` that are known, and first of them the one that is asked for.
fn lower_protocols(metadata: &mut Object<'_, '_>, wanted: Option<&str>, diagnostics: &mut Diagnostics) -> Option<Protocols> {
    let preferred = metadata.required_string("protocol", diagnostics);
    let others = metadata.strings("protocols", diagnostics);
    let json_version = metadata.string("jsonVersion", diagnostics);
    let preferred = preferred?;
    let is_named = |protocol: &Protocol| {
        protocol.definition().botocore.is_some_and(|named| {
            let is_of_version = named.json_version.is_none_or(|version| json_version.unwrap_or(version) == version);
            is_of_version && (named.protocol == preferred || others.contains(&named.protocol))
        })
    };
    let wanted = match wanted {
        Some(wanted) => Some(find_protocol(wanted, &metadata.at("protocol"), diagnostics)?),
        None => None,
    };
    let known = Protocols::new(wanted.into_iter().chain(Protocol::ALL.into_iter().filter(is_named)));
    if known.is_none() {
        let names: BTreeSet<&str> =
            Protocol::ALL.iter().filter_map(|known| Some(known.definition().botocore?.protocol)).collect();
        let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
        diagnostics.error(
            &metadata.at("protocol"),
            format!("the protocol `{preferred}` is not supported"),
            format!("smithwright knows {}", names.join(", ")),
        );
    }
    known
}

/// `auth` lists the schemes that a service takes, `signatureVersion` is the older way to say so.
fn lower_auth(metadata: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Vec<Auth> {
    let schemes = lower_schemes(metadata, diagnostics);
    let version = match metadata.string("signatureVersion", diagnostics) {
        None | Some("v4") => Auth::SigV4,
        Some("bearer") => Auth::Bearer,
        Some(other) => {
            let message = format!("not supported yet: the signature version `{other}`");
            diagnostics.error(&metadata.at("signatureVersion"), message, "smithwright's clients know `v4` and `bearer`");
            Auth::SigV4
        }
    };
    schemes.unwrap_or_else(|| vec![version])
}
