//! Turns Smithy and botocore service models into Rust: bytes in, files out.

pub mod config;
pub mod diagnostic;
pub mod ir;
pub mod package;
