//! Front ends: model files in, [`ir::Model`](crate::ir::Model) out.
//!
//! A front end knows one file format. It turns every string of it into a type or into a diagnostic, so that nothing after it
//! has to doubt what it reads.

pub mod botocore;
pub mod smithy;

mod auth;
mod bindings;
mod bounds;
mod endpoints;
mod enums;
mod events;
mod fate;
mod host;
mod html;
mod http;
mod json;
mod limits;
mod names;
mod nesting;
mod operations;
mod reader;
mod routes;
mod uri;
mod wire;

/// A file of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceFile<'a> {
    /// The name that diagnostics show.
    pub name: &'a str,
    /// What the file holds.
    pub text: &'a str,
}
