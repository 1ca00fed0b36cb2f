//! What the programs of `cargo xtask interop` share.

mod serve;
mod upstream;

pub use serve::{Served, run};
pub use upstream::{Calls, configuration, upstream};
