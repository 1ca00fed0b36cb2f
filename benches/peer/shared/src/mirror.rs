//! The messages of two operations as somebody would write them by hand, with serde's derives: the same members as the
//! generated types have.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ListContactReferencesResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_summary_list: Option<Vec<ReferenceSummary>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_token: Option<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub enum ReferenceSummary {
    Url(TextReference),
    Attachment(AttachmentReference),
    EmailMessage(EmailMessageReference),
    EmailMessageRedacted(EmailMessageReference),
    EmailMessagePlainText(EmailMessageReference),
    EmailMessagePlainTextRedacted(EmailMessageReference),
    String(TextReference),
    Number(TextReference),
    Date(TextReference),
    Email(TextReference),
    ContactAnalysis(ContactAnalysisReference),
}

/// A URL, a string, a number, a date, an email address: five structures of the same members.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TextReference {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct AttachmentReference {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ReferenceStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct EmailMessageReference {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ContactAnalysisReference {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ReferenceStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analytics_mode: Option<AnalyticsMode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_redacted: Option<bool>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub enum AnalyticsMode {
    PostContact,
    RealTime,
    ContactLens,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReferenceStatus {
    Available,
    Deleted,
    Approved,
    Rejected,
    Processing,
    Failed,
    Drafting,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReferenceType {
    Url,
    Attachment,
    ContactAnalysis,
    Number,
    String,
    Date,
    Email,
    EmailMessage,
    EmailMessagePlainText,
    EmailMessagePlainTextRedacted,
    EmailMessageRedacted,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Reference {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    pub r#type: ReferenceType,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ReferenceStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct UpdateContactBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub references: Option<BTreeMap<String, Reference>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_info: Option<UserInfo>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct UserInfo {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
}
