//! The generated client over sockets: to the desk, and to the desk through the proxy. Hermetic, all of it is on loopback.

#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on, its helpers too")]

use connect_api::{
    Channel, ClientErrorKind, ContactInitiationMethod, CreateContactRequest, DescribeContactRequest, Error, Exception as _,
    InitiateAs, ListAssociatedContactsRequest, ListContactReferencesRequest, ListUsersRequest, QueueInfoInput, Reference,
    ReferenceStatus, ReferenceSummary, ReferenceType, SegmentAttributeValue, UpdateContactRequest, UserInfo,
};
use connect_client::Client;
use connect_server::Server;
use smithwright_examples::serve::{Hosts, Limits, Settings, serve_until};
use smithwright_examples::{Callers, Desk, client, own_callers, proxy};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

const INSTANCE: &str = "instance";
const ARN: &str = "arn:aws:connect:us-east-1:111122223333:attached-file/1";

/// Runs a test against a desk of its own, then against another one behind a proxy.
async fn with_desks(test: impl AsyncFn(Client)) {
    test(client(&listen(Server::new(Desk::default())).await)).await;
    let desk = listen(Server::new(Desk::default())).await;
    test(client(&listen(proxy(&desk, own_callers())).await)).await;
}

/// Serves until the test's runtime ends; the URL.
async fn listen(server: Server) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let settings = Settings { limits: Limits::default(), hosts: Hosts::new(address.ip(), [""; 0]) };
    // Nobody stops it.
    let (_, stops) = mpsc::channel(1);
    tokio::spawn(serve_until(listener, server, settings, stops));
    format!("http://{address}")
}

fn new_contact() -> CreateContactRequest {
    CreateContactRequest::new(INSTANCE, Channel::Task, ContactInitiationMethod::Api)
}

async fn create(client: &Client, request: CreateContactRequest) -> String {
    client.create_contact(request).await.unwrap().contact_id.unwrap()
}

async fn tree(client: &Client, request: ListAssociatedContactsRequest) -> Vec<String> {
    let mut contacts = client.list_associated_contacts(request).items();
    let mut ids = Vec::new();
    while let Some(contact) = contacts.try_next().await.unwrap() {
        ids.extend(contact.contact_id);
    }
    ids
}

#[tokio::test]
async fn a_contact_is_described_as_it_was_created() {
    with_desks(async |client| {
        let request = new_contact()
            .name("Ada \"the\" Lovelace")
            .description("")
            .attributes([("größe", "☃ 𝄞")])
            .user_info(UserInfo::default().user_id("user/1"))
            .initiate_as(InitiateAs::Completed);
        let created = client.create_contact(request).await.unwrap();
        let id = created.contact_id.unwrap();

        let contact = client.describe_contact(DescribeContactRequest::new(INSTANCE, &id)).await.unwrap().contact.unwrap();
        assert_eq!(contact.id, Some(id));
        assert_eq!(contact.arn, created.contact_arn);
        assert_eq!(contact.name.as_deref(), Some("Ada \"the\" Lovelace"));
        assert_eq!(contact.description.as_deref(), Some(""));
        assert_eq!(contact.attributes.unwrap()["größe"], "☃ 𝄞");
        assert_eq!(contact.agent_info.unwrap().id.as_deref(), Some("user/1"));
        assert_eq!(contact.channel, Some(Channel::Task));
        assert!(contact.initiation_timestamp.is_some());
        assert_eq!(contact.disconnect_timestamp, contact.initiation_timestamp);
    })
    .await;
}

#[tokio::test]
async fn a_client_token_creates_one_contact() {
    with_desks(async |client| {
        let request = new_contact().client_token("token");
        let first = create(&client, request.clone()).await;
        assert_eq!(create(&client, request.clone()).await, first);
        assert_ne!(create(&client, new_contact()).await, create(&client, new_contact()).await);

        let error = client.create_contact(request.name("another")).await.unwrap_err();
        assert!(matches!(&error, Error::Idempotency(_)), "{error}");
        assert!(error.message().unwrap().contains("token"));
        assert!(error.request_id().is_some());
    })
    .await;
}

#[tokio::test]
async fn relatives_must_be_there() {
    with_desks(async |client| {
        for request in [new_contact().related_contact_id("nobody"), new_contact().previous_contact_id("nobody")] {
            let error = client.create_contact(request).await.unwrap_err();
            assert!(matches!(error, Error::ResourceNotFound(_)), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_update_adds_and_replaces() {
    with_desks(async |client| {
        let first = [("first", SegmentAttributeValue::default().value_string("1"))];
        let id = create(&client, new_contact().name("before").description("stays").segment_attributes(first.clone())).await;

        let list = [SegmentAttributeValue::default().value_integer(1), SegmentAttributeValue::default().value_arn(ARN)];
        let nested = SegmentAttributeValue::default().value_map([("list", SegmentAttributeValue::default().value_list(list))]);
        let request = UpdateContactRequest::new(INSTANCE, &id)
            .name("after")
            .queue_info(QueueInfoInput::default().id("queue"))
            .segment_attributes([("nested", nested.clone())]);
        client.update_contact(request).await.unwrap();

        let contact = client.describe_contact(DescribeContactRequest::new(INSTANCE, &id)).await.unwrap().contact.unwrap();
        assert_eq!(contact.name.as_deref(), Some("after"));
        assert_eq!(contact.description.as_deref(), Some("stays"));
        assert_eq!(contact.queue_info.unwrap().id.as_deref(), Some("queue"));
        let attributes = contact.segment_attributes.unwrap();
        assert_eq!(attributes["first"], first[0].1);
        assert_eq!(attributes["nested"], nested);
    })
    .await;
}

#[tokio::test]
async fn updates_that_are_refused() {
    with_desks(async |client| {
        let id = create(&client, new_contact()).await;
        let error = client.update_contact(UpdateContactRequest::new(INSTANCE, &id)).await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error}");

        let large = Reference::new(ReferenceType::String).value("é".repeat(2_048));
        let error = client.update_contact(UpdateContactRequest::new(INSTANCE, &id).references([("a", large)])).await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error}");

        for (instance, contact) in [(INSTANCE, "nobody"), ("another", &id), ("...", ".a"), ("a/b", "ü ☃")] {
            let error = client.update_contact(UpdateContactRequest::new(instance, contact).name("n")).await.unwrap_err();
            assert!(matches!(error, Error::ResourceNotFound(_)), "{error}");
        }

        // What would be another path is not sent at all.
        let error = client.update_contact(UpdateContactRequest::new("..", &id).name("n")).await.unwrap_err();
        assert!(matches!(&error, Error::Client(error) if error.kind() == ClientErrorKind::Construction), "{error}");
    })
    .await;
}

#[tokio::test]
async fn references_come_back_as_the_variant_of_their_type() {
    with_desks(async |client| {
        let references = [
            ("attachment", Reference::new(ReferenceType::Attachment).arn(ARN).status(ReferenceStatus::Approved)),
            ("message", Reference::new(ReferenceType::EmailMessage).arn(ARN)),
            ("url", Reference::new(ReferenceType::Url).value("https://example.com")),
        ];
        let id = create(&client, new_contact().references(references)).await;

        let types = [ReferenceType::Attachment, ReferenceType::EmailMessage, ReferenceType::Url, ReferenceType::Date];
        let response = client.list_contact_references(ListContactReferencesRequest::new(INSTANCE, &id, types)).await.unwrap();
        assert_eq!(response.next_token, None);
        let summaries = response.reference_summary_list.unwrap();
        let [ReferenceSummary::Attachment(attachment), ReferenceSummary::EmailMessage(message), ReferenceSummary::Url(url)] =
            &summaries[..]
        else {
            panic!("{summaries:?}")
        };
        assert_eq!(attachment.status, Some(ReferenceStatus::Approved));
        assert_eq!(message.arn.as_deref(), Some(ARN));
        assert_eq!((url.name.as_deref(), url.value.as_deref()), (Some("url"), Some("https://example.com")));

        let mut dates =
            client.list_contact_references(ListContactReferencesRequest::new(INSTANCE, &id, [ReferenceType::Date])).items();
        assert_eq!(dates.try_next().await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_contact_tree_comes_in_pages() {
    with_desks(async |client| {
        let mut family = vec![create(&client, new_contact()).await];
        for _ in 0..26 {
            family.push(create(&client, new_contact().related_contact_id(&family[0])).await);
        }
        let request = ListAssociatedContactsRequest::new(INSTANCE, &family[9]);
        let first = client.list_associated_contacts(request.clone()).await.unwrap();
        assert_eq!(first.contact_summary_list.unwrap().len(), 25);
        for request in [request.clone(), request.clone().max_results(1), request.clone().max_results(100)] {
            assert_eq!(tree(&client, request).await, family);
        }

        let error = client.list_associated_contacts(request.clone().next_token("nonsense")).await.unwrap_err();
        assert!(matches!(error, Error::InvalidParameter(_)), "{error}");
        for size in [0, 101] {
            let error = client.list_associated_contacts(request.clone().max_results(size)).await.unwrap_err();
            assert_eq!(error.code(), "ValidationException", "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn all_other_operations_are_not_implemented() {
    with_desks(async |client| {
        let error = client.list_users(ListUsersRequest::new(INSTANCE)).await.unwrap_err();
        let Error::Unrecognized(error) = error else { panic!("{error}") };
        assert_eq!((error.status(), error.code()), (501, "NotImplementedException"));
        assert_eq!(error.message(), Some("ListUsers is not implemented"));
    })
    .await;
}

#[tokio::test]
async fn a_proxy_without_an_upstream_says_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = client(&listen(proxy(&nobody, Callers::Everybody)).await);
    let error = client.list_users(ListUsersRequest::new(INSTANCE)).await.unwrap_err();
    let Error::Unrecognized(error) = error else { panic!("{error}") };
    assert_eq!((error.status(), error.code()), (502, "BadGateway"));
}
