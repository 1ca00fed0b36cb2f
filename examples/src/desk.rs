//! An Amazon Connect in memory.
//!
//! ```text
//! Desk ── an instance a name ── a record a contact ── its references
//!           instance.rs           record.rs             references.rs
//!           create, tokens        update                one union variant a type
//!           and the tree ── pages of it: page.rs
//! ```

mod instance;
mod page;
mod record;
mod references;

use connect_api::{
    Connect, CreateContactRequest, CreateContactResponse, DescribeContactRequest, DescribeContactResponse, Error,
    InvalidRequestException, ListAssociatedContactsRequest, ListAssociatedContactsResponse, ListContactReferencesRequest,
    ListContactReferencesResponse, ResourceNotFoundException, UpdateContactRequest, UpdateContactResponse,
};
use instance::Instance;
use page::Page;
use record::Record;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// An Amazon Connect that keeps its contacts in memory.
///
/// It creates, updates, describes and lists contacts; every other operation is the trait's own, which answers "not implemented".
#[derive(Debug, Default)]
pub struct Desk {
    instances: Mutex<HashMap<String, Instance>>,
}

impl Connect for Desk {
    async fn create_contact(&self, request: CreateContactRequest) -> Result<CreateContactResponse, Error> {
        let mut instances = self.instances();
        let instance = instances.entry(instance_id(&request.instance_id).to_owned()).or_default();
        instance.create(request)
    }

    async fn update_contact(&self, request: UpdateContactRequest) -> Result<UpdateContactResponse, Error> {
        if request == UpdateContactRequest::new(&request.instance_id, &request.contact_id) {
            return Err(InvalidRequestException::new("There is nothing to update").into());
        }
        let mut instances = self.instances();
        let instance = instances.get_mut(instance_id(&request.instance_id)).ok_or_else(no_contact)?;
        instance.contact_mut(&request.contact_id)?.update(request)?;
        Ok(UpdateContactResponse::default())
    }

    async fn describe_contact(&self, request: DescribeContactRequest) -> Result<DescribeContactResponse, Error> {
        let instances = self.instances();
        let record = find(&instances, &request.instance_id)?.contact(&request.contact_id)?;
        Ok(DescribeContactResponse::default().contact(record.contact.clone()))
    }

    async fn list_contact_references(
        &self,
        request: ListContactReferencesRequest,
    ) -> Result<ListContactReferencesResponse, Error> {
        let instances = self.instances();
        let record = find(&instances, &request.instance_id)?.contact(&request.contact_id)?;
        let references = references::summaries(&record.references, &request.reference_types);
        Ok(ListContactReferencesResponse::default().reference_summary_list(references))
    }

    async fn list_associated_contacts(
        &self,
        request: ListAssociatedContactsRequest,
    ) -> Result<ListAssociatedContactsResponse, Error> {
        let instances = self.instances();
        let tree = find(&instances, &request.instance_id)?.tree(&request.contact_id)?;
        let (contacts, next_token) = Page::asked_for(&request)?.cut(tree);
        let mut response =
            ListAssociatedContactsResponse::default().contact_summary_list(contacts.into_iter().map(Record::summary));
        response.next_token = next_token;
        Ok(response)
    }
}

impl Desk {
    fn instances(&self) -> MutexGuard<'_, HashMap<String, Instance>> {
        self.instances.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn find<'a>(instances: &'a HashMap<String, Instance>, name: &str) -> Result<&'a Instance, Error> {
    instances.get(instance_id(name)).ok_or_else(no_contact)
}

/// An instance goes by its id or by its ARN, which ends in it.
fn instance_id(name: &str) -> &str {
    match name.split_once(":instance/") {
        Some((arn, id)) if arn.starts_with("arn:") => id,
        _ => name,
    }
}

fn no_contact() -> Error {
    ResourceNotFoundException::new("There is no such contact").into()
}
