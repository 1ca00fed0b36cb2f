//! Every decision about Rust: names, types, boxes, derives. What comes out is a [`plan::Plan`] that emitters only write down.

mod layout;
pub mod names;
pub mod plan;
mod planner;
pub mod types;
pub mod visible;
pub mod words;

pub use planner::plan;
pub(crate) use planner::runtime_exports;
