//! Passes: what refines a model between a front end and a backend. [`run`] lists them in order.

mod closure;
mod construction;
mod depth;
mod endpoint_rules;
mod messages;
mod paginate;
mod patch;
mod patterns;
mod prune;
mod recursion;
#[cfg(test)]
mod samples;
mod subset;
mod usage;

use crate::config::ServiceConfig;
use crate::diagnostic::Diagnostics;
use crate::ir::Model;
pub use endpoint_rules::simplify as simplify_endpoint_rules;

/// Runs every pass.
pub fn run(model: &mut Model, config: &ServiceConfig, diagnostics: &mut Diagnostics) {
    subset::keep(model, config, diagnostics);
    patch::apply(model, config, diagnostics);
    // What no operation reaches any more holds nobody's messages, and nobody minds its patterns.
    prune::keep_reached(model);
    patterns::check(model, config, diagnostics);
    messages::separate(model, diagnostics);
    prune::prune(model, diagnostics);
    construction::check(&model.shapes, diagnostics);
    depth::check(&model.shapes, diagnostics);
    model.endpoint_rules.iter_mut().for_each(endpoint_rules::simplify);
    usage::fill(model);
    recursion::box_cycles(model);
    paginate::infer(model);
}
