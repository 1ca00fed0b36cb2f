//! AWS's own client on a canned network: the two calls that are measured.

use aws_sdk_connect::operation::list_contact_references::ListContactReferencesOutput;
use aws_sdk_connect::types::{Reference, ReferenceType};
use aws_sdk_connect::{Client, Error};
use peer_shared::{config, references};
use std::collections::HashMap;

/// A client whose calls are answered from memory.
pub fn client(body: Vec<u8>) -> Client {
    Client::new(&config::canned(body))
}

/// Lists the references of a contact.
pub async fn list(client: &Client) -> Result<ListContactReferencesOutput, Error> {
    let request = client.list_contact_references().instance_id("instance").contact_id("contact");
    Ok(request.reference_types(ReferenceType::Url).send().await?)
}

/// Updates a contact with so many references.
pub async fn update(client: &Client, count: usize) -> Result<(), Error> {
    let reference = |index| {
        let value = Reference::builder().r#type(ReferenceType::Url).value(references::value(index));
        value.build().map(|reference| (references::name(index), reference))
    };
    let references = (0..count).map(reference).collect::<Result<HashMap<_, _>, _>>()?;
    let request = client.update_contact().instance_id("instance").contact_id("contact").name("Called back");
    request.set_references(Some(references)).send().await?;
    Ok(())
}
