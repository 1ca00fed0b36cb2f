//! Structures: <https://smithy.io/2.0/spec/aggregate-types.html#structure>.

use super::Member;

/// A structure shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Structure {
    /// The members, in the model's order.
    pub members: Vec<Member>,
    /// Set when the structure is an error.
    pub error: Option<ErrorTrait>,
}

impl Structure {
    /// The member of this name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

/// `smithy.api#error` and `smithy.api#httpError`.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorTrait {
    /// The code on the wire, where it is not the shape's name.
    pub code: Option<String>,
    /// The code in a protocol that the service spoke before, where it is another.
    pub query_code: Option<String>,
    /// The HTTP status.
    pub status: u16,
    /// Whose fault it is: `true` for the client's (4xx).
    pub client_fault: bool,
    /// `smithy.api#retryable`: whether to try again, and whether it is a throttle.
    pub retryable: Option<Retryable>,
}

/// `smithy.api#retryable`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retryable {
    /// Whether the error says that the caller calls too often.
    pub throttling: bool,
}
