//! The service, asked by its client: both in one process, so that no test needs a socket.

use service_name::Notes;
use service_name::service::api::{AddNoteInput, Error, GetNoteInput, ListNotesInput};
use service_name::service::client::{Client, SdkConfig, in_process};
use service_name::service::server::Server;

fn client() -> Client {
    let service = in_process(Server::new(Notes::default()));
    Client::new(
        &SdkConfig::builder()
            .http_client(service)
            .endpoint_url("http://service.test")
            .build(),
    )
}

#[tokio::test]
async fn a_note_that_was_added_is_there() {
    let client = client();
    let added = client
        .add_note(AddNoteInput::new("buy milk"))
        .await
        .unwrap()
        .note;
    let found = client
        .get_note(GetNoteInput::new(&added.id))
        .await
        .unwrap()
        .note;
    assert_eq!(found.text, "buy milk");
    assert_eq!(
        client
            .list_notes(ListNotesInput::default())
            .await
            .unwrap()
            .notes,
        [added]
    );
}

#[tokio::test]
async fn a_note_that_is_not_there_is_an_error_of_the_model() {
    let error = client().get_note(GetNoteInput::new("7")).await.unwrap_err();
    assert!(matches!(error, Error::NoteNotFound(_)), "{error:?}");
}

#[tokio::test]
async fn what_the_model_does_not_allow_never_reaches_the_service() {
    let error = client().add_note(AddNoteInput::new("")).await.unwrap_err();
    assert_eq!(error.code(), "ValidationException");
}
