//! The references that travel: some of each kind.

use crate::mirror::{
    AttachmentReference, ListContactReferencesResponse, Reference, ReferenceStatus, ReferenceSummary, ReferenceType,
    TextReference, UpdateContactBody, UserInfo,
};

/// How many references are sent, from nothing to a page that no caller asks for.
pub const COUNTS: [usize; 3] = [0, 100, 1000];

/// A response with so many references.
pub fn response(count: usize) -> ListContactReferencesResponse {
    ListContactReferencesResponse { reference_summary_list: Some((0..count).map(summary).collect()), next_token: None }
}

/// A response with so many references, as it travels.
pub fn response_json(count: usize) -> Vec<u8> {
    serde_json::to_vec(&response(count)).unwrap_or_default()
}

/// The body of a request that updates a contact with so many references.
pub fn update(count: usize) -> UpdateContactBody {
    let reference =
        |index| Reference { value: Some(value(index)), r#type: ReferenceType::Url, status: None, arn: None, status_reason: None };
    UpdateContactBody {
        name: Some("Called back".to_owned()),
        description: Some("The customer asked for a call after lunch, and was called.".to_owned()),
        references: Some((0..count).map(|index| (name(index), reference(index))).collect()),
        user_info: Some(UserInfo { user_id: Some("4c2e9b1a-7f3d-4a55-9d0c-2f6b8e1a7c3d".to_owned()) }),
    }
}

/// The name of the reference at a place.
pub fn name(index: usize) -> String {
    format!("reference {index}")
}

/// The value of the reference at a place.
pub fn value(index: usize) -> String {
    format!("https://desk.example.com/tickets/{index}")
}

fn summary(index: usize) -> ReferenceSummary {
    let text = || TextReference { name: Some(name(index)), value: Some(value(index)) };
    match index % 6 {
        0 | 1 => ReferenceSummary::Url(text()),
        2 => ReferenceSummary::String(text()),
        3 => ReferenceSummary::Attachment(AttachmentReference {
            name: Some(name(index)),
            value: Some(value(index)),
            status: Some(ReferenceStatus::Approved),
            arn: None,
        }),
        4 => ReferenceSummary::Number(text()),
        _ => ReferenceSummary::Date(text()),
    }
}
