//! Paginators: <https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait>.

use super::jmespath::Expression;
use crate::diagnostic::Place;

/// How to page through an operation. What its expressions name is looked up when it is planned.
#[derive(Clone, Debug, PartialEq)]
pub struct Paginator {
    /// The tokens: one, of most operations.
    pub tokens: Vec<PageToken>,
    /// The lists of items in the output; Smithy has at most one, botocore may have several.
    pub items: Vec<Expression>,
    /// A boolean in the output that says whether there is another page, whatever the tokens are.
    pub more: Option<Expression>,
    /// Where this comes from.
    pub origin: PaginatorOrigin,
    /// Where the model says it.
    pub place: Place,
}

/// A token, which an answer gives and the next request takes.
#[derive(Clone, Debug, PartialEq)]
pub struct PageToken {
    /// The input's member.
    pub input: String,
    /// Where it is in the output.
    pub output: Expression,
}

/// Where a [`Paginator`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaginatorOrigin {
    /// The model says so.
    Model,
    /// The operation has a token in, a token out and exactly one list out.
    Inferred,
}
