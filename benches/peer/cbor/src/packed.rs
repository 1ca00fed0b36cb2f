//! The response with minicbor's derives.

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
    String(#[n(0)] Text),
    #[n(3)]
    Number(#[n(0)] Text),
    #[n(4)]
    Date(#[n(0)] Text),
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
#[cbor(index_only)]
pub(crate) enum Status {
    #[n(0)]
    Approved,
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
