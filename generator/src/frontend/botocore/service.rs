//! `metadata`.

use crate::diagnostic::Diagnostics;
use crate::frontend::reader::{Object, OtherKeys};
use crate::ir::{Protocol, Service};

/// Keys that say nothing about how a service is called by restJson1. `protocolSettings` are versions of HTTP: whatever client and
/// server agree on will do.
const OTHER_KEYS: OtherKeys = OtherKeys {
    ignored: &[
        "auth",
        "endpointPrefix",
        "globalEndpoint",
        "jsonVersion",
        "protocolSettings",
        "ripServiceName",
        "serviceAbbreviation",
        "targetPrefix",
        "xmlNamespace",
    ],
    unsupported: &["awsQueryCompatible", "checksumFormat"],
};

pub(super) fn lower_service(mut metadata: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Service> {
    let endpoint_prefix = metadata.required_string("endpointPrefix", diagnostics);
    let version = metadata.required_string("apiVersion", diagnostics);
    let title = metadata.required_string("serviceFullName", diagnostics);
    let sdk_id = metadata.required_string("serviceId", diagnostics);
    let signing_name = metadata.string("signingName", diagnostics).or(endpoint_prefix);
    let uid = metadata.string("uid", diagnostics);
    let protocol = lower_protocol(&mut metadata, diagnostics);
    check_signature(&mut metadata, diagnostics);
    let place = metadata.place.clone();
    metadata.finish(&OTHER_KEYS, diagnostics);
    Some(Service {
        sdk_id: sdk_id?.to_owned(),
        title: title?.to_owned(),
        version: version?.to_owned(),
        uid: uid.map_or_else(|| Some(format!("{}-{}", endpoint_prefix?, version?)), |uid| Some(uid.to_owned()))?,
        signing_name: signing_name?.to_owned(),
        protocol: protocol?,
        place,
    })
}

/// The first protocol of `protocols` that is known, or else `protocol`.
fn lower_protocol(metadata: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Protocol> {
    let preferred = metadata.required_string("protocol", diagnostics);
    let others = metadata.strings("protocols", diagnostics);
    let preferred = preferred?;
    let known = std::iter::once(preferred).chain(others).find_map(parse_protocol);
    if known.is_none() {
        diagnostics.error(
            &metadata.at("protocol"),
            format!("the protocol `{preferred}` is not supported"),
            "smithwright generates `rest-json` services",
        );
    }
    known
}

fn parse_protocol(name: &str) -> Option<Protocol> {
    (name == "rest-json").then_some(Protocol::RestJson1)
}

fn check_signature(metadata: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) {
    match metadata.string("signatureVersion", diagnostics) {
        None | Some("v4") => {}
        Some(other) => diagnostics.error(
            &metadata.at("signatureVersion"),
            format!("not supported yet: the signature version `{other}`"),
            "smithwright's clients sign with `v4`",
        ),
    }
}
