//! The service shape.

use super::SmithySources;
use super::ast::{AstShape, shape_name};
use super::protocol::lower_protocol;
use super::traits::Traits;
use crate::diagnostic::Diagnostics;
use crate::frontend::reader::{Object, OtherKeys};
use crate::ir::Service;

/// Names that other tools than SDKs use.
const OTHER_NAMES: OtherKeys =
    OtherKeys { ignored: &["abbreviation", "cloudFormationName", "cloudTrailEventSource", "sdkServiceId"], unsupported: &[] };

/// Lowers what a service says about itself.
pub(super) fn lower_service(
    id: &str,
    service: &AstShape<'_>,
    sources: &SmithySources<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Service> {
    let mut traits = service.traits.clone();
    let names = Names::lower(id, &mut traits, diagnostics);
    let version = service.version.unwrap_or_default();
    let title = traits.string("title", diagnostics).map_or_else(|| names.sdk_id.clone(), |(title, _)| title.to_owned());
    let signing_name = lower_signing_name(&mut traits, diagnostics);
    let protocol = lower_protocol(&mut traits, &service.place, sources, diagnostics);
    // Whom a service lets in by default; what an operation says about it is another matter.
    traits.take("auth");
    // Operations read it, where it is merged with theirs.
    traits.take("paginated");
    traits.finish(diagnostics);
    Some(Service {
        uid: names.doc_id.clone().unwrap_or_else(|| names.default_doc_id(version)),
        signing_name: signing_name.unwrap_or(names.endpoint_prefix),
        sdk_id: names.sdk_id,
        title,
        version: version.to_owned(),
        protocol: protocol?,
        place: service.place.clone(),
    })
}

/// `aws.api#service`, with its defaults.
struct Names {
    sdk_id: String,
    doc_id: Option<String>,
    endpoint_prefix: String,
}

impl Names {
    fn lower(id: &str, traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Self {
        let mut object = traits.object("aws.api#service", diagnostics);
        let sdk_id = text("sdkId", &mut object, diagnostics).unwrap_or_else(|| shape_name(id).to_owned());
        let arn_namespace = text("arnNamespace", &mut object, diagnostics);
        let endpoint_prefix = text("endpointPrefix", &mut object, diagnostics).or(arn_namespace);
        let doc_id = text("docId", &mut object, diagnostics);
        if let Some(object) = object {
            object.finish(&OTHER_NAMES, diagnostics);
        }
        let endpoint_prefix = endpoint_prefix.unwrap_or_else(|| sdk_id.to_lowercase().replace(' ', ""));
        Self { sdk_id, doc_id, endpoint_prefix }
    }

    fn default_doc_id(&self, version: &str) -> String {
        format!("{}-{version}", self.sdk_id.to_lowercase().replace(' ', "-"))
    }
}

fn text(key: &str, object: &mut Option<Object<'_, '_>>, diagnostics: &mut Diagnostics) -> Option<String> {
    object.as_mut()?.string(key, diagnostics).map(str::to_owned)
}

fn lower_signing_name(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<String> {
    let mut signature = traits.object("aws.auth#sigv4", diagnostics)?;
    let name = signature.required_string("name", diagnostics);
    signature.finish(&OtherKeys::NONE, diagnostics);
    name.map(str::to_owned)
}
