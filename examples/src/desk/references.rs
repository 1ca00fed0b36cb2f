//! The references of a contact.

use connect_api::{
    AttachmentReference, ContactAnalysisReference, DateReference, EmailMessageReference, EmailReference, Error,
    InvalidRequestException, NumberReference, Reference, ReferenceSummary, ReferenceType, StringReference, UrlReference,
};
use std::collections::BTreeMap;

/// What the references of one contact may come to, in bytes of UTF-8.
const MAX_BYTES: usize = 4_096;

/// Refuses references that are too much for one contact: their names, values, ARNs and reasons.
pub(super) fn check_size(references: &BTreeMap<String, Reference>) -> Result<(), Error> {
    let bytes: usize = references.iter().map(|(name, reference)| name.len() + size(reference)).sum();
    if bytes > MAX_BYTES {
        let message = format!("The references of the contact have {bytes} bytes, and at most {MAX_BYTES} are allowed");
        return Err(InvalidRequestException::new(message).into());
    }
    Ok(())
}

fn size(reference: &Reference) -> usize {
    [&reference.value, &reference.arn, &reference.status_reason].into_iter().flatten().map(String::len).sum()
}

/// The references of some types, by their names.
pub(super) fn summaries<'a>(
    references: &'a BTreeMap<String, Reference>,
    types: &'a [ReferenceType],
) -> impl Iterator<Item = ReferenceSummary> + 'a {
    let asked_for = references.iter().filter(|(_, reference)| types.contains(&reference.r#type));
    asked_for.filter_map(|(name, reference)| summary(name, reference))
}

/// A reference with a name and some of the members of another.
macro_rules! reference {
    ($type:ident, $name:ident, $from:ident: $($member:ident),+) => {{
        let mut it = $type::default().name($name);
        $(it.$member = $from.$member.clone();)+
        it
    }};
}

/// The variant of a reference's type; none for a type that this version of the API does not know.
fn summary(name: &str, from: &Reference) -> Option<ReferenceSummary> {
    let email_message = || reference!(EmailMessageReference, name, from: arn);
    Some(match from.r#type {
        ReferenceType::Url => ReferenceSummary::Url(reference!(UrlReference, name, from: value)),
        ReferenceType::Attachment => {
            ReferenceSummary::Attachment(reference!(AttachmentReference, name, from: value, status, arn))
        }
        ReferenceType::ContactAnalysis => {
            ReferenceSummary::ContactAnalysis(reference!(ContactAnalysisReference, name, from: value, status, arn))
        }
        ReferenceType::Number => ReferenceSummary::Number(reference!(NumberReference, name, from: value)),
        ReferenceType::String => ReferenceSummary::String(reference!(StringReference, name, from: value)),
        ReferenceType::Date => ReferenceSummary::Date(reference!(DateReference, name, from: value)),
        ReferenceType::Email => ReferenceSummary::Email(reference!(EmailReference, name, from: value)),
        ReferenceType::EmailMessage => ReferenceSummary::EmailMessage(email_message()),
        ReferenceType::EmailMessageRedacted => ReferenceSummary::EmailMessageRedacted(email_message()),
        ReferenceType::EmailMessagePlainText => ReferenceSummary::EmailMessagePlainText(email_message()),
        ReferenceType::EmailMessagePlainTextRedacted => ReferenceSummary::EmailMessagePlainTextRedacted(email_message()),
        _ => return None,
    })
}
