//! How a client learns where operations are called.

use super::Lookup;
use crate::rust::names::Name;

/// What an operation has to do with endpoint discovery.
#[derive(Clone, Debug)]
pub enum Discovery {
    /// It says where others are called.
    Describes(Box<Description>),
    /// It is called where that one says; perhaps also elsewhere, unless that is required.
    Discovered {
        /// Whether it is.
        required: bool,
    },
}

/// What an operation says of where others are called.
#[derive(Clone, Debug)]
pub struct Description {
    /// The error that says of an endpoint that it is none any more.
    pub error: String,
    /// The endpoints in a `response`, an iterator.
    pub endpoints: Lookup,
    /// Where each of them is.
    pub address: Lookup,
    /// For how long, in minutes.
    pub minutes: Lookup,
    /// The fields of the request for the operation that is asked about, and for what its requests say.
    pub question: Option<(Name, Name)>,
}
