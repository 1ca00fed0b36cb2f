//! What each kind of change does to whom: the table that all verdicts come from.
//!
//! Generated code is made for change, which is what most rows rest on: structures, unions, enums and the error are
//! `#[non_exhaustive]`, values are made by `new` and setters, every method of the trait has a body, and clients keep what they do not
//! know (`Unrecognized`). What breaks source all the same follows from names and types that are planned, so that those
//! rows say [`Effect::Source`]: the plans of both models are compared (see [`super::surface`]), and nothing is guessed here.

use crate::ir::Usage;

/// How much something breaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breaks {
    /// Nothing.
    #[default]
    No,
    /// What worked may work differently, for some values or in some programs.
    Perhaps,
    /// What worked does not any more.
    Yes,
}

impl Breaks {
    /// As reports write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Perhaps => "perhaps",
            Self::Yes => "yes",
        }
    }
}

/// What a row of the table says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The same wherever it happens.
    Always(Breaks),
    /// This much where requests hold the shape, and nothing elsewhere.
    InRequests(Breaks),
    /// This much where responses or errors hold the shape, and nothing elsewhere.
    InAnswers(Breaks),
    /// What the plans say: source breaks where a name, a type or a signature that it could use is another, or gone.
    Source,
}

impl Effect {
    /// What it comes to for a shape that is used like this, before the plans are asked.
    pub(super) fn on(self, usage: Usage) -> Breaks {
        match self {
            Self::Always(breaks) => breaks,
            Self::InRequests(breaks) if usage.input => breaks,
            Self::InAnswers(breaks) if usage.output || usage.error => breaks,
            Self::InRequests(_) | Self::InAnswers(_) | Self::Source => Breaks::No,
        }
    }
}

/// What a change does to the three who could mind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// Source that calls the service, written for the old crates, built with the new.
    pub callers: Breaks,
    /// Source that implements the service's trait, written for the old crates, built with the new.
    pub implementors: Breaks,
    /// Programs that talk to one another, one of the old crates and one of the new.
    pub wire: Breaks,
}

impl Impact {
    /// The most of the three.
    pub fn worst(self) -> Breaks {
        self.callers.max(self.implementors).max(self.wire)
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The kind, as JSON and tests call it: `operation-added`.
    pub id: &'static str,
    /// The kind, as people read it.
    pub title: &'static str,
    /// What it does to source that calls the service.
    pub callers: Effect,
    /// What it does to source that implements the trait.
    pub implementors: Effect,
    /// What it does between programs.
    pub wire: Effect,
    /// Why, in a sentence.
    pub why: &'static str,
}

const NO: Effect = Effect::Always(Breaks::No);
const PERHAPS: Effect = Effect::Always(Breaks::Perhaps);
const YES: Effect = Effect::Always(Breaks::Yes);
const SOURCE: Effect = Effect::Source;
const IN_REQUESTS: Effect = Effect::InRequests(Breaks::Yes);
const PERHAPS_IN_REQUESTS: Effect = Effect::InRequests(Breaks::Perhaps);
const PERHAPS_IN_ANSWERS: Effect = Effect::InAnswers(Breaks::Perhaps);

/// Writes the kinds and their rows, so that no kind is without one.
macro_rules! policy {
    ($($kind:ident $id:literal $title:literal: $callers:ident, $implementors:ident, $wire:ident; $why:literal)*) => {
        /// The kinds of change; each has a [`Row`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ChangeKind {
            $(#[doc = $title] $kind,)*
        }

        impl ChangeKind {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// What it does to whom.
            pub const fn row(self) -> Row {
                match self {
                    $(Self::$kind => Row {
                        id: $id,
                        title: $title,
                        callers: $callers,
                        implementors: $implementors,
                        wire: $wire,
                        why: $why,
                    },)*
                }
            }
        }
    };
}

// Each row: kind, id, title; what it does to callers, to implementors, to the wire; and why.
policy! {
    // The service.
    ServiceRenamed "service-renamed" "service renamed": SOURCE, SOURCE, NO;
        "The trait has the service's name."
    ServiceVersionChanged "service-version-changed" "version changed": NO, NO, NO;
        "Only documentation says it."
    WireNameOfServiceChanged "service-wire-name-changed" "service renamed on the wire": NO, NO, YES;
        "Protocols without HTTP bindings name the service in every request."
    SigningNameChanged "signing-name-changed" "signing name changed": NO, NO, YES;
        "A signature for another name does not verify."
    ProtocolAdded "protocol-added" "protocol added": NO, NO, NO;
        "A server speaks one more; clients go on as before."
    ProtocolRemoved "protocol-removed" "protocol removed": NO, NO, YES;
        "Clients that speak it are not understood any more."
    ClientProtocolChanged "client-protocol-changed" "client's protocol changed": NO, NO, PERHAPS;
        "A new client speaks a protocol that an old server may not know."
    QueryCompatibilityChanged "query-compatibility-changed" "codes of errors changed": NO, NO, PERHAPS;
        "Errors have the codes of an earlier protocol, or have not any more."
    EndpointRulesChanged "endpoint-rules-changed" "endpoint rules changed": SOURCE, SOURCE, PERHAPS;
        "A client may find another endpoint; settings are methods that programs call."
    CustomizationsChanged "customizations-changed" "customizations changed": NO, NO, PERHAPS;
        "Clients do something else beside what traits say."

    // Operations.
    OperationAdded "operation-added" "operation added": NO, NO, NO;
        "The trait's method has a body, so that implementations need not have it."
    OperationRemoved "operation-removed" "operation removed": YES, YES, YES;
        "The method is gone, and a server does not route requests for it."
    HttpMethodChanged "http-method-changed" "HTTP method changed": NO, NO, YES;
        "Requests of the old method are not routed."
    UriChanged "uri-changed" "URI changed": NO, NO, YES;
        "Requests to the old path are not routed; how labels are called does not matter."
    StatusChanged "status-changed" "status of a success changed": NO, NO, PERHAPS;
        "Generated clients take any success; others may compare the status."
    InputChanged "input-changed" "another input": SOURCE, SOURCE, NO;
        "The request has another name or other members, which are compared one by one."
    OutputChanged "output-changed" "another output": SOURCE, SOURCE, NO;
        "The response has another name or other members, which are compared one by one."
    ErrorAdded "error-added" "error of an operation added": NO, NO, NO;
        "`Error` is `#[non_exhaustive]`, and an old client keeps an error that it does not know."
    ErrorRemoved "error-removed" "error of an operation removed": SOURCE, SOURCE, NO;
        "The variant goes with the last operation that has the error."
    PaginatorAdded "paginator-added" "paginator added": NO, NO, NO;
        "There are pages where there were none."
    PaginatorRemoved "paginator-removed" "paginator removed": SOURCE, NO, NO;
        "`pages` and `items` are gone."
    PaginatorChanged "paginator-changed" "paginator changed": SOURCE, NO, NO;
        "Items may be of another type."
    AuthAdded "auth-added" "way to authenticate added": NO, NO, NO;
        "It comes behind those that clients know already."
    AuthChanged "auth-changed" "authentication changed": SOURCE, SOURCE, PERHAPS;
        "Requests that had the right signature may be refused."
    IdempotencyChanged "idempotency-changed" "idempotent or read-only changed": NO, NO, NO;
        "A promise about the service, not about messages."
    HostPrefixChanged "host-prefix-changed" "host prefix changed": NO, NO, YES;
        "Requests go to another host."
    EndpointContextChanged "endpoint-context-changed" "endpoint context changed": NO, NO, PERHAPS;
        "A client may find another endpoint for it."
    ChecksumRequired "checksum-required" "checksum required": NO, NO, YES;
        "A server refuses requests without one, which is what old clients send."
    ChecksumChanged "checksum-changed" "checksums changed": NO, NO, PERHAPS;
        "Old clients send and verify others."
    DiscoveryChanged "discovery-changed" "endpoint discovery changed": NO, NO, PERHAPS;
        "A client asks the service where to call, or does not any more."
    CompressionAdded "compression-added" "compression of requests added": NO, NO, PERHAPS;
        "An old server does not understand what a new client compresses."
    CompressionRemoved "compression-removed" "compression of requests removed": NO, NO, YES;
        "A new server does not understand what an old client compresses."
    DeprecationChanged "deprecation-changed" "deprecation changed": NO, NO, NO;
        "The documentation says it."

    // Shapes.
    ShapeAdded "shape-added" "shape added": NO, NO, NO;
        "Nobody uses it yet."
    ShapeRemoved "shape-removed" "shape removed": SOURCE, SOURCE, NO;
        "Its type is gone, if it had one; what held it is compared by itself."
    ShapeTypeChanged "shape-type-changed" "shape of another type": SOURCE, SOURCE, YES;
        "Values look different on the wire."
    ShapeRefined "shape-refined" "shape refined or widened": SOURCE, SOURCE, PERHAPS;
        "Values look the same on the wire, but not all are taken on both sides: a string and an enum, say."
    ElementsChanged "elements-changed" "elements changed": SOURCE, SOURCE, PERHAPS;
        "A list or map holds another shape, which looks the same on the wire."
    SparsenessChanged "sparseness-changed" "sparse changed": SOURCE, SOURCE, PERHAPS;
        "Elements may be null on one side only."
    SensitivityChanged "sensitivity-changed" "sensitive changed": SOURCE, SOURCE, NO;
        "`Debug` shows other members; a literal of required members has it or has not."
    MediaTypeChanged "media-type-changed" "media type changed": SOURCE, SOURCE, YES;
        "The content type of payloads is another, and so is how headers are encoded."
    StreamingChanged "streaming-changed" "streaming changed": SOURCE, SOURCE, PERHAPS;
        "A stream is another type than bytes, and a union of events is framed."
    TimestampFormatChanged "timestamp-format-changed" "timestamp format changed": NO, NO, YES;
        "Old readers expect the other format."
    ConstraintTightened "constraint-tightened" "constraint tightened": NO, NO, IN_REQUESTS;
        "A server refuses requests that it took before."
    ConstraintLoosened "constraint-loosened" "constraint loosened": NO, NO, NO;
        "A server takes more than before."
    PatternChanged "pattern-changed" "pattern changed": NO, NO, PERHAPS_IN_REQUESTS;
        "A server may refuse requests that it took before: which, no table can say."
    EnumValueAdded "enum-value-added" "enum value added": NO, NO, NO;
        "The enum is `#[non_exhaustive]`, and keeps values that it does not know."
    EnumValueRemoved "enum-value-removed" "enum value removed": SOURCE, SOURCE, IN_REQUESTS;
        "The variant is gone, and a server refuses the value."
    EnumValueRenamed "enum-value-renamed" "enum value renamed": SOURCE, SOURCE, NO;
        "The variant has another name; the value on the wire is the same."
    EnumValueInternal "enum-value-internal" "enum value internal or not any more": NO, NO, NO;
        "Only messages of errors leave it out."
    ErrorCodeChanged "error-code-changed" "code of an error changed": NO, NO, YES;
        "Old clients do not know the error by its new code."
    ErrorStatusChanged "error-status-changed" "status of an error changed": NO, NO, PERHAPS;
        "Generated clients go by the code; others may go by the status, and so do retries."
    RetryableChanged "retryable-changed" "retryable changed": NO, NO, NO;
        "Clients make a call again, or do not any more."

    // Members.
    MemberAdded "member-added" "member added": NO, NO, NO;
        "It need not be given, and who does not know it passes over it."
    RequiredMemberAdded "required-member-added" "required member added": SOURCE, SOURCE, IN_REQUESTS;
        "`new` takes it, and a server refuses requests without it."
    MemberRemoved "member-removed" "member removed": SOURCE, SOURCE, YES;
        "The field is gone, and what one side sends the other does not read."
    UnionMemberAdded "union-member-added" "union member added": NO, NO, NO;
        "The union is `#[non_exhaustive]`, and keeps members that it does not know."
    UnionMemberRemoved "union-member-removed" "union member removed": SOURCE, SOURCE, YES;
        "The variant is gone, and a server refuses it."
    MembersReordered "members-reordered" "members reordered": SOURCE, SOURCE, NO;
        "`new` takes required members in the model's order."
    MemberTypeChanged "member-type-changed" "member of another type": SOURCE, SOURCE, YES;
        "Its values look different on the wire."
    MemberTargetChanged "member-target-changed" "member of another shape": SOURCE, SOURCE, PERHAPS;
        "Its values look the same on the wire, but not all are taken on both sides."
    MemberRequired "member-required" "member required": SOURCE, SOURCE, IN_REQUESTS;
        "An `Option` becomes a plain value that `new` takes, and a server refuses requests without it."
    MemberOptional "member-optional" "member not required any more": SOURCE, SOURCE, PERHAPS_IN_ANSWERS;
        "A plain value becomes an `Option`; an old client reads what is missing as empty."
    DefaultAdded "default-added" "default added": SOURCE, SOURCE, NO;
        "An `Option` becomes a plain value, unless a client must tell the two apart."
    DefaultRemoved "default-removed" "default removed": SOURCE, SOURCE, PERHAPS;
        "A plain value becomes an `Option`, and what is not sent means something else."
    DefaultChanged "default-changed" "default changed": NO, NO, PERHAPS;
        "What is not sent means one value here and another there."
    ClientOptionalChanged "client-optional-changed" "client-optional changed": SOURCE, SOURCE, NO;
        "With a default, it decides whether the field is an `Option`."
    BindingChanged "binding-changed" "binding changed": SOURCE, SOURCE, YES;
        "The value travels elsewhere."
    MemberWireNameChanged "member-wire-name-changed" "member renamed on the wire": NO, NO, YES;
        "Old readers look for the other name."
    MemberTimestampFormatChanged "member-timestamp-format-changed" "timestamp format of a member changed": NO, NO, YES;
        "Old readers expect the other format."
    IdempotencyTokenChanged "idempotency-token-changed" "idempotency token changed": SOURCE, SOURCE, NO;
        "A token need not be given, since a client makes it up."
    EndpointBindingChanged "endpoint-binding-changed" "what endpoints depend on changed": NO, NO, PERHAPS;
        "The member is in the host or tells the endpoint rules something, or does not any more."

    // Waiters.
    WaiterAdded "waiter-added" "waiter added": NO, NO, NO;
        "The client has one more method."
    WaiterRemoved "waiter-removed" "waiter removed": SOURCE, NO, NO;
        "The client's method is gone."
    WaiterChanged "waiter-changed" "waiter changed": SOURCE, NO, NO;
        "The client's method has the same type, unless it waits for another operation."

    // What no change of the model itself explains.
    RustChanged "rust-changed" "Rust changed": SOURCE, SOURCE, NO;
        "A name or a type follows from others: a shape that another operation shares, a name that another shape took."
}
