//! What is sensitive shows in no `Debug`: only whether it is there.

use connect_api::{
    ContactSearchSummary, ContactSearchSummarySegmentAttributeValue, CreateUserRequest, Credentials, GetFederationTokenResponse,
    InboundRawMessage, StartTaskContactRequest, TaskAttachment, UpdateContactRequest, UserIdentityInfo,
};
use connect_client::{Client, SdkConfig};

const SECRET: &str = "hunter2";

#[track_caller]
fn assert_redacted(value: &impl std::fmt::Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains(SECRET), "{text}");
        assert!(text.contains("<redacted>"), "{text}");
    }
}

#[test]
fn a_sensitive_member_is_hidden() {
    let request = UpdateContactRequest::new("instance", "contact").name(SECRET).description(SECRET);
    assert_redacted(&request);
    assert!(format!("{request:?}").contains("instance"), "what is not sensitive is shown: {request:?}");
}

#[test]
fn a_sensitive_member_that_is_not_set_is_none() {
    let request = UpdateContactRequest::new("instance", "contact");
    assert!(format!("{request:?}").contains("name: None"), "{request:?}");
}

#[test]
fn a_required_sensitive_member_is_hidden() {
    assert_redacted(&InboundRawMessage::new(SECRET, SECRET, "text/plain"));
}

#[test]
fn a_sensitive_structure_is_hidden() {
    let response = GetFederationTokenResponse::default().credentials(Credentials::default().access_token(SECRET));
    assert_redacted(&response);
}

#[test]
fn a_sensitive_list_is_hidden() {
    let attachment = TaskAttachment::new(SECRET, SECRET);
    assert_redacted(&StartTaskContactRequest::new("instance", SECRET).attachments([attachment]));
}

#[test]
fn a_sensitive_map_is_hidden() {
    let value = ContactSearchSummarySegmentAttributeValue::default().value_string(SECRET);
    assert_redacted(&ContactSearchSummary::default().segment_attributes([(SECRET, value)]));
}

#[test]
fn a_sensitive_member_further_in_is_hidden() {
    let identity = UserIdentityInfo::default().first_name(SECRET);
    assert_redacted(&CreateUserRequest::new("user", ["profile"], "routing", "instance").identity_info(identity).password(SECRET));
}

#[tokio::test]
async fn a_call_hides_what_its_request_hides() {
    let client = Client::new(&SdkConfig::builder().build());
    assert_redacted(&client.update_contact(UpdateContactRequest::new("instance", "contact").name(SECRET)));
}
