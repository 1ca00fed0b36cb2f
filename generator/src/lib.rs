//! Turns Smithy and botocore service models into Rust: bytes in, files out.
//!
//! ```text
//! models/*.json ─ frontend ─▶ ir ─ pass ─▶ ir ─ rust ─▶ plan ─ emit ─▶ tokens ─ render ─▶ Package
//!                 botocore         patch        every name,    quote!       syn, prettyplease
//!                 smithy           prune        type, box and
//!                                  paginate ..  derive decided
//! ```
//!
//! All of this is pure: no file system, no process, no clock. So it serves a command, a test and a build script alike. What is
//! wrong with a model is collected in [`diagnostic::Diagnostics`], all of it, each with its place. [`Builder`], for build scripts,
//! reads and writes around it.

mod build;
pub mod config;
pub mod diagnostic;
pub mod diff;
pub mod emit;
pub mod frontend;
pub mod home;
pub mod ir;
pub mod package;
pub mod pass;
pub mod protocol;
pub mod render;
pub mod rust;

pub use build::{BuildError, Builder};

use config::{ServiceConfig, ServiceKey};
use diagnostic::Diagnostics;
use home::Home;
use ir::Model;
use package::Package;
use rust::plan::Plan;

/// A service to generate.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// What the command calls it: `connect`. Its crates are named after it.
    pub key: &'a ServiceKey,
    /// The folder of its model, for headers: `models/connect/2017-08-08`.
    pub folder: &'a str,
    /// Its entry in the configuration.
    pub config: &'a ServiceConfig,
    /// Where its code lives.
    pub home: &'a Home,
}

/// Refines a model and plans its Rust; `None` when something keeps code from being generated.
pub fn plan(request: Request<'_>, mut model: Model, diagnostics: &mut Diagnostics) -> Option<Plan> {
    refine(request, &mut model, diagnostics)
}

/// As [`plan`], of a model that is still needed.
pub(crate) fn refine(request: Request<'_>, model: &mut Model, diagnostics: &mut Diagnostics) -> Option<Plan> {
    let is_subset = !request.config.operations.is_empty();
    // What a subset leaves out may be renamed all the same.
    if is_subset {
        config::check_renames(model, request.config, diagnostics);
    }
    pass::run(model, request.config, diagnostics);
    if !is_subset {
        config::check_renames(model, request.config, diagnostics);
    }
    if diagnostics.has_errors() {
        return None;
    }
    let plan = rust::plan(model, request, diagnostics)?;
    (!diagnostics.has_errors()).then_some(plan)
}

/// Generates a service; `None` when something keeps code from being generated.
pub fn generate(request: Request<'_>, model: Model, diagnostics: &mut Diagnostics) -> Option<Package> {
    let place = model.service.place.clone();
    let plan = plan(request, model, diagnostics)?;
    match emit::emit(&plan) {
        Ok(package) => Some(package),
        Err(error) => {
            let help = "give what is called so another name in models.toml, or report this with the model";
            diagnostics.error(&place, format!("cannot write {error}"), help);
            None
        }
    }
}
