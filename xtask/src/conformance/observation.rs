//! What the test program saw: a line of JSON a test.

use super::judge::Difference;
use serde::{Deserialize, Deserializer};
use std::fmt;

/// What came of one test.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub(crate) enum Observation {
    /// The client sent a request.
    Request(Request),
    /// The server answered.
    Response(Response),
    /// A typed value came, and was compared.
    Value { differences: Vec<Difference> },
    /// Nothing of the kind.
    Failed { reason: String },
}

/// A request that a client sent.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) host: String,
    pub(crate) headers: Vec<(String, String)>,
    #[serde(deserialize_with = "bytes")]
    pub(crate) body: Vec<u8>,
}

/// A response that a server answered.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Response {
    pub(crate) code: u16,
    pub(crate) headers: Vec<(String, String)>,
    #[serde(deserialize_with = "bytes")]
    pub(crate) body: Vec<u8>,
    /// The operation that was called, if one was.
    pub(crate) served: Option<String>,
}

impl Request {
    pub(crate) fn path_and_query(&self) -> (&str, &str) {
        self.target.split_once('?').unwrap_or((&self.target, ""))
    }
}

/// Bytes are written as characters of the same numbers.
fn bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(text.chars().map(|character| u8::try_from(u32::from(character)).unwrap_or(b'?')).collect())
}

/// What came instead of what was expected.
impl fmt::Display for Observation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(request) => write!(formatter, "a request: {} {}", request.method, request.target),
            Self::Response(response) => {
                write!(formatter, "a response: {}\n{}", response.code, String::from_utf8_lossy(&response.body))
            }
            Self::Value { .. } => formatter.write_str("a value"),
            Self::Failed { reason } => formatter.write_str(reason),
        }
    }
}
