//! The generated client on a canned network: the two calls that are measured.

use connect_api::*;
use connect_client::Client;
use peer_shared::{config, references};
use std::collections::BTreeMap;

/// A client whose calls are answered from memory.
pub fn client(body: Vec<u8>) -> Client {
    Client::new(&config::canned(body))
}

/// Lists the references of a contact.
pub async fn list(client: &Client) -> Result<ListContactReferencesResponse, Error> {
    client.list_contact_references(ListContactReferencesRequest::new("instance", "contact", [ReferenceType::Url])).await
}

/// Updates a contact with so many references.
pub async fn update(client: &Client, count: usize) -> Result<(), Error> {
    let reference = |index| (references::name(index), Reference::new(ReferenceType::Url).value(references::value(index)));
    let request = UpdateContactRequest::new("instance", "contact")
        .name("Called back")
        .references((0..count).map(reference).collect::<BTreeMap<_, _>>());
    client.update_contact(request).await.map(drop)
}
