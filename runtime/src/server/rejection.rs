//! Requests that never reach the service.

use super::Answer;
use super::protocol::ProtocolTable;
#[cfg(feature = "checksum")]
use crate::checksum::ChecksumError;
use crate::codec::{DecodeError, DecodeErrorKind, Encode, Encoder, Problem, ProblemKind, Problems};
use crate::operation::OperationInfo;
use crate::protocol::ErrorMembers;
use crate::validate::{Checker, Violation};
use std::fmt;

/// How many mistyped members are told.
const MAX_TOLD: usize = 100;

/// Why a request did not reach the service.
#[derive(Clone, Debug)]
pub struct Rejection {
    kind: RejectionKind,
    operation: Option<&'static OperationInfo>,
    message: String,
    violations: Vec<Violation>,
    violation_count: usize,
    more_violations: bool,
    allow: Option<String>,
}

/// The kinds of [`Rejection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RejectionKind {
    /// No operation has this path.
    UnknownOperation,
    /// Operations have this path, but not with this method.
    MethodNotAllowed,
    /// The client does not take what the operation answers.
    NotAcceptable,
    /// The body is not what the operation takes, or does not say so in its content type.
    UnsupportedMediaType,
    /// The body is a stream whose length must be known beforehand, and is not.
    LengthRequired,
    /// The body is larger than the limit, or its values need more memory than they may.
    BodyTooLarge,
    /// The body did not arrive in time.
    BodyTimeout,
    /// The body ended before its end.
    BodyIncomplete,
    /// The body has another checksum than the request says, or none where the operation asks for one.
    Checksum,
    /// The body is not of the protocol's format, or members are of another type.
    Malformed,
    /// Members are missing or violate constraints.
    Invalid,
}

impl RejectionKind {
    /// Status and name, as AWS's own services have them.
    fn error(self) -> (u16, &'static str) {
        match self {
            Self::UnknownOperation => (404, "UnknownOperationException"),
            Self::MethodNotAllowed => (405, "MethodNotAllowedException"),
            Self::NotAcceptable => (406, "NotAcceptableException"),
            Self::UnsupportedMediaType => (415, "UnsupportedMediaTypeException"),
            Self::LengthRequired => (411, "LengthRequiredException"),
            Self::BodyTooLarge => (413, "RequestEntityTooLargeException"),
            Self::BodyTimeout => (408, "RequestTimeoutException"),
            Self::BodyIncomplete => (400, "IncompleteBodyException"),
            Self::Checksum => (400, "BadDigestException"),
            Self::Malformed => (400, "SerializationException"),
            Self::Invalid => (400, "ValidationException"),
        }
    }
}

impl Rejection {
    /// Why.
    pub fn kind(&self) -> RejectionKind {
        self.kind
    }

    /// The operation, where it is known.
    pub fn operation(&self) -> Option<&'static OperationInfo> {
        self.operation
    }

    /// The message that is answered. It quotes no value.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What is missing or violated, member by member, in the order it was found: what is missing first. Of more than a hundred
    /// violations, these are the first hundred.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// How much is missing or violated, told or not; 128 at most are counted.
    pub fn violation_count(&self) -> usize {
        self.violation_count
    }

    /// Whether more is missing or violated than is counted: the request was not read, or not checked, to its end.
    pub fn has_more_violations(&self) -> bool {
        self.more_violations
    }

    /// The status that is answered.
    pub fn status(&self) -> u16 {
        self.kind.error().0
    }

    /// The name of the error that is answered.
    pub fn code(&self) -> &'static str {
        self.kind.error().1
    }

    pub(super) fn new(kind: RejectionKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            operation: None,
            message: message.into(),
            violations: Vec::new(),
            violation_count: 0,
            more_violations: false,
            allow: None,
        }
    }

    pub(super) fn unknown_operation() -> Self {
        Self::new(RejectionKind::UnknownOperation, "No operation has this path")
    }

    pub(super) fn method(allowed: &[&str]) -> Self {
        let message = format!("This path takes {} only", allowed.join(", "));
        Self { allow: Some(allowed.join(", ")), ..Self::new(RejectionKind::MethodNotAllowed, message) }
    }

    pub(super) fn malformed(error: &DecodeError) -> Self {
        let kind = match error.kind() {
            DecodeErrorKind::TooLarge(_) => RejectionKind::BodyTooLarge,
            _ => RejectionKind::Malformed,
        };
        Self::new(kind, error.to_string())
    }

    #[cfg(feature = "checksum")]
    pub(super) fn checksum(error: &ChecksumError) -> Self {
        let message = match error {
            ChecksumError::Mismatch(header) => format!("The checksum of the body is not the one in {header}"),
            ChecksumError::Missing(header) => format!("The checksum {header} did not come behind the body"),
        };
        Self::new(RejectionKind::Checksum, message)
    }

    pub(super) fn mistyped(problems: &Problems) -> Self {
        let told: Vec<_> = problems.recorded().iter().filter_map(tell_mistyped).take(MAX_TOLD).collect();
        let more = if problems.has_more() { "; and more" } else { "" };
        Self::new(RejectionKind::Malformed, told.join("; ") + more)
    }

    /// Of what was checked; `None` when nothing is wrong.
    ///
    /// The message has the words of Smithy's suite: how many violations there are, and those that are told. Where these are not all, it
    /// ends with the number of the others, as far as they are counted.
    pub(super) fn violated(check: Checker) -> Option<Self> {
        let (count, more) = (check.count(), check.is_full());
        let mut message = match count {
            0 => return None,
            1 => "1 validation error detected. ".to_owned(),
            _ if more => format!("More than {count} validation errors detected. "),
            _ => format!("{count} validation errors detected. "),
        };
        let violations = check.into_violations();
        let told: Vec<_> = violations.iter().map(|violation| violation.message.as_str()).collect();
        message += &told.join("; ");
        match count - violations.len() {
            _ if more => message += "; and more",
            0 => {}
            untold => message += &format!("; and {untold} more"),
        }
        let invalid = Self::new(RejectionKind::Invalid, message);
        Some(Self { violations, violation_count: count, more_violations: more, ..invalid })
    }

    pub(super) fn of(mut self, operation: &'static OperationInfo) -> Self {
        self.operation = Some(operation);
        self
    }

    pub(super) fn answer(&self, protocol: &ProtocolTable) -> Answer {
        let (status, code) = self.kind.error();
        Answer::failure(code, (protocol.refuse)(status, code, self)).allow(self.allow.clone())
    }
}

/// What is wrong with the type of a value.
fn tell_mistyped(problem: &Problem) -> Option<String> {
    let expected = match &problem.kind {
        ProblemKind::Mistyped(expected) => expected,
        ProblemKind::Unrecognized => "a known member",
        ProblemKind::Missing | ProblemKind::TooLong { .. } => return None,
    };
    Some(match problem.path.as_str() {
        "" => format!("expected {expected}"),
        path => format!("expected {expected} at {path}"),
    })
}

impl ErrorMembers for Rejection {
    fn encode_members<E: Encoder>(&self, to: &mut E) {
        to.member("message", self.message.as_str());
        to.member("fieldList", &(!self.violations.is_empty()).then_some(Fields(&self.violations)));
    }
}

struct Fields<'a>(&'a [Violation]);

impl Encode for Fields<'_> {
    fn encode<E: Encoder>(&self, to: &mut E) {
        to.list(self.0.iter());
    }
}

impl Encode for Violation {
    fn encode<E: Encoder>(&self, to: &mut E) {
        to.object(|to| {
            to.member("path", self.path.as_str());
            to.member("message", self.message.as_str());
        });
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code(), self.message)
    }
}

impl std::error::Error for Rejection {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format as _;
    use crate::format::json::Json;

    fn violated(check: impl FnOnce(&mut Checker)) -> Option<Rejection> {
        let mut checker = Checker::default();
        check(&mut checker);
        Rejection::violated(checker)
    }

    fn body(check: impl FnOnce(&mut Checker)) -> String {
        let rejection = violated(check).unwrap();
        String::from_utf8(Json::encode(|to| to.object(|to| rejection.encode_members(to)))).unwrap()
    }

    #[test]
    fn nothing_violated_is_no_rejection() {
        assert!(violated(|_| {}).is_none());
    }

    #[test]
    fn one_violation_is_told_in_the_message_and_in_the_list() {
        assert_eq!(
            body(|check| check.missing("/a")),
            concat!(
                r#"{"message":"1 validation error detected. Value at '/a' failed to satisfy constraint: Member must not be null","#,
                r#""fieldList":[{"path":"/a","message":"Value at '/a' failed to satisfy constraint: Member must not be null"}]}"#
            )
        );
    }

    #[test]
    fn many_violations_are_counted_and_told_one_after_the_other() {
        let rejection = violated(|check| {
            check.missing("/a");
            check.at("b").length(&"c".to_owned(), 2..);
        });
        assert_eq!(
            rejection.unwrap().message(),
            "2 validation errors detected. Value at '/a' failed to satisfy constraint: Member must not be null; \
             Value with length 1 at '/b' failed to satisfy constraint: Member must have length greater than or equal to 2"
        );
    }

    #[test]
    fn of_many_violations_a_hundred_are_told_and_the_others_counted() {
        let rejection = violated(|check| (0..103).for_each(|index| check.missing(&format!("/{index}")))).unwrap();
        assert!(rejection.message().starts_with("103 validation errors detected. Value at '/0' failed"));
        assert!(
            rejection.message().ends_with("Value at '/99' failed to satisfy constraint: Member must not be null; and 3 more")
        );
        assert_eq!((rejection.violations().len(), rejection.violation_count()), (100, 103));
        assert!(!rejection.has_more_violations());
    }

    #[test]
    fn of_a_million_violations_the_message_says_that_there_are_more_than_were_counted() {
        let rejection = violated(|check| (0..1_000_000).for_each(|index| check.missing(&format!("/{index}")))).unwrap();
        assert!(rejection.message().starts_with("More than 128 validation errors detected. Value at '/0' failed"));
        assert!(rejection.message().ends_with("Value at '/99' failed to satisfy constraint: Member must not be null; and more"));
        assert_eq!((rejection.violations().len(), rejection.violation_count()), (100, 128));
        assert!(rejection.has_more_violations());
    }
}
