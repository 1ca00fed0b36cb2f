//! The cases: what is done to the model, what is found, and whom it breaks.

use super::model::Edit;
use crate::diff::policy::{Breaks, ChangeKind};

/// A case of a row of the policy.
pub(super) struct Case {
    /// The row.
    pub(super) kind: ChangeKind,
    /// What changes.
    pub(super) subject: &'static str,
    /// What it does to callers, implementors and the wire.
    pub(super) breaks: [Breaks; 3],
    /// What both models have beside the usual one.
    pub(super) given: &'static [Edit],
    /// What one of them has.
    pub(super) edits: &'static [Edit],
    /// Whether that one is the old one, which lacks something.
    pub(super) is_addition: bool,
}

const NO: Breaks = Breaks::No;
const MAYBE: Breaks = Breaks::Perhaps;
const YES: Breaks = Breaks::Yes;

/// What the new model has.
const fn changed(kind: ChangeKind, subject: &'static str, breaks: [Breaks; 3], edits: &'static [Edit]) -> Case {
    Case { kind, subject, breaks, given: &[], edits, is_addition: false }
}

/// What the old model lacks.
const fn added(kind: ChangeKind, subject: &'static str, breaks: [Breaks; 3], edits: &'static [Edit]) -> Case {
    Case { kind, subject, breaks, given: &[], edits, is_addition: true }
}

impl Case {
    const fn given(self, given: &'static [Edit]) -> Self {
        Self { given, ..self }
    }
}

pub(super) const CASES: &[Case] = &[
    changed(
        ChangeKind::ServiceRenamed,
        "service",
        [YES, YES, NO],
        &[Edit::Set("Desk/traits/aws.api#service", r#"{"sdkId": "Counter"}"#)],
    ),
    changed(ChangeKind::ServiceVersionChanged, "service", [NO, NO, NO], &[Edit::Set("Desk/version", r#""2026-02-02""#)]),
    changed(ChangeKind::WireNameOfServiceChanged, "service", [NO, NO, YES], &[Edit::Rename("Desk", "Counter")])
        .given(&[Edit::Drop("Desk/traits/aws.protocols#restJson1"), Edit::Set("Desk/traits/smithy.protocols#rpcv2Cbor", "{}")]),
    changed(
        ChangeKind::SigningNameChanged,
        "service",
        [NO, NO, YES],
        &[Edit::Set("Desk/traits/aws.auth#sigv4", r#"{"name": "other"}"#)],
    ),
    changed(ChangeKind::ProtocolAdded, "service", [NO, NO, NO], &[Edit::Set("Desk/traits/aws.protocols#awsJson1_0", "{}")]),
    changed(ChangeKind::ProtocolRemoved, "service", [NO, NO, YES], &[Edit::Drop("Desk/traits/aws.protocols#awsJson1_0")])
        .given(&[Edit::Set("Desk/traits/aws.protocols#awsJson1_0", "{}")]),
    changed(
        ChangeKind::ClientProtocolChanged,
        "service",
        [NO, NO, MAYBE],
        &[Edit::Set("Desk/traits/aws.protocols#awsJson1_0", "{}")],
    ),
    changed(
        ChangeKind::QueryCompatibilityChanged,
        "service",
        [NO, NO, MAYBE],
        &[Edit::Set("Desk/traits/aws.protocols#awsQueryCompatible", "{}")],
    )
    .given(&[Edit::Drop("Desk/traits/aws.protocols#restJson1"), Edit::Set("Desk/traits/aws.protocols#awsJson1_0", "{}")]),
    changed(
        ChangeKind::EndpointRulesChanged,
        "service",
        [NO, NO, MAYBE],
        &[Edit::Text("https://desk.example", "https://counter.example")],
    ),
    changed(
        ChangeKind::CustomizationsChanged,
        "service",
        [NO, NO, MAYBE],
        &[Edit::Set("Desk/traits/aws.api#service", r#"{"sdkId": "Glacier"}"#)],
    ),
    added(
        ChangeKind::OperationAdded,
        "CloseTicket",
        [NO, NO, NO],
        &[Edit::Set(
            "Desk/operations",
            r#"[{"target": "example.desk#GetTicket"}, {"target": "example.desk#ListTickets"}, {"target": "example.desk#CreateTicket"}, {"target": "example.desk#PutPhoto"}, {"target": "example.desk#DescribeEndpoints"}]"#,
        )],
    ),
    changed(
        ChangeKind::OperationRemoved,
        "CloseTicket",
        [YES, YES, YES],
        &[Edit::Set(
            "Desk/operations",
            r#"[{"target": "example.desk#GetTicket"}, {"target": "example.desk#ListTickets"}, {"target": "example.desk#CreateTicket"}, {"target": "example.desk#PutPhoto"}, {"target": "example.desk#DescribeEndpoints"}]"#,
        )],
    ),
    changed(
        ChangeKind::HttpMethodChanged,
        "CloseTicket",
        [NO, NO, YES],
        &[Edit::Set("CloseTicket/traits/smithy.api#http/method", r#""POST""#)],
    ),
    changed(
        ChangeKind::UriChanged,
        "CloseTicket",
        [NO, NO, YES],
        &[Edit::Set("CloseTicket/traits/smithy.api#http/uri", r#""/closed/{id}""#)],
    ),
    changed(
        ChangeKind::StatusChanged,
        "CloseTicket",
        [NO, NO, MAYBE],
        &[Edit::Set("CloseTicket/traits/smithy.api#http/code", "204")],
    ),
    changed(
        ChangeKind::InputChanged,
        "CloseTicket",
        [YES, YES, NO],
        &[Edit::Set("CloseTicket/input/target", r#""example.desk#Closing""#), Edit::Rename("CloseTicketInput", "Closing")],
    ),
    changed(
        ChangeKind::OutputChanged,
        "GetTicket",
        [YES, YES, NO],
        &[Edit::Set("GetTicket/output/target", r#""example.desk#Got""#), Edit::Rename("GetTicketOutput", "Got")],
    ),
    added(
        ChangeKind::ErrorAdded,
        "GetTicket",
        [NO, NO, NO],
        &[Edit::Set("GetTicket/errors", r#"[{"target": "example.desk#NotFound"}]"#)],
    ),
    changed(
        ChangeKind::ErrorRemoved,
        "GetTicket",
        [NO, NO, NO],
        &[Edit::Set("GetTicket/errors", r#"[{"target": "example.desk#NotFound"}]"#)],
    ),
    added(ChangeKind::PaginatorAdded, "ListTickets", [NO, NO, NO], &[Edit::Drop("ListTickets/traits/smithy.api#paginated")]),
    changed(ChangeKind::PaginatorRemoved, "ListTickets", [YES, NO, NO], &[Edit::Drop("ListTickets/traits/smithy.api#paginated")]),
    changed(
        ChangeKind::PaginatorChanged,
        "ListTickets",
        [YES, NO, NO],
        &[Edit::Set("ListTickets/traits/smithy.api#paginated/items", r#""words""#)],
    ),
    changed(
        ChangeKind::AuthAdded,
        "GetTicket",
        [NO, NO, NO],
        &[Edit::Set("Desk/traits/smithy.api#auth", r#"["aws.auth#sigv4", "smithy.api#httpBearerAuth"]"#)],
    ),
    changed(
        ChangeKind::AuthChanged,
        "GetTicket",
        [NO, NO, MAYBE],
        &[Edit::Set("Desk/traits/smithy.api#auth", r#"["smithy.api#httpBearerAuth"]"#)],
    ),
    changed(
        ChangeKind::IdempotencyChanged,
        "CloseTicket",
        [NO, NO, NO],
        &[Edit::Set("CloseTicket/traits/smithy.api#idempotent", "{}")],
    ),
    changed(
        ChangeKind::HostPrefixChanged,
        "CreateTicket",
        [NO, NO, YES],
        &[Edit::Set("CreateTicket/traits/smithy.api#endpoint", r#"{"hostPrefix": "data."}"#)],
    ),
    changed(
        ChangeKind::EndpointContextChanged,
        "GetTicket",
        [NO, NO, MAYBE],
        &[Edit::Set("GetTicket/traits/smithy.rules#staticContextParams", r#"{"Tenant": {"value": "x"}}"#)],
    ),
    changed(
        ChangeKind::ChecksumRequired,
        "CreateTicket",
        [NO, NO, YES],
        &[Edit::Set("CreateTicket/traits/smithy.api#httpChecksumRequired", "{}")],
    ),
    changed(
        ChangeKind::ChecksumChanged,
        "CreateTicket",
        [NO, NO, MAYBE],
        &[Edit::Drop("CreateTicket/traits/smithy.api#httpChecksumRequired")],
    )
    .given(&[Edit::Set("CreateTicket/traits/smithy.api#httpChecksumRequired", "{}")]),
    changed(
        ChangeKind::DiscoveryChanged,
        "GetTicket",
        [NO, NO, MAYBE],
        &[Edit::Set("GetTicket/traits/aws.api#clientDiscoveredEndpoint", r#"{"required": true}"#)],
    ),
    changed(
        ChangeKind::CompressionAdded,
        "CreateTicket",
        [NO, NO, MAYBE],
        &[Edit::Set("CreateTicket/traits/smithy.api#requestCompression", r#"{"encodings": ["gzip"]}"#)],
    ),
    changed(
        ChangeKind::CompressionRemoved,
        "CreateTicket",
        [NO, NO, YES],
        &[Edit::Drop("CreateTicket/traits/smithy.api#requestCompression")],
    )
    .given(&[Edit::Set("CreateTicket/traits/smithy.api#requestCompression", r#"{"encodings": ["gzip"]}"#)]),
    changed(
        ChangeKind::DeprecationChanged,
        "CloseTicket",
        [NO, NO, NO],
        &[Edit::Set("CloseTicket/traits/smithy.api#deprecated", "{}")],
    ),
    added(
        ChangeKind::ShapeAdded,
        "Busy",
        [NO, NO, NO],
        &[Edit::Set("GetTicket/errors", r#"[{"target": "example.desk#NotFound"}]"#)],
    ),
    changed(
        ChangeKind::ShapeRemoved,
        "Busy",
        [YES, YES, NO],
        &[Edit::Set("GetTicket/errors", r#"[{"target": "example.desk#NotFound"}]"#)],
    ),
    changed(ChangeKind::ShapeTypeChanged, "Amount", [YES, YES, YES], &[Edit::Set("Amount", r#"{"type": "string"}"#)]),
    changed(
        ChangeKind::ShapeRefined,
        "Word",
        [YES, YES, MAYBE],
        &[Edit::Set(
            "Word",
            r#"{"type": "enum", "members": {"A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "a"}}}}"#,
        )],
    ),
    changed(
        ChangeKind::ElementsChanged,
        "Words",
        [YES, YES, MAYBE],
        &[Edit::Set("Words/member/target", r#""example.desk#Color""#)],
    ),
    changed(ChangeKind::SparsenessChanged, "Words", [YES, YES, MAYBE], &[Edit::Set("Words/traits/smithy.api#sparse", "{}")]),
    changed(ChangeKind::SensitivityChanged, "Secret", [YES, YES, NO], &[Edit::Set("Secret/traits/smithy.api#sensitive", "{}")]),
    changed(
        ChangeKind::MediaTypeChanged,
        "Photo",
        [NO, NO, YES],
        &[Edit::Set("Photo/traits/smithy.api#mediaType", r#""image/png""#)],
    ),
    changed(ChangeKind::StreamingChanged, "Photo", [YES, YES, MAYBE], &[Edit::Set("Photo/traits/smithy.api#streaming", "{}")])
        .given(&[Edit::Set("PutPhotoInput/members/photo/traits/smithy.api#required", "{}")]),
    changed(
        ChangeKind::TimestampFormatChanged,
        "Moment",
        [NO, NO, YES],
        &[Edit::Set("Moment/traits/smithy.api#timestampFormat", r#""date-time""#)],
    ),
    changed(
        ChangeKind::ConstraintTightened,
        "Title",
        [NO, NO, YES],
        &[Edit::Set("Title/traits/smithy.api#length", r#"{"min": 1, "max": 20}"#)],
    ),
    changed(
        ChangeKind::ConstraintLoosened,
        "Title",
        [NO, NO, NO],
        &[Edit::Set("Title/traits/smithy.api#length", r#"{"min": 0, "max": 50}"#)],
    ),
    changed(ChangeKind::PatternChanged, "Word", [NO, NO, MAYBE], &[Edit::Set("Word/traits/smithy.api#pattern", r#""^[a-z]$""#)])
        .given(&[Edit::Set("Word/traits/smithy.api#pattern", r#""^[a-y]$""#)]),
    added(ChangeKind::EnumValueAdded, "Color$blue", [NO, NO, NO], &[Edit::Drop("Color/members/BLUE")]),
    changed(ChangeKind::EnumValueRemoved, "Color$blue", [YES, YES, YES], &[Edit::Drop("Color/members/BLUE")]),
    changed(
        ChangeKind::EnumValueRenamed,
        "Color$blue",
        [YES, YES, NO],
        &[
            Edit::Set("Color/members/NAVY", r#"{"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "blue"}}"#),
            Edit::Drop("Color/members/BLUE"),
        ],
    ),
    changed(
        ChangeKind::EnumValueInternal,
        "Color$blue",
        [NO, NO, NO],
        &[Edit::Set("Color/members/BLUE/traits/smithy.api#internal", "{}")],
    ),
    added(ChangeKind::EnumValueAdded, "Level$HIGH", [NO, NO, NO], &[Edit::Drop("Level/members/HIGH")]),
    changed(ChangeKind::EnumValueRemoved, "Level$HIGH", [YES, YES, YES], &[Edit::Drop("Level/members/HIGH")]),
    changed(
        ChangeKind::ErrorCodeChanged,
        "Busy",
        [NO, NO, YES],
        &[Edit::Set("Busy/traits/aws.protocols#awsQueryError", r#"{"code": "Later", "httpResponseCode": 503}"#)],
    )
    .given(&[
        Edit::Drop("Desk/traits/aws.protocols#restJson1"),
        Edit::Set("Desk/traits/aws.protocols#awsJson1_0", "{}"),
        Edit::Set("Desk/traits/aws.protocols#awsQueryCompatible", "{}"),
    ]),
    changed(ChangeKind::ErrorStatusChanged, "Busy", [NO, NO, MAYBE], &[Edit::Set("Busy/traits/smithy.api#httpError", "500")]),
    changed(ChangeKind::RetryableChanged, "Busy", [NO, NO, NO], &[Edit::Set("Busy/traits/smithy.api#retryable", "{}")]),
    added(ChangeKind::MemberAdded, "Ticket$note", [NO, NO, NO], &[Edit::Drop("Ticket/members/note")]),
    added(
        ChangeKind::RequiredMemberAdded,
        "CreateTicketInput$must",
        [YES, NO, YES],
        &[Edit::Drop("CreateTicketInput/members/must")],
    ),
    changed(ChangeKind::MemberRemoved, "Ticket$note", [YES, YES, YES], &[Edit::Drop("Ticket/members/note")]),
    added(ChangeKind::UnionMemberAdded, "Choice$number", [NO, NO, NO], &[Edit::Drop("Choice/members/number")]),
    changed(ChangeKind::UnionMemberRemoved, "Choice$number", [YES, YES, YES], &[Edit::Drop("Choice/members/number")]),
    changed(
        ChangeKind::MembersReordered,
        "Trip",
        [NO, YES, NO],
        &[Edit::Text(
            r#""from":{"target":"smithy.api#String","traits":{"smithy.api#required":{}}},"to":{"target":"smithy.api#String","traits":{"smithy.api#required":{}}}"#,
            r#""to":{"target":"smithy.api#String","traits":{"smithy.api#required":{}}},"from":{"target":"smithy.api#String","traits":{"smithy.api#required":{}}}"#,
        )],
    ),
    changed(
        ChangeKind::MemberTypeChanged,
        "Ticket$note",
        [YES, YES, YES],
        &[Edit::Set("Ticket/members/note/target", r#""smithy.api#Integer""#)],
    ),
    changed(
        ChangeKind::MemberTargetChanged,
        "Ticket$note",
        [YES, YES, MAYBE],
        &[Edit::Set("Ticket/members/note/target", r#""example.desk#Color""#)],
    ),
    changed(
        ChangeKind::MemberRequired,
        "Ticket$note",
        [YES, YES, YES],
        &[Edit::Set("Ticket/members/note/traits/smithy.api#required", "{}")],
    ),
    changed(
        ChangeKind::MemberRequired,
        "GetTicketOutput$ticket",
        [YES, YES, NO],
        &[Edit::Set("GetTicketOutput/members/ticket/traits/smithy.api#required", "{}")],
    ),
    changed(
        ChangeKind::MemberOptional,
        "CreateTicketInput$must",
        [YES, YES, NO],
        &[Edit::Drop("CreateTicketInput/members/must/traits/smithy.api#required")],
    ),
    changed(
        ChangeKind::MemberOptional,
        "Trip$to",
        [YES, YES, MAYBE],
        &[Edit::Drop("Trip/members/to/traits/smithy.api#required")],
    ),
    changed(
        ChangeKind::DefaultAdded,
        "Ticket$count",
        [YES, YES, NO],
        &[Edit::Set("Ticket/members/count/traits/smithy.api#default", "0")],
    ),
    changed(
        ChangeKind::DefaultRemoved,
        "Ticket$count",
        [YES, YES, MAYBE],
        &[Edit::Drop("Ticket/members/count/traits/smithy.api#default")],
    )
    .given(&[Edit::Set("Ticket/members/count/traits/smithy.api#default", "0")]),
    changed(
        ChangeKind::DefaultChanged,
        "Ticket$count",
        [NO, NO, MAYBE],
        &[Edit::Set("Ticket/members/count/traits/smithy.api#default", "1")],
    )
    .given(&[Edit::Set("Ticket/members/count/traits/smithy.api#default", "0")]),
    changed(
        ChangeKind::ClientOptionalChanged,
        "Ticket$count",
        [YES, YES, NO],
        &[Edit::Set("Ticket/members/count/traits/smithy.api#clientOptional", "{}")],
    )
    .given(&[Edit::Set("Ticket/members/count/traits/smithy.api#default", "0")]),
    changed(
        ChangeKind::BindingChanged,
        "GetTicketInput$verbose",
        [NO, NO, YES],
        &[
            Edit::Drop("GetTicketInput/members/verbose/traits/smithy.api#httpQuery"),
            Edit::Set("GetTicketInput/members/verbose/traits/smithy.api#httpHeader", r#""X-Verbose""#),
        ],
    ),
    changed(
        ChangeKind::MemberWireNameChanged,
        "Ticket$note",
        [NO, NO, YES],
        &[Edit::Set("Ticket/members/note/traits/smithy.api#jsonName", r#""remark""#)],
    ),
    changed(
        ChangeKind::MemberTimestampFormatChanged,
        "Ticket$changed",
        [NO, NO, YES],
        &[Edit::Set("Ticket/members/changed/traits/smithy.api#timestampFormat", r#""date-time""#)],
    ),
    changed(
        ChangeKind::IdempotencyTokenChanged,
        "CreateTicketInput$must",
        [YES, YES, NO],
        &[Edit::Set("CreateTicketInput/members/must/traits/smithy.api#idempotencyToken", "{}")],
    ),
    changed(
        ChangeKind::EndpointBindingChanged,
        "CreateTicketInput$must",
        [NO, NO, MAYBE],
        &[Edit::Set("CreateTicketInput/members/must/traits/smithy.rules#contextParam", r#"{"name": "Tenant"}"#)],
    ),
    added(ChangeKind::WaiterAdded, "TicketGone", [NO, NO, NO], &[Edit::Drop("GetTicket/traits/smithy.waiters#waitable")]),
    changed(ChangeKind::WaiterRemoved, "TicketGone", [YES, NO, NO], &[Edit::Drop("GetTicket/traits/smithy.waiters#waitable")]),
    changed(
        ChangeKind::WaiterChanged,
        "TicketGone",
        [NO, NO, NO],
        &[Edit::Set("GetTicket/traits/smithy.waiters#waitable/TicketGone/minDelay", "5")],
    ),
    changed(
        ChangeKind::RustChanged,
        "Document",
        [YES, YES, NO],
        &[
            Edit::Set("Document", r#"{"type": "structure", "members": {}}"#),
            Edit::Set("Ticket/members/paper", r#"{"target": "example.desk#Document"}"#),
        ],
    ),
];
