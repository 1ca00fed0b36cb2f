//! `metadata`.

use super::operation::check_schemes;
use crate::diagnostic::Diagnostics;
use crate::frontend::auth::check_signing_name;
use crate::frontend::fate::{Fate, Fates, OTHER_PROTOCOLS, PROSE, TOOLS, XML};
use crate::frontend::reader::Object;
use crate::ir::{Protocol, Protocols, Service};

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
    ("jsonVersion", OTHER_PROTOCOLS),
    ("protocolSettings", Fate::Harmless("versions of HTTP: whatever client and server agree on will do")),
    ("ripServiceName", TOOLS),
    ("serviceAbbreviation", PROSE),
    ("targetPrefix", OTHER_PROTOCOLS),
    ("xmlNamespace", XML),
    ("awsQueryCompatible", Fate::Refused),
    ("checksumFormat", Fate::Refused),
];

pub(super) fn lower_service(mut metadata: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Service> {
    let endpoint_prefix = metadata.required_string("endpointPrefix", diagnostics);
    let version = metadata.required_string("apiVersion", diagnostics);
    let title = metadata.required_string("serviceFullName", diagnostics);
    let sdk_id = metadata.required_string("serviceId", diagnostics);
    let signing_name = metadata.string("signingName", diagnostics).or(endpoint_prefix);
    let uid = metadata.string("uid", diagnostics);
    let protocols = lower_protocols(&mut metadata, diagnostics);
    check_signature(&mut metadata, diagnostics);
    if let Some(name) = signing_name {
        let key = if metadata.has("signingName") { "signingName" } else { "endpointPrefix" };
        check_signing_name(name, &metadata.at(key), diagnostics);
    }
    let place = metadata.place.clone();
    metadata.finish(METADATA_KEYS, diagnostics);
    Some(Service {
        sdk_id: sdk_id?.to_owned(),
        title: title?.to_owned(),
        version: version?.to_owned(),
        uid: uid.map_or_else(|| Some(format!("{}-{}", endpoint_prefix?, version?)), |uid| Some(uid.to_owned()))?,
        signing_name: signing_name?.to_owned(),
        protocols: protocols?,
        place,
    })
}

/// `protocols`, those that are known, or else `protocol`.
fn lower_protocols(metadata: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Protocols> {
    let preferred = metadata.required_string("protocol", diagnostics);
    let others = metadata.strings("protocols", diagnostics);
    let preferred = preferred?;
    let known = Protocols::new(std::iter::once(preferred).chain(others).filter_map(parse_protocol));
    if known.is_none() {
        let names: Vec<String> = Protocol::ALL.iter().map(|known| format!("`{}`", known.definition().botocore)).collect();
        diagnostics.error(
            &metadata.at("protocol"),
            format!("the protocol `{preferred}` is not supported"),
            format!("smithwright knows {}", names.join(", ")),
        );
    }
    known
}

fn parse_protocol(name: &str) -> Option<Protocol> {
    Protocol::ALL.into_iter().find(|known| known.definition().botocore == name)
}

/// `auth` lists the schemes that a service takes, `signatureVersion` is the older way to say so.
fn check_signature(metadata: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) {
    check_schemes(metadata, diagnostics);
    match metadata.string("signatureVersion", diagnostics) {
        None | Some("v4") => {}
        Some(other) => diagnostics.error(
            &metadata.at("signatureVersion"),
            format!("not supported yet: the signature version `{other}`"),
            "smithwright's clients sign with `v4`",
        ),
    }
}
