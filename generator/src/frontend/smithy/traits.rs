//! Traits: reading them, and what becomes of those that nothing reads.

use super::report_unsupported;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::json::Json;
use crate::frontend::reader::{Object, wrong_type};

/// The namespace that may be left out in the names of traits here.
const PRELUDE: &str = "smithy.api#";

/// Traits that change nothing in how a restJson1 service is called: prose, other protocols, tools, and what the model says to
/// who changes it.
///
/// Some mean something to members of structures, which read them, and nothing elsewhere: `default` of a shape, which members
/// repeat, and `internal` of what is no value of an enum. Those about events count in event streams alone, of which nothing is
/// generated. `unsignedPayload`: a streaming body is sent unsigned anyway, and any other may be signed all the same.
const IGNORED: [&str; 53] = [
    "addedDefault",
    "authDefinition",
    "box",
    "clientOptional",
    "cors",
    "default",
    "documentation",
    "deprecated",
    "eventHeader",
    "eventPayload",
    "examples",
    "externalDocumentation",
    "httpApiKeyAuth",
    "httpBasicAuth",
    "httpBearerAuth",
    "httpDigestAuth",
    "idRef",
    "input",
    "internal",
    "mixin",
    "nestedProperties",
    "noReplace",
    "notProperty",
    "output",
    "private",
    "property",
    "protocolDefinition",
    "recommended",
    "references",
    "resourceIdentifier",
    "since",
    "suppress",
    "tags",
    "trait",
    "traitValidators",
    "unstable",
    "xmlAttribute",
    "xmlFlattened",
    "xmlName",
    "xmlNamespace",
    "aws.api#arn",
    "aws.api#arnReference",
    "aws.api#controlPlane",
    "aws.api#data",
    "aws.api#dataPlane",
    "aws.api#tagEnabled",
    "aws.api#taggable",
    "aws.auth#cognitoUserPools",
    "aws.auth#unsignedPayload",
    "aws.protocols#awsQueryError",
    "aws.protocols#ec2QueryName",
    "smithy.rules#endpointRuleSet",
    "smithy.rules#endpointTests",
];

/// Namespaces whose traits all are of that kind.
const IGNORED_NAMESPACES: [&str; 8] = [
    "aws.apigateway",
    "aws.cloudformation",
    "aws.endpoints",
    "aws.iam",
    "smithy.openapi",
    "smithy.protocols",
    "smithy.test",
    "smithy.waiters",
];

/// Traits that mean something that cannot be generated yet.
const UNSUPPORTED: [&str; 14] = [
    "auth",
    "optionalAuth",
    "aws.api#clientDiscoveredEndpoint",
    "aws.api#clientEndpointDiscovery",
    "aws.api#clientEndpointDiscoveryId",
    "aws.auth#sigv4a",
    "aws.customizations#s3UnwrappedXmlOutput",
    "aws.protocols#awsQueryCompatible",
    "aws.protocols#httpChecksum",
    "smithy.rules#clientContextParams",
    "smithy.rules#contextParam",
    "smithy.rules#endpointBdd",
    "smithy.rules#operationContextParams",
    "smithy.rules#staticContextParams",
];

/// Traits that are read where they mean something.
const KNOWN: [&str; 35] = [
    "endpoint",
    "enum",
    "enumValue",
    "error",
    "hostLabel",
    "http",
    "httpChecksumRequired",
    "httpError",
    "httpHeader",
    "httpLabel",
    "httpPayload",
    "httpPrefixHeaders",
    "httpQuery",
    "httpQueryParams",
    "httpResponseCode",
    "idempotencyToken",
    "idempotent",
    "jsonName",
    "length",
    "mediaType",
    "paginated",
    "pattern",
    "range",
    "readonly",
    "requestCompression",
    "required",
    "requiresLength",
    "retryable",
    "sensitive",
    "sparse",
    "streaming",
    "timestampFormat",
    "title",
    "uniqueItems",
    "aws.auth#sigv4",
];

/// A trait.
#[derive(Clone)]
pub(super) struct Trait<'j> {
    /// Its absolute id.
    pub(super) id: &'j str,
    /// Its value.
    pub(super) value: &'j Json<'j>,
    /// Where the value stands.
    pub(super) place: Place,
}

impl Trait<'_> {
    fn is(&self, name: &str) -> bool {
        is(self.id, name)
    }
}

/// Whether an id is a trait's; `name` is without a namespace when that is the prelude's.
fn is(id: &str, name: &str) -> bool {
    id == name || id.strip_prefix(PRELUDE) == Some(name)
}

/// The traits of a shape or a member. Whoever lowers it takes those that it knows, and ends with [`finish`](Self::finish).
#[derive(Clone, Default)]
pub(super) struct Traits<'j>(Vec<Trait<'j>>);

impl<'j> Traits<'j> {
    /// The traits of an object.
    pub(super) fn read(object: Object<'j, 'j>) -> Self {
        let (place, entries) = object.into_entries();
        Self(entries.iter().map(|(id, value)| Trait { id, value, place: place.child(id) }).collect())
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Trait<'j>> {
        self.0.iter()
    }

    /// Adds other traits, which replace those that are here already.
    pub(super) fn overlay<'t>(&mut self, others: impl IntoIterator<Item = &'t Trait<'j>>)
    where
        'j: 't,
    {
        for other in others {
            match self.0.iter_mut().find(|known| known.id == other.id) {
                Some(known) => known.clone_from(other),
                None => self.0.push(other.clone()),
            }
        }
    }

    /// Whether it is among them.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A trait, which stays.
    pub(super) fn get(&self, name: &str) -> Option<&Trait<'j>> {
        self.0.iter().find(|it| it.is(name))
    }

    /// A trait.
    pub(super) fn take(&mut self, name: &str) -> Option<Trait<'j>> {
        let index = self.0.iter().position(|it| it.is(name))?;
        Some(self.0.remove(index))
    }

    /// A trait without a value.
    pub(super) fn flag(&mut self, name: &str, diagnostics: &mut Diagnostics) -> bool {
        let Some(found) = self.take(name) else { return false };
        match found.value {
            Json::Object(entries) if entries.is_empty() => true,
            Json::Bool(true) => true,
            other => wrong_type::<()>(&found.place, "an empty object", other, diagnostics).is_some(),
        }
    }

    /// A trait whose value is a string, and where that stands.
    pub(super) fn string(&mut self, name: &str, diagnostics: &mut Diagnostics) -> Option<(&'j str, Place)> {
        let found = self.take(name)?;
        match found.value {
            Json::String(text) => Some((text, found.place)),
            other => wrong_type(&found.place, "a string", other, diagnostics),
        }
    }

    /// A trait without a value, and where it stands.
    pub(super) fn flag_place(&mut self, name: &str, diagnostics: &mut Diagnostics) -> Option<Place> {
        let place = self.get(name)?.place.clone();
        self.flag(name, diagnostics).then_some(place)
    }

    /// A trait whose value is an object.
    pub(super) fn object(&mut self, name: &str, diagnostics: &mut Diagnostics) -> Option<Object<'j, 'j>> {
        let found = self.take(name)?;
        Object::new(found.value, found.place, diagnostics)
    }

    /// Reports every trait that was not taken and that means something, or might.
    pub(super) fn finish(self, diagnostics: &mut Diagnostics) {
        for Trait { id, place, .. } in &self.0 {
            let is_one_of = |names: &[&str]| names.iter().any(|name| is(id, name));
            if is_one_of(&IGNORED) || is_ignored_namespace(id) {
                continue;
            }
            if is_one_of(&UNSUPPORTED) {
                report_unsupported(&format!("`{id}`"), place, diagnostics);
            } else if is_one_of(&KNOWN) {
                diagnostics.error(place, format!("`{id}` means nothing here"), "drop it");
            } else {
                let help = "this version of smithwright does not know this trait; drop it from the model or report it";
                diagnostics.error(place, format!("unknown trait `{id}`"), help);
            }
        }
    }
}

fn is_ignored_namespace(id: &str) -> bool {
    id.split_once('#').is_some_and(|(namespace, _)| IGNORED_NAMESPACES.contains(&namespace))
}
