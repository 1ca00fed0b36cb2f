//! What will be written, decided: names, types, docs, checks. Emitters look nothing up and decide nothing.

mod discovery;
mod endpoint;
mod expression;
mod lookup;
mod paginator;
mod waiter;

pub use discovery::{Description, Discovery};
pub use endpoint::{Endpoint, Setting, Told, ToldValue};
pub use expression::{DocumentExpression, Expression, Number};
pub use lookup::{Lookup, Method};
pub use paginator::{ItemType, PageItems, PageToken, Paginator, PlainPaginator, UnusualPaginator};
pub use waiter::{Cases, Judgement, Waiter, WaiterBinding};

use super::names::{Name, TypeName};
use super::types::Type;
use crate::home::Home;
use crate::ir::{Auth, ChecksumAlgorithm, RequestChecksum, Retryable, TimestampFormat};

/// The API, the client and the server of a service.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What all files share.
    pub service: Service,
    /// Where they live.
    pub home: Home,
    /// The operations, by name.
    pub operations: Vec<Operation>,
    /// The types that are no request or response, by name.
    pub types: Vec<TypeItem>,
    /// The service's errors.
    pub errors: Vec<ErrorVariant>,
    /// Whether one of them is much larger than all others.
    pub errors_are_lopsided: bool,
    /// The waiters, by name.
    pub waiters: Vec<Waiter>,
}

/// What all files of a service share.
#[derive(Clone, Debug)]
pub struct Service {
    /// The argument of the command that generates it: `connect`.
    pub key: String,
    /// The folder of the model: `models/connect/2017-08-08`.
    pub model: String,
    /// The trait: `Connect`.
    pub name: TypeName,
    /// The full name, one line that shows all of its characters.
    pub title: String,
    /// What the API crate offers of the runtime's; everything when `None`. A service's own types go first.
    pub exports: Option<Vec<Name>>,
    /// The service's name as AWS's SDKs say it.
    pub sdk_id: String,
    /// The version of the API.
    pub version: String,
    /// The name that requests are signed for.
    pub signing_name: String,
    /// The types in the runtime that speak its protocols; a client speaks the first.
    pub protocols: Vec<&'static str>,
    /// The namespace of its shapes.
    pub namespace: String,
    /// The name of its shape.
    pub shape_name: String,
    /// Whether its errors have codes of a protocol that it spoke before.
    pub query_compatible: bool,
    /// How a client finds the endpoint; `None` when the caller says it.
    pub endpoint: Option<Endpoint>,
    /// Whether operations stream events.
    pub events: bool,
    /// Headers of every request, with their values.
    pub headers: Vec<(&'static str, String)>,
    /// What a program can give a client beside credentials and tokens.
    pub identities: Identities,
    /// Whether bodies of operations have checksums.
    pub checksums: bool,
}

/// What operations are authenticated with that no configuration of AWS's knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identities {
    /// Whether some operations ask for a key.
    pub api_key: bool,
    /// Whether some ask for user and password.
    pub login: bool,
    /// Whether some answer challenges with them.
    pub digest: bool,
    /// The schemes of the service's own.
    pub signers: Vec<Signer>,
}

/// A scheme of the service's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The id of its trait.
    pub scheme: String,
    /// The client's method that takes what signs: `with_palace_key`.
    pub method: Name,
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its name in the model.
    pub name: String,
    /// The method: `update_contact`.
    pub method: Name,
    /// The module and file of its request and response.
    pub module: String,
    /// The page of AWS's documentation, or the model's prose.
    pub docs: Vec<String>,
    /// Where it is found; `None` when no protocol of the service asks for that.
    pub http: Option<Http>,
    /// What the body of a request is, where its method does not say it.
    pub request_media: Option<Media>,
    /// What the body of a response is, where it is not in the protocol's format.
    pub response_media: Option<Media>,
    /// What goes before the host, with its labels.
    pub host_prefix: Option<String>,
    /// The checksum that a request has.
    pub request_checksum: Option<RequestChecksum>,
    /// The checksums that a response may have.
    pub response_checksums: Vec<ChecksumAlgorithm>,
    /// The fields that say what is done with checksums.
    pub checksum_fields: ChecksumFields,
    /// Whether a client compresses large bodies.
    pub gzip: bool,
    /// The ways to authenticate requests, the preferred one first.
    pub auth: Vec<Auth>,
    /// Whether protocols without HTTP bindings are told that the model has no structure for its input.
    pub no_input: bool,
    /// Whether they are told that it has none for its output.
    pub no_output: bool,
    /// The variants of the declared errors.
    pub errors: Vec<ErrorVariant>,
    /// The request.
    pub request: Structure,
    /// The response. One without members is a type as well: it may get some.
    pub response: Structure,
    /// How to page.
    pub paginator: Option<Paginator>,
    /// The field that makes the call idempotent.
    pub idempotency_token: Option<Name>,
    /// What it tells the endpoint rules.
    pub told: Vec<Told>,
    /// What it has to do with endpoint discovery.
    pub discovery: Option<Discovery>,
    /// Fields in the path, and what stands for them where they are empty.
    pub empty_labels: Vec<(Name, &'static str)>,
    /// Whether a request has a tree hash.
    pub tree_hash: bool,
    /// Whether a URL that alone is a call has the members of the body in its query.
    pub presigned_in_query: bool,
    /// Whether a URL alone is a call.
    pub presignable: bool,
}

impl Operation {
    /// What is in the body of a request, if anything is.
    pub fn body(&self) -> Option<Body> {
        let is_in_body = |field: &Field| field.binding == Binding::Body;
        match self.http.is_none() || self.request.fields.iter().any(is_in_body) {
            true => Some(Body::Members),
            false => self.request.calls_procedures.then_some(Body::Procedures),
        }
    }
}

/// The fields of a request that say what is done with checksums.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChecksumFields {
    /// The one that names the algorithm of the request's.
    pub algorithm: Option<Name>,
    /// The one that asks for one of the response.
    pub mode: Option<Name>,
}

/// What is in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Members.
    Members,
    /// Members, in protocols without HTTP bindings; otherwise a payload, or nothing.
    Procedures,
}

/// Where an operation is found.
#[derive(Clone, Debug)]
pub struct Http {
    /// The HTTP method: `POST`.
    pub method: &'static str,
    /// The path template.
    pub uri: String,
    /// The status of a success.
    pub status: u16,
}

/// What a body is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Media {
    /// There is none.
    None,
    /// There is none, but the structure, which has no members, could be one.
    Empty,
    /// Values in the protocol's format.
    Encoded,
    /// Text or bytes of this media type; of whatever type when there is none.
    Raw(Option<String>),
    /// A stream of this media type; of whatever type when there is none.
    Stream(Option<String>),
    /// A stream, whose length is known beforehand.
    SizedStream(Option<String>),
    /// A stream of events.
    Events,
}

/// A type in a file of its own.
#[derive(Clone, Debug)]
pub struct TypeItem {
    /// The module and file.
    pub module: String,
    /// The type.
    pub kind: TypeKind,
}

/// The kinds of [`TypeItem`].
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// A structure, maybe an error.
    Structure(Structure),
    /// A tagged union.
    Union(Union),
    /// An enum.
    Enumeration(Enumeration),
    /// An enum of integers.
    IntegerEnumeration(IntegerEnumeration),
}

impl TypeKind {
    /// The type's name.
    pub fn name(&self) -> &TypeName {
        match self {
            Self::Structure(structure) => &structure.name,
            Self::Union(union) => &union.name,
            Self::Enumeration(enumeration) => &enumeration.name,
            Self::IntegerEnumeration(enumeration) => &enumeration.name,
        }
    }
}

/// A structure.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Its name.
    pub name: TypeName,
    /// Its docs.
    pub docs: Vec<String>,
    /// Its fields, in the model's order.
    pub fields: Vec<Field>,
    /// Whether a protocol of the service has all members in the body.
    pub calls_procedures: bool,
    /// Whether protocols call members by different names.
    pub names_differ: bool,
    /// How a value is made.
    pub constructor: Constructor,
    /// Set when it is an error.
    pub error: Option<ErrorStructure>,
    /// Whether a server checks it.
    pub validated: bool,
    /// Whether all of it is sensitive.
    pub sensitive: bool,
    /// Whether it is an event, or an error of a stream of them.
    pub event: bool,
    /// Whether others hold it.
    pub held: bool,
}

impl Structure {
    /// A structure without members.
    pub fn empty(name: TypeName, docs: Vec<String>) -> Self {
        let constructor = Constructor::Default;
        Self {
            name,
            docs,
            fields: Vec::new(),
            calls_procedures: false,
            names_differ: false,
            constructor,
            error: None,
            validated: false,
            sensitive: false,
            event: false,
            held: false,
        }
    }

    /// The required fields.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.required)
    }

    /// Whether it is a message without members, and nothing else.
    pub fn is_bare(&self) -> bool {
        self.fields.is_empty() && self.error.is_none() && !self.event && !self.held
    }

    /// Whether a field is neither required nor an `Option`.
    pub fn has_defaults(&self) -> bool {
        self.fields.iter().any(|field| field.default.is_some())
    }

    /// Whether a member travels outside the body.
    pub fn is_bound(&self) -> bool {
        self.fields.iter().any(|field| field.binding.is_outside() || field.host_label)
    }

    /// Whether `Debug` must hide a field.
    pub fn redacted(&self) -> bool {
        self.sensitive || self.fields.iter().any(|field| field.sensitive)
    }
}

/// How a value of a structure is made.
#[derive(Clone, Debug, PartialEq)]
pub enum Constructor {
    /// Nothing is required: `Default`, and `new()` without arguments.
    Default,
    /// `new(..)` takes the required members by position.
    Positional,
    /// `new(..)` takes a literal of the required members: positions would be unreadable.
    Literal(TypeName),
    /// An error: `new(message, ..)` takes the message first, if there is one, also when it is not required.
    Exception(Option<Name>),
}

/// What a structure has for being an error.
#[derive(Clone, Debug)]
pub struct ErrorStructure {
    /// Its variant in `Error`.
    pub variant: Name,
    /// Its name on the wire.
    pub code: String,
    /// Its code in a protocol that the service spoke before, and whose fault it is: `Customized;Sender`.
    pub query_error: Option<String>,
    /// The HTTP status.
    pub status: u16,
    /// The field of the message.
    pub message: Option<Name>,
    /// Whether the message must not be shown.
    pub hidden: bool,
}

/// A variant of `Error`.
#[derive(Clone, Debug)]
pub struct ErrorVariant {
    /// The variant.
    pub variant: Name,
    /// The structure inside.
    pub exception: TypeName,
    /// Its name on the wire.
    pub code: String,
    /// Whether a call that is answered with it may be made again, if the model says it.
    pub retryable: Option<Retryable>,
}

/// A field of a structure.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// The member's name in the model, as paths tell it.
    pub member: String,
    /// The member's name on the wire.
    pub wire_name: String,
    /// What else it is called on the wire.
    pub wire_alias: Option<String>,
    /// Its docs.
    pub docs: Vec<String>,
    /// Its type, without the `Option`.
    pub ty: Type,
    /// Whether a value must be given.
    pub required: bool,
    /// What it is when none is given; it is a plain `T` then, as it is when it is required.
    pub default: Option<Expression>,
    /// What a server takes it to be when none is given, though it is an `Option`.
    pub server_default: Option<Expression>,
    /// Whether it must be sent; a token that the client makes up must, though a caller need not give it.
    pub demanded: bool,
    /// Where it travels.
    pub binding: Binding,
    /// Whether it is in the host, too.
    pub host_label: bool,
    /// What it looks like, where its place would have it otherwise.
    pub form: Option<Form>,
    /// What it looks like in a body.
    pub body_form: Option<Form>,
    /// Whether `Debug` hides it.
    pub sensitive: bool,
    /// What a server checks.
    pub checks: Vec<Check>,
}

impl Field {
    /// What a path calls it: what is in the body has the name that it has there, since that is what its sender knows.
    pub fn path_step(&self) -> &str {
        if self.binding == Binding::Body { &self.wire_name } else { &self.member }
    }

    /// How many elements or entries it may have, when it is a list or map that a server checks.
    pub fn greatest_length(&self) -> Option<u64> {
        let maximum = self.checks.iter().find_map(|check| match check {
            Check::Length(_, maximum) => *maximum,
            _ => None,
        });
        maximum.filter(|_| matches!(self.ty, Type::List(..) | Type::Map(..)))
    }

    /// Whether it is an `Option`.
    pub fn is_optional(&self) -> bool {
        !self.required && self.default.is_none()
    }
}

/// Where a field travels, in the order in which they are written: what stands for itself goes before a map.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    /// `httpLabel`.
    Label,
    /// `httpLabel` of a token that the client makes up, so that the field may be empty until then.
    TokenLabel,
    /// `httpQuery`.
    Query,
    /// `httpHeader`.
    Header,
    /// `httpPrefixHeaders`.
    PrefixHeaders,
    /// `httpQueryParams`.
    QueryParams,
    /// `httpResponseCode`.
    ResponseCode,
    /// `httpPayload` of a structure: an empty one when it is not given.
    StructurePayload,
    /// `httpPayload` of another JSON value.
    Payload,
    /// `httpPayload` of a string or a blob, with its media type.
    RawPayload(String),
    /// `httpPayload` of a streaming blob, with its media type.
    StreamPayload(String),
    /// A stream of events.
    EventStream,
    /// `eventHeader`.
    EventHeader,
    /// `eventPayload` of a structure or a union.
    EventPayload,
    /// `eventPayload` of a string or a blob, with its media type.
    RawEventPayload(String),
    /// In the body, beside others.
    Body,
}

impl Binding {
    /// Whether it counts in events, and not in messages.
    pub fn is_of_events(&self) -> bool {
        matches!(self, Self::EventHeader | Self::EventPayload | Self::RawEventPayload(_))
    }

    /// Whether it is outside the body of a message.
    pub fn is_outside(&self) -> bool {
        *self != Self::Body && !self.is_of_events()
    }
}

/// What a value looks like, where its place would have it otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A timestamp in this format.
    Timestamp(TimestampFormat),
    /// A string in base64.
    Base64,
}

impl Form {
    /// The runtime's wrapper.
    pub fn wrapper(self) -> Name {
        Name::new(match self {
            Self::Timestamp(TimestampFormat::EpochSeconds) => "EpochSeconds",
            Self::Timestamp(TimestampFormat::DateTime) => "Rfc3339",
            Self::Timestamp(TimestampFormat::HttpDate) => "HttpDate",
            Self::Base64 => "Base64",
        })
    }
}

/// Something that a server checks of a value.
#[derive(Clone, Debug)]
pub enum Check {
    /// The length.
    Length(Option<u64>, Option<u64>),
    /// The range.
    Range(Option<Number>, Option<Number>),
    /// The pattern, by the name of its static.
    Pattern(PatternStatic),
    /// No element twice.
    Unique,
    /// The constraints of the value's own shape.
    Inside,
    /// The elements of a list.
    Each(Vec<Check>),
    /// The keys of a map.
    Keys(Vec<Check>),
    /// The values of a map.
    Values(Vec<Check>),
}

/// A pattern, compiled once a program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PatternStatic {
    /// The name of the static.
    pub name: Name,
    /// The expression.
    pub regex: String,
    /// Whether it must match the whole value.
    pub whole: bool,
}

/// A tagged union.
#[derive(Clone, Debug)]
pub struct Union {
    /// Its name.
    pub name: TypeName,
    /// Its docs.
    pub docs: Vec<String>,
    /// Its variants, in the model's order.
    pub variants: Vec<Variant>,
    /// Whether protocols call members by different names.
    pub names_differ: bool,
    /// Whether a server checks it.
    pub validated: bool,
    /// Whether all of it is sensitive.
    pub sensitive: bool,
    /// Whether a variant is much larger than all others.
    pub lopsided: bool,
    /// The errors among its members, when it is a stream of events.
    pub stream: Option<Vec<StreamError>>,
}

/// An error that ends a stream of events.
#[derive(Clone, Debug)]
pub struct StreamError {
    /// The member's name.
    pub member: String,
    /// The variant of `Error`.
    pub variant: Name,
}

impl Union {
    /// Whether `Debug` must hide a value.
    pub fn redacted(&self) -> bool {
        self.sensitive || self.variants.iter().any(|variant| variant.field.sensitive)
    }
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name.
    pub name: Name,
    /// The field that it would be in a structure.
    pub field: Field,
}

impl Variant {
    /// Whether its name says all: there is nothing inside.
    pub fn is_unit(&self) -> bool {
        self.field.ty == Type::Unit
    }
}

/// An enum.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// Its name.
    pub name: TypeName,
    /// Its docs.
    pub docs: Vec<String>,
    /// Its variants and their values, in the model's order.
    pub values: Vec<(Name, String)>,
    /// Those that an error message must not tell of.
    pub internal: Vec<(Name, String)>,
}

/// An enum of integers.
#[derive(Clone, Debug)]
pub struct IntegerEnumeration {
    /// Its name.
    pub name: TypeName,
    /// Its docs.
    pub docs: Vec<String>,
    /// Its variants and their values, in the model's order.
    pub values: Vec<(Name, i32)>,
}
