//! Endpoint rules, which all formats write alike.
//!
//! They are checked as they are read, each where it stands: names, types, and that what need not be set is asked for first. A client
//! evaluates them as they are.

mod calls;
mod context;
mod diagram;
mod endpoint;
mod parameters;
mod path;
mod rules;
mod scope;
mod template;
#[cfg(test)]
mod tests;

use super::SourceFile;
use super::json::{Json, parse};
use super::reader::Object;
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{Decision, EndpointRules};
pub(super) use context::{
    check_context, lower_client_parameters, lower_context_parameter, lower_operation_context, lower_static_context,
};
use scope::Scope;

/// The versions of the rules language that are understood.
const VERSIONS: &[&str] = &["1.0", "1.1", "1.2", "1.3"];

/// The version of the rules language that diagrams came with.
const BEFORE_DIAGRAMS: &str = "1.0";

/// Reads a file of rules, `endpoint-rule-set-1.json`, or of a diagram, which is told by its nodes.
pub fn read_file(file: SourceFile<'_>, diagnostics: &mut Diagnostics) -> Option<EndpointRules> {
    let errors_before = diagnostics.error_count();
    let json = parse(file, diagnostics)?;
    let is_diagram = matches!(&json, Json::Object(entries) if entries.iter().any(|(key, _)| key == "nodes"));
    let rules = match is_diagram {
        true => read_diagram(&json, Place::file(file.name), diagnostics),
        false => read(&json, Place::file(file.name), diagnostics),
    };
    rules.filter(|_| diagnostics.error_count() == errors_before)
}

/// Reads a rule set, which stands at `place`.
pub(super) fn read(rules: &Json<'_>, place: Place, diagnostics: &mut Diagnostics) -> Option<EndpointRules> {
    let mut root = Object::new(rules, place, diagnostics)?;
    check_version(&mut root, VERSIONS, diagnostics);
    let parameters = root.required_object("parameters", diagnostics);
    let parameters = parameters.map(|parameters| parameters::lower_parameters(parameters, diagnostics));
    let mut scope = Scope::of_rules(parameters.as_deref().unwrap_or_default());
    let rules = rules::lower_rules(&mut root, &mut scope, diagnostics);
    root.finish_read(diagnostics);
    Some(EndpointRules { parameters: parameters?, decision: Decision::Rules(rules) })
}

/// Reads a decision diagram, which stands at `place`.
pub(super) fn read_diagram(diagram: &Json<'_>, place: Place, diagnostics: &mut Diagnostics) -> Option<EndpointRules> {
    let mut root = Object::new(diagram, place, diagnostics)?;
    let versions: Vec<&str> = VERSIONS.iter().copied().filter(|version| *version != BEFORE_DIAGRAMS).collect();
    check_version(&mut root, &versions, diagnostics);
    let parameters = root.required_object("parameters", diagnostics);
    let parameters = parameters.map(|parameters| parameters::lower_parameters(parameters, diagnostics));
    let mut scope = Scope::of_diagram(parameters.as_deref().unwrap_or_default());
    let diagram = diagram::lower_diagram(&mut root, &mut scope, diagnostics);
    root.finish_read(diagnostics);
    Some(EndpointRules { parameters: parameters?, decision: Decision::Diagram(diagram?) })
}

fn check_version(root: &mut Object<'_, '_>, versions: &[&str], diagnostics: &mut Diagnostics) {
    if let Some(version) = root.required_string("version", diagnostics)
        && !versions.contains(&version)
    {
        let message = format!("not supported yet: version `{version}` of the endpoint rules");
        diagnostics.error(&root.at("version"), message, format!("use one of {}", versions.join(", ")));
    }
}

/// Reports something that rules may have and smithwright does not.
fn report_unsupported<T>(what: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<T> {
    let help = "drop the endpoint rules if you can do without them, or report that you need this";
    diagnostics.error(place, format!("not supported yet in endpoint rules: {what}"), help);
    None
}
