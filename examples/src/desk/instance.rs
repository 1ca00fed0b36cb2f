//! The contacts of one instance.

use super::record::{Family, Record};
use super::{instance_id, no_contact};
use connect_api::{CreateContactRequest, CreateContactResponse, Error, IdempotencyException};
use std::collections::HashMap;
use uuid::Uuid;

/// An instance: contacts by their ids, and what came of each client token.
#[derive(Debug, Default)]
pub(super) struct Instance {
    contacts: HashMap<String, Record>,
    created: HashMap<String, Created>,
}

/// What a client token was used for.
#[derive(Debug)]
struct Created {
    request: CreateContactRequest,
    response: CreateContactResponse,
}

impl Instance {
    /// Creates a contact, or finds the one that the request's token has created.
    pub(super) fn create(&mut self, request: CreateContactRequest) -> Result<CreateContactResponse, Error> {
        let Some(token) = request.client_token.clone() else {
            return self.open(request);
        };
        match self.created.get(&token) {
            Some(created) if created.request == request => Ok(created.response.clone()),
            Some(_) => Err(IdempotencyException::new("The client token was used with other parameters").into()),
            None => {
                let response = self.open(request.clone())?;
                self.created.insert(token, Created { request, response: response.clone() });
                Ok(response)
            }
        }
    }

    pub(super) fn contact(&self, id: &str) -> Result<&Record, Error> {
        self.contacts.get(id).ok_or_else(no_contact)
    }

    pub(super) fn contact_mut(&mut self, id: &str) -> Result<&mut Record, Error> {
        self.contacts.get_mut(id).ok_or_else(no_contact)
    }

    /// All contacts of a contact's tree, the oldest first.
    pub(super) fn tree(&self, id: &str) -> Result<Vec<&Record>, Error> {
        let tree = self.contact(id)?.tree();
        let mut contacts: Vec<_> = self.contacts.values().filter(|record| record.tree() == tree).collect();
        contacts.sort_by_key(|record| record.number);
        Ok(contacts)
    }

    fn open(&mut self, request: CreateContactRequest) -> Result<CreateContactResponse, Error> {
        let id = Uuid::new_v4().to_string();
        let arn = format!("{}/contact/{id}", instance_arn(&request.instance_id));
        let family = Family {
            previous: self.relative(request.previous_contact_id.as_deref())?,
            related: self.relative(request.related_contact_id.as_deref())?,
        };
        let trees = family.trees();
        let record = Record::new(&id, &arn, self.contacts.len(), &family, request)?;
        self.unite(trees);
        self.contacts.insert(id.clone(), record);
        Ok(CreateContactResponse::default().contact_id(id).contact_arn(arn))
    }

    fn relative(&self, id: Option<&str>) -> Result<Option<&Record>, Error> {
        id.map(|id| self.contact(id)).transpose()
    }

    /// A contact that belongs to two trees makes them one.
    fn unite(&mut self, trees: Option<(String, String)>) {
        let Some((tree, other)) = trees else { return };
        for record in self.contacts.values_mut().filter(|record| record.tree() == Some(&other)) {
            record.contact.contact_association_id = Some(tree.clone());
        }
    }
}

fn instance_arn(name: &str) -> String {
    match instance_id(name) {
        id if id == name => format!("arn:aws:connect:us-east-1:111122223333:instance/{id}"),
        _ => name.to_owned(),
    }
}
