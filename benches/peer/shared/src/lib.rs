//! What both sides of the bench share, so that they differ in nothing but the code that is measured.

#[cfg(feature = "client")]
pub mod canned;
pub mod clock;
#[cfg(feature = "client")]
pub mod config;
pub mod mirror;
pub mod references;
pub mod sample;
