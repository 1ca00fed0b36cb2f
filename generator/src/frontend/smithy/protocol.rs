//! Which of a service's protocols are generated.

use super::SmithySources;
use super::traits::Traits;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::fate::{Fate, Fates, OTHER_PROTOCOLS};
use crate::frontend::protocol::{find_protocol, known_protocols};
use crate::ir::{Protocol, Protocols};

/// The traits of protocols that are not generated.
const OTHERS: [&str; 6] = [
    "alloy#simpleRestJson",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "aws.protocols#restXml",
    "smithy.mqtt#mqttJson",
    "smithy.protocols#rpcv2",
];

const VERSIONS: Fate = Fate::Harmless("versions of HTTP in the order of preference: whatever client and server agree on will do");

const DEFINITION_KEYS: Fates =
    &[("http", VERSIONS), ("eventStreamHttp", VERSIONS), ("noInlineDocumentSerialization", OTHER_PROTOCOLS)];

/// The protocols of a service that are known, and first of them the one that is asked for.
pub(super) fn lower_protocols(
    traits: &mut Traits<'_>,
    place: &Place,
    sources: &SmithySources<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Protocols> {
    let unknown: Vec<(&str, Place)> =
        OTHERS.into_iter().filter_map(|id| traits.take(id).map(|found| (id, found.place))).collect();
    let known: Vec<Protocol> = Protocol::ALL.into_iter().filter(|protocol| has(*protocol, traits, diagnostics)).collect();
    let wanted = match sources.protocol {
        Some(wanted) => Some(find_protocol(wanted, place, diagnostics)?),
        None => None,
    };
    let protocols = Protocols::new(wanted.into_iter().chain(known));
    match &protocols {
        Some(_) => unknown.iter().for_each(|(id, place)| {
            let help = "nothing to do: the service is generated without it";
            diagnostics.warning(place, format!("not supported yet: the protocol `{id}`"), help);
        }),
        None => report_none(&unknown, place, diagnostics),
    }
    protocols
}

/// Whether a service speaks a protocol.
fn has(protocol: Protocol, traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> bool {
    let found = traits.object(protocol.definition().id, diagnostics);
    let is_there = found.is_some();
    if let Some(found) = found {
        found.finish(DEFINITION_KEYS, diagnostics);
    }
    is_there
}

fn report_none(unknown: &[(&str, Place)], place: &Place, diagnostics: &mut Diagnostics) {
    if unknown.is_empty() {
        let help = format!("set `protocol` in models.toml to the one that it speaks: {}", known_protocols());
        diagnostics.error(place, "the service has no protocol trait", help);
    }
    for (id, place) in unknown {
        diagnostics.error(place, format!("the protocol `{id}` is not supported"), known_protocols());
    }
}
