//! One contact.

use super::references;
use connect_api::{
    AdditionalEmailRecipients, AgentInfo, AssociatedContactSummary, Contact, CreateContactRequest, DateTime, EmailAddressInfo,
    EmailRecipient, Endpoint, EndpointInfo, Error, InitiateAs, NullableAdditionalRecipients, QueueInfo, Reference,
    UpdateContactRequest, UserInfo,
};
use std::collections::BTreeMap;
use std::time::SystemTime;

/// A contact as it is described, and what is told of it elsewhere.
#[derive(Debug)]
pub(super) struct Record {
    /// How many contacts the instance had before.
    pub(super) number: usize,
    pub(super) contact: Contact,
    pub(super) references: BTreeMap<String, Reference>,
}

/// The contacts that a new one comes from.
pub(super) struct Family<'a> {
    pub(super) previous: Option<&'a Record>,
    pub(super) related: Option<&'a Record>,
}

impl Family<'_> {
    /// The tree that a new contact belongs to, and the other one, which then belongs to it, too.
    pub(super) fn trees(&self) -> Option<(String, String)> {
        let (tree, other) = (self.previous?.tree()?, self.related?.tree()?);
        (tree != other).then(|| (tree.to_owned(), other.to_owned()))
    }

    fn parent(&self) -> Option<&Contact> {
        self.previous.or(self.related).map(|record| &record.contact)
    }
}

impl Record {
    /// A contact that begins now.
    pub(super) fn new(
        id: &str,
        arn: &str,
        number: usize,
        family: &Family<'_>,
        request: CreateContactRequest,
    ) -> Result<Self, Error> {
        let references = request.references.unwrap_or_default();
        references::check_size(&references)?;
        let mut contact = begin(id, arn, family).channel(request.channel).initiation_method(request.initiation_method);
        contact.previous_contact_id = request.previous_contact_id;
        contact.related_contact_id = request.related_contact_id;
        contact.name = request.name;
        contact.description = request.description;
        contact.attributes = request.attributes;
        contact.segment_attributes = request.segment_attributes;
        contact.agent_info = request.user_info.map(agent);
        if request.initiate_as == Some(InitiateAs::Completed) {
            contact.disconnect_timestamp = contact.initiation_timestamp;
        }
        Ok(Self { number, contact, references })
    }

    /// Adds what the request has, and replaces what was there of the same name.
    pub(super) fn update(&mut self, request: UpdateContactRequest) -> Result<(), Error> {
        if let Some(added) = request.references {
            self.add_references(added)?;
        }
        let contact = &mut self.contact;
        contact.last_update_timestamp = Some(now());
        replace(&mut contact.name, request.name);
        replace(&mut contact.description, request.description);
        replace(&mut contact.queue_info, request.queue_info.and_then(|queue| queue.id).map(|id| QueueInfo::default().id(id)));
        replace(&mut contact.agent_info, request.user_info.map(agent));
        replace(&mut contact.customer_endpoint, request.customer_endpoint.map(endpoint));
        replace(&mut contact.system_endpoint, request.system_endpoint.map(endpoint));
        replace(&mut contact.additional_email_recipients, request.additional_recipients.map(recipients));
        if let Some(added) = request.segment_attributes {
            contact.segment_attributes.get_or_insert_default().extend(added);
        }
        Ok(())
    }

    /// What a list of contacts says of it.
    pub(super) fn summary(&self) -> AssociatedContactSummary {
        let contact = self.contact.clone();
        let mut summary = AssociatedContactSummary::default();
        summary.contact_id = contact.id;
        summary.contact_arn = contact.arn;
        summary.initiation_timestamp = contact.initiation_timestamp;
        summary.disconnect_timestamp = contact.disconnect_timestamp;
        summary.initial_contact_id = contact.initial_contact_id;
        summary.previous_contact_id = contact.previous_contact_id;
        summary.related_contact_id = contact.related_contact_id;
        summary.initiation_method = contact.initiation_method;
        summary.channel = contact.channel;
        summary
    }

    /// What all contacts of a tree have in common.
    pub(super) fn tree(&self) -> Option<&str> {
        self.contact.contact_association_id.as_deref()
    }

    fn add_references(&mut self, added: BTreeMap<String, Reference>) -> Result<(), Error> {
        let mut references = self.references.clone();
        references.extend(added);
        references::check_size(&references)?;
        self.references = references;
        Ok(())
    }
}

/// A contact of the family's tree, or the first of its own.
fn begin(id: &str, arn: &str, family: &Family<'_>) -> Contact {
    let now = now();
    let mut contact = Contact::default().id(id).arn(arn).initiation_timestamp(now).last_update_timestamp(now);
    contact.contact_association_id = Some(id.to_owned());
    if let Some(parent) = family.parent() {
        contact.contact_association_id = parent.contact_association_id.clone();
        contact.initial_contact_id = parent.initial_contact_id.clone().or_else(|| parent.id.clone());
    }
    contact
}

fn now() -> DateTime {
    DateTime::from(SystemTime::now())
}

/// Replaces a member by what an update has for it.
fn replace<T>(member: &mut Option<T>, update: Option<T>) {
    if update.is_some() {
        *member = update;
    }
}

fn agent(user: UserInfo) -> AgentInfo {
    let mut agent = AgentInfo::default();
    agent.id = user.user_id;
    agent
}

fn endpoint(endpoint: Endpoint) -> EndpointInfo {
    let mut info = EndpointInfo::default();
    info.r#type = endpoint.r#type;
    info.address = endpoint.address;
    info
}

fn recipients(recipients: NullableAdditionalRecipients) -> AdditionalEmailRecipients {
    let copies = recipients.cc_email_addresses.unwrap_or_default();
    AdditionalEmailRecipients::default().cc_list(copies.into_iter().map(recipient))
}

fn recipient(address: EmailAddressInfo) -> EmailRecipient {
    let mut recipient = EmailRecipient::default().address(address.email_address);
    recipient.display_name = address.display_name;
    recipient
}
