//! Traits: reading them, and what becomes of those that nothing reads.

use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::fate::{Fate, Fates, OTHER_PROTOCOLS, PROSE, REPEATED, TOOLS, UNSIGNED, XML};
use crate::frontend::json::Json;
use crate::frontend::limits::limit;
use crate::frontend::reader::{Object, wrong_type};

/// The namespace that may be left out in the names of traits here.
const PRELUDE: &str = "smithy.api#";

const DEFINITION: Fate = Fate::Harmless("says something about traits, which are taken for what they are here");

const RESOURCES: Fate = Fate::Harmless("says something about resources, which are no more than their operations here");

const AWS: Fate = Fate::Harmless("says something about AWS's resources, and nothing about how they are called");

/// What becomes of each trait. One that stands where it means nothing is refused, but for those that are harmless there.
const TRAITS: Fates = &[
    ("addedDefault", Fate::Partly("a default that members repeat")),
    ("box", Fate::Partly("a default that members repeat")),
    ("default", Fate::Partly("a default that members repeat")),
    ("auth", Fate::Used),
    ("authDefinition", DEFINITION),
    ("clientOptional", Fate::Partly("counts where there is a default")),
    (
        "cors",
        Fate::Warned("nothing to do: the server does not answer what browsers ask before they call another origin's service"),
    ),
    ("deprecated", Fate::Partly("prose, where nothing is generated that it could stand on")),
    ("documentation", Fate::Partly("prose, where nothing is generated that it could stand on")),
    ("endpoint", Fate::Used),
    ("enum", Fate::Used),
    ("enumValue", Fate::Used),
    ("error", Fate::Used),
    ("eventHeader", Fate::Used),
    ("eventPayload", Fate::Used),
    ("examples", PROSE),
    ("externalDocumentation", PROSE),
    ("hostLabel", Fate::Used),
    ("http", Fate::Used),
    ("httpApiKeyAuth", Fate::Used),
    ("httpBasicAuth", Fate::Used),
    ("httpBearerAuth", Fate::Used),
    ("httpChecksumRequired", Fate::Used),
    ("httpDigestAuth", Fate::Used),
    ("httpError", Fate::Used),
    ("httpHeader", Fate::Used),
    ("httpLabel", Fate::Used),
    ("httpPayload", Fate::Used),
    ("httpPrefixHeaders", Fate::Used),
    ("httpQuery", Fate::Used),
    ("httpQueryParams", Fate::Used),
    ("httpResponseCode", Fate::Used),
    ("idempotencyToken", Fate::Used),
    ("idempotent", REPEATED),
    ("idRef", DEFINITION),
    ("input", Fate::Partly("says that the structure is one operation's, which is found out")),
    ("internal", Fate::Partly("counts in error messages, which tell of the values of enums alone")),
    ("jsonName", Fate::Used),
    ("length", Fate::Used),
    ("mediaType", Fate::Used),
    ("mixin", Fate::Partly("says that the shape is for other shapes")),
    ("nestedProperties", RESOURCES),
    ("noReplace", RESOURCES),
    ("notProperty", RESOURCES),
    ("optionalAuth", Fate::Used),
    ("output", Fate::Harmless("says that the structure is one operation's, which is found out")),
    ("paginated", Fate::Used),
    ("pattern", Fate::Used),
    ("private", TOOLS),
    ("property", RESOURCES),
    ("protocolDefinition", DEFINITION),
    ("range", Fate::Used),
    ("readonly", REPEATED),
    ("recommended", PROSE),
    ("references", RESOURCES),
    ("requestCompression", Fate::Used),
    ("required", Fate::Used),
    ("requiresLength", Fate::Used),
    ("resourceIdentifier", RESOURCES),
    ("retryable", Fate::Used),
    ("sensitive", Fate::Used),
    ("since", PROSE),
    ("sparse", Fate::Used),
    ("streaming", Fate::Used),
    ("suppress", TOOLS),
    ("tags", TOOLS),
    ("timestampFormat", Fate::Used),
    ("title", Fate::Partly("prose, of resources")),
    ("trait", DEFINITION),
    ("traitValidators", DEFINITION),
    ("uniqueItems", Fate::Used),
    ("unitType", DEFINITION),
    ("unstable", PROSE),
    ("xmlAttribute", XML),
    ("xmlFlattened", XML),
    ("xmlName", XML),
    ("xmlNamespace", XML),
    ("alloy#simpleRestJson", Fate::Used),
    ("aws.api#arn", AWS),
    ("aws.api#arnReference", AWS),
    ("aws.api#clientDiscoveredEndpoint", Fate::Used),
    ("aws.api#clientEndpointDiscovery", Fate::Used),
    ("aws.api#clientEndpointDiscoveryId", Fate::Used),
    ("aws.api#controlPlane", AWS),
    ("aws.api#data", AWS),
    ("aws.api#dataPlane", AWS),
    ("aws.api#service", Fate::Used),
    ("aws.api#tagEnabled", AWS),
    ("aws.api#taggable", AWS),
    ("aws.auth#cognitoUserPools", Fate::Used),
    ("aws.auth#sigv4", Fate::Used),
    ("aws.auth#sigv4a", Fate::Used),
    ("aws.auth#unsignedPayload", UNSIGNED),
    ("aws.customizations#s3UnwrappedXmlOutput", Fate::Refused),
    ("aws.protocols#awsJson1_0", Fate::Used),
    ("aws.protocols#awsJson1_1", Fate::Used),
    ("aws.protocols#awsQuery", Fate::Used),
    ("aws.protocols#awsQueryCompatible", Fate::Used),
    ("aws.protocols#awsQueryError", Fate::Partly("counts where the service spoke awsQuery before")),
    ("aws.protocols#ec2Query", Fate::Used),
    ("aws.protocols#ec2QueryName", OTHER_PROTOCOLS),
    ("aws.protocols#httpChecksum", Fate::Used),
    ("aws.protocols#restJson1", Fate::Used),
    ("aws.protocols#restXml", Fate::Used),
    ("smithy.contracts#conditions", Fate::Warned("nothing to do: the server does not check the conditions")),
    ("smithy.mqtt#mqttJson", Fate::Used),
    ("smithy.protocols#rpcv2", Fate::Used),
    ("smithy.protocols#rpcv2Cbor", Fate::Used),
    ("smithy.protocols#rpcv2Json", Fate::Used),
    ("smithy.rules#clientContextParams", Fate::Used),
    ("smithy.rules#contextParam", Fate::Used),
    ("smithy.rules#endpointBdd", Fate::Used),
    ("smithy.rules#endpointRuleSet", Fate::Used),
    ("smithy.rules#endpointTests", Fate::Harmless("tests of the endpoint rules")),
    ("smithy.rules#operationContextParams", Fate::Used),
    ("smithy.rules#staticContextParams", Fate::Used),
    ("smithy.waiters#waitable", Fate::Used),
];

/// Namespaces whose traits all are of a kind.
const NAMESPACES: Fates = &[
    ("aws.apigateway", TOOLS),
    ("aws.cloudformation", TOOLS),
    ("aws.endpoints", Fate::Harmless("the endpoint rules say it, too")),
    ("aws.iam", TOOLS),
    ("smithy.mqtt", OTHER_PROTOCOLS),
    ("smithy.openapi", TOOLS),
    ("smithy.protocols", OTHER_PROTOCOLS),
    ("smithy.test", Fate::Harmless("tests, which are run by those who test the generator")),
];

/// How many traits a shape can have: there are not as many.
const MAX_TRAITS: usize = 500;

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
    pub(super) fn read(object: Object<'j, 'j>, diagnostics: &mut Diagnostics) -> Self {
        let (place, entries) = object.into_entries();
        let count = limit(entries.len(), MAX_TRAITS, "traits", &place, diagnostics);
        Self(entries.iter().take(count).map(|(id, value)| Trait { id, value, place: place.child(id) }).collect())
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
            Json::Bool(true) => true,
            Json::Object(_) => {
                Object::of_trait(found.value, found.place, diagnostics).map(|object| object.finish_read(diagnostics)).is_some()
            }
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
        Object::of_trait(found.value, found.place, diagnostics)
    }

    /// Does to every trait that was not taken what the table says.
    pub(super) fn finish(self, diagnostics: &mut Diagnostics) {
        for Trait { id, place, .. } in &self.0 {
            match fate(id) {
                Some(fate) => fate.report(id, place, diagnostics),
                None => {
                    let help = "nothing to do, unless it changes how the service is called: it is passed over";
                    diagnostics.warning(place, format!("unknown trait `{id}`"), help);
                }
            }
        }
    }
}

/// What becomes of a trait; `None` when nobody knows it.
fn fate(id: &str) -> Option<Fate> {
    let own = TRAITS.iter().find(|(name, _)| is(id, name));
    let namespace = || id.split_once('#').and_then(|(namespace, _)| NAMESPACES.iter().find(|(known, _)| *known == namespace));
    own.or_else(namespace).map(|(_, fate)| *fate)
}

#[cfg(test)]
mod tests;
