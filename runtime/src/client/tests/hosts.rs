//! What goes before the host.

use super::archive::*;
use super::desk::Error;
use super::script::{Script, ok};
use super::*;
use crate::operation::Presignable;
use std::time::Duration;

async fn host_at(url: &str) -> String {
    let script = Script::new([ok("")]);
    Core::new(&DESK, &config(&script).endpoint_url(url).build()).ask(PutNoteOnShelf::from("")).await.unwrap();
    script.only().uri.authority().unwrap().to_string()
}

#[tokio::test]
async fn a_prefix_goes_before_the_host_of_the_service() {
    let script = Script::new([ok("")]);
    client(&script).ask(PutNoteOnShelf::from("")).await.unwrap();
    assert_eq!(script.only().uri.host(), Some("a-1.notes.desk.us-west-2.amazonaws.com"));
}

#[tokio::test]
async fn a_prefix_goes_before_the_host_of_a_url_of_the_programs_own() {
    assert_eq!(host_at("https://desk.example:8443/v1").await, "a-1.notes.desk.example:8443");
}

#[tokio::test]
async fn an_address_and_this_machine_have_no_prefix() {
    for authority in ["127.0.0.1:8080", "[::1]:8080", "10.0.0.7", "localhost:8080", "LOCALHOST"] {
        assert_eq!(host_at(&format!("http://{authority}/v1")).await, authority);
    }
}

#[tokio::test]
async fn the_signature_is_for_the_whole_host() {
    async fn signature<O: Presignable<Error = Error>>(request: O, url: &str) -> String {
        let client = Core::new(&DESK, &config(&Script::default()).endpoint_url(url).build());
        client.ask(request).presigned(Duration::from_secs(60)).await.unwrap().uri().to_string()
    }
    let prefixed = signature(ListShelf {}, "https://desk.example").await;
    assert_eq!(prefixed, signature(ListShelfItself {}, "https://notes.desk.example").await);
}

#[tokio::test]
async fn a_presigned_url_has_the_prefix() {
    let presigned = client(&Script::default()).ask(ListShelf {}).presigned(Duration::from_secs(60)).await.unwrap();
    assert_eq!(presigned.uri().host(), Some("notes.desk.us-west-2.amazonaws.com"));
}
