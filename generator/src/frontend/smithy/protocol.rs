//! Which of a service's protocols is generated.

use super::SmithySources;
use super::traits::Traits;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::fate::{Fate, Fates, OTHER_PROTOCOLS};
use crate::frontend::reader::Object;
use crate::ir::Protocol;

/// The trait of the protocol that can be generated.
const REST_JSON_1: &str = "aws.protocols#restJson1";

/// The traits of the others.
const OTHERS: [&str; 10] = [
    "alloy#simpleRestJson",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "aws.protocols#restXml",
    "smithy.mqtt#mqttJson",
    "smithy.protocols#rpcv2",
    "smithy.protocols#rpcv2Cbor",
    "smithy.protocols#rpcv2Json",
];

const VERSIONS: Fate = Fate::Harmless("versions of HTTP in the order of preference: whatever client and server agree on will do");

const DEFINITION_KEYS: Fates =
    &[("http", VERSIONS), ("eventStreamHttp", VERSIONS), ("noInlineDocumentSerialization", OTHER_PROTOCOLS)];

/// The protocol that is asked for, or the only one that the service has.
pub(super) fn lower_protocol(
    traits: &mut Traits<'_>,
    place: &Place,
    sources: &SmithySources<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Protocol> {
    let mut found: Vec<&str> = OTHERS.into_iter().filter(|id| traits.take(id).is_some()).collect();
    if let Some(definition) = traits.object(REST_JSON_1, diagnostics) {
        found.push(REST_JSON_1);
        finish_definition(definition, diagnostics);
    }
    let wanted = match (sources.protocol, found.as_slice()) {
        (Some(wanted), _) => wanted,
        (None, [only]) => only,
        (None, []) => {
            let help = "set `protocol = \"restJson1\"` in models.toml if that is what it speaks";
            diagnostics.error(place, "the service has no protocol trait that smithwright knows", help);
            return None;
        }
        (None, several) => {
            let listed = several.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
            let help = "set `protocol` in models.toml to one of them";
            diagnostics.error(place, format!("the service has several protocols: {listed}"), help);
            return None;
        }
    };
    if [REST_JSON_1, "restJson1"].contains(&wanted) {
        return Some(Protocol::RestJson1);
    }
    diagnostics.error(place, format!("the protocol `{wanted}` is not supported"), "smithwright generates `restJson1` services");
    None
}

fn finish_definition(definition: Object<'_, '_>, diagnostics: &mut Diagnostics) {
    definition.finish(DEFINITION_KEYS, diagnostics);
}
