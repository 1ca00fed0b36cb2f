//! Requests that never reach the service.

use super::Answer;
use crate::codec::{DecodeError, Encode, Encoder};
use crate::json::{JsonEncoder, Problem, ProblemKind};
use crate::operation::OperationInfo;
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
    /// The client does not take JSON.
    NotAcceptable,
    /// The body is not JSON, says its content type.
    UnsupportedMediaType,
    /// The body is larger than the limit.
    BodyTooLarge,
    /// The body did not arrive in time.
    BodyTimeout,
    /// The body ended before its end.
    BodyIncomplete,
    /// The body is not JSON, or members are of another type.
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
            Self::BodyTooLarge => (413, "RequestEntityTooLargeException"),
            Self::BodyTimeout => (408, "RequestTimeoutException"),
            Self::BodyIncomplete => (400, "IncompleteBodyException"),
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

    /// What is missing or violated, member by member.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
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
        Self { kind, operation: None, message: message.into(), violations: Vec::new(), allow: None }
    }

    pub(super) fn method(allowed: &[&str]) -> Self {
        let message = format!("This path takes {} only", allowed.join(", "));
        Self { allow: Some(allowed.join(", ")), ..Self::new(RejectionKind::MethodNotAllowed, message) }
    }

    pub(super) fn malformed(error: &DecodeError) -> Self {
        Self::new(RejectionKind::Malformed, error.to_string())
    }

    pub(super) fn mistyped(problems: &[Problem]) -> Self {
        let told = problems.iter().filter_map(|problem| match &problem.kind {
            ProblemKind::Mistyped(expected) if problem.path.is_empty() => Some(format!("expected {expected}")),
            ProblemKind::Mistyped(expected) => Some(format!("expected {expected} at {}", problem.path)),
            ProblemKind::Missing => None,
        });
        Self::new(RejectionKind::Malformed, told.take(MAX_TOLD).collect::<Vec<_>>().join("; "))
    }

    /// Of what was checked; `None` when nothing is wrong. What stands in for a missing member is not told.
    pub(super) fn violated(check: Checker, problems: &[Problem]) -> Option<Self> {
        let mut violations = check.into_violations();
        let missing = problems.len().min(violations.len());
        let mut index = 0;
        violations.retain(|violation| {
            index += 1;
            index <= missing || !problems.iter().any(|problem| lies_at(&violation.path, &problem.path))
        });
        let message = match violations.len() {
            0 => return None,
            1 => "1 validation error detected. ".to_owned(),
            count => format!("{count} validation errors detected. "),
        };
        let told: Vec<_> = violations.iter().map(|violation| violation.message.as_str()).collect();
        let message = message + &told.join("; ");
        Some(Self { violations, ..Self::new(RejectionKind::Invalid, message) })
    }

    pub(super) fn of(mut self, operation: &'static OperationInfo) -> Self {
        self.operation = Some(operation);
        self
    }

    pub(super) fn answer(&self) -> Answer {
        let (status, code) = self.kind.error();
        Answer::rejection(status, code, self.allow.clone(), JsonEncoder::encode(self))
    }
}

/// Whether a path leads to another one, or into it.
fn lies_at(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Encode for Rejection {
    fn encode<E: Encoder>(&self, to: &mut E) {
        to.object(|to| {
            to.member("message", self.message.as_str());
            to.member("fieldList", &(!self.violations.is_empty()).then_some(Fields(&self.violations)));
        });
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
