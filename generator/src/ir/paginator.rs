//! Paginators: <https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait>.

/// How to page through an operation; every name is a member of its input or output.
#[derive(Clone, Debug, PartialEq)]
pub struct Paginator {
    /// The input member that takes the token.
    pub input_token: String,
    /// The output member that gives the next one.
    pub output_token: String,
    /// The output member that holds the items: a list.
    pub items: String,
    /// The input member that limits a page.
    pub limit: Option<String>,
    /// Where this comes from.
    pub origin: PaginatorOrigin,
}

/// Where a [`Paginator`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaginatorOrigin {
    /// The model says so.
    Model,
    /// The operation has a token in, a token out and exactly one list out.
    Inferred,
}
