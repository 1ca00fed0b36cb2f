//! The response with minicbor's derives: the same members as the mirror has, which serde's derives read.

use minicbor::{Decode, Encode};
use peer_shared::references::{name, value};

#[derive(Decode, Encode)]
#[cbor(map)]
pub(crate) struct Response {
    #[n(0)]
    list: Option<Vec<Summary>>,
    #[n(1)]
    next_token: Option<String>,
}

#[derive(Decode, Encode)]
pub(crate) enum Summary {
    #[n(0)]
    Url(#[n(0)] Text),
    #[n(1)]
    Attachment(#[n(0)] Attachment),
    #[n(2)]
    EmailMessage(#[n(0)] EmailMessage),
    #[n(3)]
    EmailMessageRedacted(#[n(0)] EmailMessage),
    #[n(4)]
    EmailMessagePlainText(#[n(0)] EmailMessage),
    #[n(5)]
    EmailMessagePlainTextRedacted(#[n(0)] EmailMessage),
    #[n(6)]
    String(#[n(0)] Text),
    #[n(7)]
    Number(#[n(0)] Text),
    #[n(8)]
    Date(#[n(0)] Text),
    #[n(9)]
    Email(#[n(0)] Text),
    #[n(10)]
    ContactAnalysis(#[n(0)] ContactAnalysis),
}

#[derive(Decode, Encode)]
#[cbor(map)]
pub(crate) struct Text {
    #[n(0)]
    name: Option<String>,
    #[n(1)]
    value: Option<String>,
}

#[derive(Decode, Encode)]
#[cbor(map)]
pub(crate) struct Attachment {
    #[n(0)]
    name: Option<String>,
    #[n(1)]
    value: Option<String>,
    #[n(2)]
    status: Option<Status>,
    #[n(3)]
    arn: Option<String>,
}

#[derive(Decode, Encode)]
#[cbor(map)]
pub(crate) struct EmailMessage {
    #[n(0)]
    name: Option<String>,
    #[n(1)]
    arn: Option<String>,
}

#[derive(Decode, Encode)]
#[cbor(map)]
pub(crate) struct ContactAnalysis {
    #[n(0)]
    name: Option<String>,
    #[n(1)]
    value: Option<String>,
    #[n(2)]
    status: Option<Status>,
    #[n(3)]
    arn: Option<String>,
    #[n(4)]
    analytics_mode: Option<AnalyticsMode>,
    #[n(5)]
    is_redacted: Option<bool>,
}

#[derive(Decode, Encode)]
#[cbor(index_only)]
pub(crate) enum AnalyticsMode {
    #[n(0)]
    PostContact,
    #[n(1)]
    RealTime,
    #[n(2)]
    ContactLens,
}

#[derive(Decode, Encode)]
#[cbor(index_only)]
pub(crate) enum Status {
    #[n(0)]
    Available,
    #[n(1)]
    Deleted,
    #[n(2)]
    Approved,
    #[n(3)]
    Rejected,
    #[n(4)]
    Processing,
    #[n(5)]
    Failed,
    #[n(6)]
    Drafting,
}

/// A response with so many references: what [`peer_shared::references::response`] has.
pub(crate) fn response(count: usize) -> Response {
    Response { list: Some((0..count).map(summary).collect()), next_token: None }
}

fn summary(index: usize) -> Summary {
    let text = || Text { name: Some(name(index)), value: Some(value(index)) };
    match index % 6 {
        0 | 1 => Summary::Url(text()),
        2 => Summary::String(text()),
        3 => Summary::Attachment(Attachment {
            name: Some(name(index)),
            value: Some(value(index)),
            status: Some(Status::Approved),
            arn: None,
        }),
        4 => Summary::Number(text()),
        _ => Summary::Date(text()),
    }
}
