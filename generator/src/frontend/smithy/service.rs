//! The service shape.

use super::ast::{AstShape, shape_name};
use super::auth::Schemes;
use super::paginated::check_keys;
use super::protocol::lower_protocols;
use super::traits::Traits;
use super::{Definitions, SmithySources, discovery};
use crate::diagnostic::Diagnostics;
use crate::frontend::auth::{SIGV4, check_signing_name};
use crate::frontend::fate::{Fate, Fates, TOOLS};
use crate::frontend::reader::Object;
use crate::ir::{Protocols, Service};

/// The keys of `aws.api#service`: names, some of which other tools than SDKs use.
const NAME_KEYS: Fates = &[
    ("sdkId", Fate::Used),
    ("arnNamespace", Fate::Used),
    ("endpointPrefix", Fate::Used),
    ("docId", Fate::Used),
    ("abbreviation", TOOLS),
    ("apiVersion", TOOLS),
    ("awsProductName", TOOLS),
    ("cloudFormationName", TOOLS),
    ("cloudTrailEventSource", TOOLS),
    ("sdkServiceId", TOOLS),
    ("serviceName", TOOLS),
];

/// Lowers what a service says about itself, and the schemes that its requests can be authenticated by.
pub(super) fn lower_service(
    id: &str,
    service: &AstShape<'_>,
    sources: &SmithySources<'_>,
    definitions: &Definitions<'_>,
    diagnostics: &mut Diagnostics,
) -> (Option<Service>, Schemes) {
    let mut traits = service.traits.clone();
    let signing_place = traits.get(SIGV4).map_or_else(|| service.place.clone(), |found| found.place.child("name"));
    let names = Names::lower(id, &mut traits, diagnostics);
    let version = service.version.unwrap_or_default();
    let title = traits.string("title", diagnostics).map_or_else(|| names.sdk_id.clone(), |(title, _)| title.to_owned());
    let has_sigv4 = traits.has(SIGV4);
    let signing_name = lower_signing_name(&mut traits, diagnostics).unwrap_or_else(|| names.endpoint_prefix.clone());
    check_signing_name(&signing_name, &signing_place, diagnostics);
    let schemes = Schemes::lower(has_sigv4, &mut traits, definitions, &service.place, diagnostics);
    let (namespace, shape_name) = id.split_once('#').unwrap_or(("", id));
    let protocols = lower_protocols(&mut traits, &service.place, sources, diagnostics);
    let calls_procedures = protocols.as_ref().is_some_and(Protocols::call_procedures);
    let query_compatible = calls_procedures && traits.flag("aws.protocols#awsQueryCompatible", diagnostics);
    // Read beside the service.
    traits.take("smithy.rules#endpointRuleSet");
    traits.take("smithy.rules#endpointBdd");
    traits.take("smithy.rules#clientContextParams");
    traits.take(discovery::SERVICE);
    // Operations read it, where it is merged with theirs.
    traits.take("paginated").and_then(|it| check_keys(&it, diagnostics));
    traits.finish(diagnostics);
    let lowered = protocols.map(|protocols| Service {
        uid: names.uid(version),
        signing_name,
        sdk_id: names.sdk_id,
        title,
        namespace: namespace.to_owned(),
        shape_name: shape_name.to_owned(),
        query_compatible,
        auth: schemes.auth.clone(),
        version: version.to_owned(),
        protocols,
        place: service.place.clone(),
    });
    (lowered, schemes)
}

/// `aws.api#service`, with its defaults.
struct Names {
    sdk_id: String,
    is_aws: bool,
    doc_id: Option<String>,
    endpoint_prefix: String,
}

impl Names {
    fn lower(id: &str, traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Self {
        let mut object = traits.object("aws.api#service", diagnostics);
        let is_aws = object.is_some();
        let sdk_id = text("sdkId", &mut object, diagnostics).unwrap_or_else(|| shape_name(id).to_owned());
        let arn_namespace = text("arnNamespace", &mut object, diagnostics);
        let endpoint_prefix = text("endpointPrefix", &mut object, diagnostics).or(arn_namespace);
        let doc_id = text("docId", &mut object, diagnostics);
        if let Some(object) = object {
            object.finish(NAME_KEYS, diagnostics);
        }
        let endpoint_prefix = endpoint_prefix.unwrap_or_else(|| sdk_id.to_lowercase().replace(' ', ""));
        Self { is_aws, sdk_id, doc_id, endpoint_prefix }
    }

    /// What AWS's documentation calls it, if it is AWS's.
    fn uid(&self, version: &str) -> Option<String> {
        let usual = || format!("{}-{version}", self.sdk_id.to_lowercase().replace(' ', "-"));
        self.is_aws.then(|| self.doc_id.clone().unwrap_or_else(usual))
    }
}

fn text(key: &str, object: &mut Option<Object<'_, '_>>, diagnostics: &mut Diagnostics) -> Option<String> {
    object.as_mut()?.string(key, diagnostics).map(str::to_owned)
}

fn lower_signing_name(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<String> {
    let mut signature = traits.object("aws.auth#sigv4", diagnostics)?;
    let name = signature.required_string("name", diagnostics);
    signature.finish_read(diagnostics);
    name.map(str::to_owned)
}
