//! A service as the generator would write it: four operations, one error.

use crate::client::{EndpointParameters, ServiceInfo};
use crate::codegen::*;

pub(super) static DESK: ServiceInfo = ServiceInfo {
    name: "Front Desk",
    version: "2017-08-08",
    signing_name: "desk",
    endpoint: |parameters: &EndpointParameters| {
        if let Some(endpoint) = &parameters.endpoint {
            return Ok(endpoint.clone());
        }
        let region = parameters.region.as_deref().ok_or("Invalid Configuration: Missing Region")?;
        let fips = if parameters.use_fips { "-fips" } else { "" };
        let domain = if parameters.use_dual_stack { "api.aws" } else { "amazonaws.com" };
        Ok(format!("https://desk{fips}.{region}.{domain}"))
    },
};

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
    UpdateContact: Default {
        trace: String,
        name: String,
        client_token: String,
    }
}

impl Validate for UpdateContact {}

impl Operation for UpdateContact {
    type Response = Contact;
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::new("UpdateContact", "POST", "/contacts/{ContactId}", &["NotFoundException"]);

    fn write<W: RequestWriter>(&self, to: &mut W) -> Result<(), WriteError> {
        to.label("ContactId", &self.contact_id)?;
        to.header("x-trace", &self.trace)?;
        to.body(self)
    }

    fn read<R: RequestReader>(&mut self, from: &mut R) -> Result<(), DecodeError> {
        from.label("ContactId", &mut self.contact_id)?;
        from.header("x-trace", &mut self.trace)?;
        from.body(self)
    }

    fn idempotency_token(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.client_token)
    }
}

impl Structure for UpdateContact {
    fn encode_members<E: Encoder>(&self, to: &mut E) {
        to.member("Name", &self.name);
        to.member("ClientToken", &self.client_token);
    }

    fn decode_member<D: Decoder>(&mut self, member: &str, from: &mut D) -> Result<(), DecodeError> {
        match member {
            "Name" => from.set(&mut self.name),
            "ClientToken" => from.set(&mut self.client_token),
            _ => from.skip(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Contact {
    pub(super) name: Option<String>,
}

structure! {
    Contact: Default {
        name: String,
    }
}

impl Structure for Contact {
    fn encode_members<E: Encoder>(&self, to: &mut E) {
        to.member("Name", &self.name);
    }

    fn decode_member<D: Decoder>(&mut self, member: &str, from: &mut D) -> Result<(), DecodeError> {
        match member {
            "Name" => from.set(&mut self.name),
            _ => from.skip(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ListContacts {
    pub(super) states: Option<Vec<String>>,
    pub(super) next_token: Option<String>,
}

request! {
    ListContacts: Default {
        states: Vec<String>,
        next_token: String,
    }
}

impl Validate for ListContacts {}

impl Operation for ListContacts {
    type Response = ContactList;
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::new("ListContacts", "GET", "/contacts", &[]);

    fn write<W: RequestWriter>(&self, to: &mut W) -> Result<(), WriteError> {
        to.query("state", &self.states)?;
        to.query("nextToken", &self.next_token)
    }

    fn read<R: RequestReader>(&mut self, from: &mut R) -> Result<(), DecodeError> {
        from.query("state", &mut self.states)?;
        from.query("nextToken", &mut self.next_token)
    }
}

impl Presignable for ListContacts {}

impl Paginated for ListContacts {
    type Item = String;

    fn next_token(response: &ContactList) -> Option<&str> {
        response.next_token.as_deref()
    }

    fn set_token(&mut self, token: String) {
        self.next_token = Some(token);
    }

    fn items(response: ContactList) -> Vec<String> {
        response.names.unwrap_or_default()
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ContactList {
    pub(super) names: Option<Vec<String>>,
    pub(super) next_token: Option<String>,
}

structure! {
    ContactList: Default {
        names: Vec<String>,
        next_token: String,
    }
}

impl Structure for ContactList {
    fn encode_members<E: Encoder>(&self, to: &mut E) {
        to.member("Names", &self.names);
        to.member("NextToken", &self.next_token);
    }

    fn decode_member<D: Decoder>(&mut self, member: &str, from: &mut D) -> Result<(), DecodeError> {
        match member {
            "Names" => from.set(&mut self.names),
            "NextToken" => from.set(&mut self.next_token),
            _ => from.skip(),
        }
    }
}

macro_rules! without_members {
    ($operation:ident, $method:literal, $uri:literal) => {
        #[derive(Clone, Debug, Default)]
        pub(super) struct $operation {}

        request! { $operation: Default {} }

        impl Validate for $operation {}

        impl Operation for $operation {
            type Response = ();
            type Error = Error;
            const INFO: OperationInfo = OperationInfo::new(stringify!($operation), $method, $uri, &[]);

            fn write<W: RequestWriter>(&self, _: &mut W) -> Result<(), WriteError> {
                Ok(())
            }

            fn read<R: RequestReader>(&mut self, _: &mut R) -> Result<(), DecodeError> {
                Ok(())
            }
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
    NotFoundException: Default {
        message: String,
    }
}

impl Structure for NotFoundException {
    fn encode_members<E: Encoder>(&self, to: &mut E) {
        to.member("Message", &self.message);
    }

    fn decode_member<D: Decoder>(&mut self, member: &str, from: &mut D) -> Result<(), DecodeError> {
        match member {
            "Message" => from.set(&mut self.message),
            _ => from.skip(),
        }
    }
}

exception!(NotFoundException, Error::NotFound, "NotFoundException", 404, message);

#[derive(Clone, Debug)]
pub(super) enum Error {
    NotFound(NotFoundException),
    Unrecognized(UnrecognizedError),
    Client(ClientError),
}

impl From<UnrecognizedError> for Error {
    fn from(error: UnrecognizedError) -> Self {
        Self::Unrecognized(error)
    }
}

impl From<ClientError> for Error {
    fn from(error: ClientError) -> Self {
        Self::Client(error)
    }
}

impl ServiceError for Error {
    fn decode<D: Decoder>(code: &str, from: &mut D) -> Result<Option<Self>, DecodeError> {
        match code {
            "NotFoundException" => Ok(Some(Self::NotFound(from.value()?))),
            _ => Ok(None),
        }
    }

    fn encode<E: Encoder>(&self, to: &mut E) {
        match self {
            Self::NotFound(it) => it.encode(to),
            Self::Unrecognized(it) => it.encode(to),
            Self::Client(it) => it.encode(to),
        }
    }

    fn exception(&self) -> &dyn Exception {
        match self {
            Self::NotFound(it) => it,
            Self::Unrecognized(it) => it,
            Self::Client(it) => it,
        }
    }

    fn exception_mut(&mut self) -> &mut dyn Exception {
        match self {
            Self::NotFound(it) => it,
            Self::Unrecognized(it) => it,
            Self::Client(it) => it,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.exception(), formatter)
    }
}

impl std::error::Error for Error {}
