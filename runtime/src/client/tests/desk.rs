//! A service as the generator would write it: four operations, one error. [`archive`](super::archive) has what bodies can be.

use crate::client::{Call, Core, ServiceInfo};
use crate::codegen::*;
use crate::endpoint::rules::{Argument, BuiltIn, EndpointRules, boolean, if_then_else, is_set, not, string, when};
use crate::protocol::RestJson1;
use crate::testing::service_error;

pub(super) static DESK: ServiceInfo =
    ServiceInfo { name: "Front Desk", version: "2017-08-08", signing_name: "desk", endpoint: &RULES, ..ServiceInfo::PLAIN };

static RULES: EndpointRules = EndpointRules::new(
    &[
        string("Region").built_in(BuiltIn::Region),
        string("Endpoint").built_in(BuiltIn::Endpoint),
        boolean("UseFIPS").built_in(BuiltIn::UseFips).or_boolean(false),
        boolean("UseDualStack").built_in(BuiltIn::UseDualStack).or_boolean(false),
    ],
    &[
        when(&[is_set("Endpoint")]).endpoint("{Endpoint}"),
        when(&[not(is_set("Region"))]).error("Invalid Configuration: Missing Region"),
        when(&[
            is_set("Region"),
            if_then_else(&[Argument::Path("UseFIPS"), Argument::Text("-fips"), Argument::Text("")]).assign("fips"),
            if_then_else(&[Argument::Path("UseDualStack"), Argument::Text("api.aws"), Argument::Text("amazonaws.com")])
                .assign("domain"),
        ])
        .endpoint("https://desk{fips}.{Region}.{domain}"),
    ],
);

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct UpdateContact {
    pub(super) contact_id: String,
    pub(super) trace: Option<String>,
    pub(super) name: Option<String>,
    pub(super) client_token: Option<String>,
}

impl UpdateContact {
    pub(super) fn new(contact_id: impl Into<String>) -> Self {
        Self { contact_id: contact_id.into(), ..Self::default() }
    }
}

request! {
    UpdateContact: default {
        text trace,
        text name,
        text client_token,
    }
}

impl Validate for UpdateContact {}

impl Operation for UpdateContact {
    type Response = Contact;
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::new("UpdateContact", "POST", "/contacts/{ContactId}", &["NotFoundException"]);

    bindings! {
        label "ContactId" => contact_id,
        header "x-trace" => trace,
        body,
    }

    fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.client_token)
    }
}

impl Structure for UpdateContact {
    members! {
        "Name" => name,
        "ClientToken" => client_token,
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Contact {
    pub(super) name: Option<String>,
}

structure! {
    Contact: default {
        text name,
    }
}

impl Message for Contact {}

impl Structure for Contact {
    members! {
        "Name" => name,
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ListContacts {
    pub(super) states: Option<Vec<String>>,
    pub(super) next_token: Option<String>,
}

request! {
    ListContacts: default {
        texts states,
        text next_token,
    }
}

impl Validate for ListContacts {}

impl Operation for ListContacts {
    type Response = ContactList;
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::new("ListContacts", "GET", "/contacts", &[]);

    bindings! {
        query "state" => states,
        query "nextToken" => next_token,
    }
}

impl Presignable for ListContacts {}

paginated! { ListContacts: next_token = next_token, names: String }

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ContactList {
    pub(super) names: Option<Vec<String>>,
    pub(super) next_token: Option<String>,
}

structure! {
    ContactList: default {
        texts names,
        text next_token,
    }
}

impl Message for ContactList {}

impl Structure for ContactList {
    members! {
        "Names" => names,
        "NextToken" => next_token,
    }
}

macro_rules! without_members {
    ($operation:ident, $method:literal, $uri:literal) => {
        #[derive(Clone, Debug, Default)]
        pub(super) struct $operation {}

        request! { $operation: default {} }

        impl Validate for $operation {}

        impl Operation for $operation {
            type Response = ();
            type Error = Error;
            const INFO: OperationInfo = OperationInfo::new(stringify!($operation), $method, $uri, &[]);

            bindings! {}
        }
    };
}

without_members!(OpenDesk, "PUT", "/desk");
without_members!(CloseDesk, "DELETE", "/desk");

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct NotFoundException {
    pub(super) message: Option<String>,
    pub(super) meta: ErrorMeta,
}

structure! {
    NotFoundException: default {
        text message,
    }
}

impl Message for NotFoundException {}

impl Structure for NotFoundException {
    members! {
        "Message" => message,
    }
}

exception!(NotFoundException, Error::NotFound, "NotFoundException", 404, message);

service_error!(
    ServiceName::new("", "Desk"),
    NotFound(NotFoundException) = "NotFoundException";
    retry { "BusyException" => Retryable::Again, "RushException" => Retryable::Throttled }
);

impl Core {
    /// A call in the protocol that the desk speaks.
    pub(super) fn ask<O: Operation>(&self, request: O) -> Call<'_, O> {
        self.call::<RestJson1, O>(request)
    }
}
