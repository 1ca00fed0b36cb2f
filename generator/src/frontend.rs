//! Front ends: model files in, [`ir::Model`](crate::ir::Model) out.
//!
//! A front end knows one file format. It turns every string of it into a type or into a diagnostic, so that nothing after it
//! has to doubt what it reads.

pub mod botocore;
pub mod smithy;

mod auth;
mod bindings;
mod bounds;
mod checksum;
mod customizations;
mod discovery;
pub mod endpoints;
mod enums;
mod events;
mod fate;
pub mod files;
mod host;
mod html;
mod http;
mod jmespath;
mod json;
mod limits;
mod names;
mod nesting;
mod operations;
mod paths;
mod protocol;
mod reader;
mod routes;
mod speech;
mod uri;
mod waiters;
mod wire;

#[cfg(test)]
pub(crate) use jmespath::parse as jmespath_of;

/// A file of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceFile<'a> {
    /// The name that diagnostics show.
    pub name: &'a str,
    /// What the file holds.
    pub text: &'a str,
}
