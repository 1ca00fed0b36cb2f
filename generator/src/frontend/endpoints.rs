//! Endpoint rules, which all formats write alike, and botocore's `partitions.json`.

use super::SourceFile;
use super::fate::{Fate, Fates, PROSE};
use super::json::{Entry, Json, parse};
use super::names::{check_name, is_identifier};
use super::reader::{Object, wrong_type};
use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{
    Argument, BuiltIn, Condition, Endpoint, EndpointRules, Function, Parameter, ParameterType, Partition, PartitionOutputs, Rule,
    RuleBody, Template, TemplatePart,
};

/// The keys of a parameter.
const PARAMETER_KEYS: Fates = &[
    ("type", Fate::Used),
    ("builtIn", Fate::Used),
    ("required", Fate::Used),
    ("default", Fate::Used),
    ("documentation", PROSE),
    ("deprecated", PROSE),
];

/// The keys of a rule.
const RULE_KEYS: Fates = &[
    ("conditions", Fate::Used),
    ("type", Fate::Used),
    ("rules", Fate::Used),
    ("endpoint", Fate::Used),
    ("error", Fate::Used),
    ("documentation", PROSE),
    ("deprecated", PROSE),
];

/// The versions of the rules language that are understood.
const VERSIONS: &[&str] = &["1.0"];

/// Reads a rule set, which stands at `place`, and the partitions that it needs.
pub(super) fn read(
    rules: &Json<'_>,
    place: Place,
    partitions: Option<SourceFile<'_>>,
    diagnostics: &mut Diagnostics,
) -> Option<EndpointRules> {
    let Some(file) = partitions else {
        diagnostics.error(&place, "endpoint rules without partitions", "give `partitions.json` too");
        return None;
    };
    let json = parse(file, diagnostics)?;
    let partitions = Object::new(&json, Place::file(file.name), diagnostics).map(|root| lower_partitions(root, diagnostics));
    let rules = Object::new(rules, place, diagnostics)?;
    lower_rules(rules, partitions?, diagnostics)
}

/// Lowers a rule set.
fn lower_rules(mut root: Object<'_, '_>, partitions: Vec<Partition>, diagnostics: &mut Diagnostics) -> Option<EndpointRules> {
    check_version(&mut root, diagnostics);
    let parameters = root.required_object("parameters", diagnostics);
    let parameters = parameters.map(|parameters| lower_parameters(parameters, diagnostics));
    let rules = lower_rule_list(&mut root, diagnostics);
    root.finish_read(diagnostics);
    Some(EndpointRules { parameters: parameters?, rules, partitions })
}

fn check_version(root: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) {
    if let Some(version) = root.required_string("version", diagnostics)
        && !VERSIONS.contains(&version)
    {
        let message = format!("not supported yet: version `{version}` of the endpoint rules");
        diagnostics.error(&root.at("version"), message, "use rules of version 1.0");
    }
}

fn lower_parameters(parameters: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Vec<Parameter> {
    let (place, entries) = parameters.into_entries();
    let lower = |(name, json): &Entry<'_>| {
        let parameter = Object::new(json, place.child(name), diagnostics)?;
        lower_parameter(name, parameter, diagnostics)
    };
    entries.iter().filter_map(lower).collect()
}

fn lower_parameter(name: &str, mut parameter: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Parameter> {
    check_name(name, &parameter.place, diagnostics);
    let kind = parameter.required_string("type", diagnostics);
    let kind = kind.and_then(|kind| lower_parameter_type(kind, &parameter.at("type"), diagnostics));
    let built_in = parameter.string("builtIn", diagnostics);
    let built_in = built_in.and_then(|built_in| lower_built_in(built_in, &parameter.at("builtIn"), diagnostics));
    let required = parameter.flag("required", diagnostics);
    let default = parameter.boolean("default", diagnostics);
    parameter.finish(PARAMETER_KEYS, diagnostics);
    Some(Parameter { name: name.to_owned(), kind: kind?, built_in, required, default })
}

fn lower_parameter_type(kind: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<ParameterType> {
    match kind {
        "string" | "String" => Some(ParameterType::String),
        "boolean" | "Boolean" => Some(ParameterType::Boolean),
        other => report_unsupported(&format!("the parameter type `{other}`"), place, diagnostics),
    }
}

fn lower_built_in(name: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<BuiltIn> {
    match name {
        "AWS::Region" => Some(BuiltIn::Region),
        "AWS::UseFIPS" => Some(BuiltIn::UseFips),
        "AWS::UseDualStack" => Some(BuiltIn::UseDualStack),
        "SDK::Endpoint" => Some(BuiltIn::Endpoint),
        other => report_unsupported(&format!("the built-in `{other}`"), place, diagnostics),
    }
}

fn lower_rule_list(object: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Vec<Rule> {
    let rules = object.objects("rules", diagnostics);
    rules.into_iter().filter_map(|rule| lower_rule(rule, diagnostics)).collect()
}

fn lower_rule(mut rule: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Rule> {
    let conditions = rule.objects("conditions", diagnostics);
    let conditions = conditions.into_iter().filter_map(|condition| lower_condition(condition, diagnostics)).collect();
    let kind = rule.required_string("type", diagnostics);
    let body = kind.and_then(|kind| lower_rule_body(kind, &mut rule, diagnostics));
    // Without its type, nobody can say which keys a rule may have.
    if body.is_some() {
        rule.finish(RULE_KEYS, diagnostics);
    }
    Some(Rule { conditions, body: body? })
}

fn lower_rule_body(kind: &str, rule: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<RuleBody> {
    match kind {
        "tree" => Some(RuleBody::Tree(lower_rule_list(rule, diagnostics))),
        "endpoint" => {
            let endpoint = rule.required_object("endpoint", diagnostics)?;
            lower_endpoint(endpoint, diagnostics).map(RuleBody::Endpoint)
        }
        "error" => lower_text("error", rule, diagnostics).map(RuleBody::Error),
        other => report_unsupported(&format!("the rule type `{other}`"), &rule.at("type"), diagnostics),
    }
}

fn lower_endpoint(mut endpoint: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Endpoint> {
    let url = lower_text("url", &mut endpoint, diagnostics);
    for key in ["properties", "headers"] {
        if let Some((place, [_, ..])) = endpoint.object(key, diagnostics).map(Object::into_entries) {
            report_unsupported::<()>(&format!("{key} of an endpoint"), &place, diagnostics);
        }
    }
    endpoint.finish_read(diagnostics);
    Some(Endpoint { url: url? })
}

/// A key that is a template, or a reference to a string.
fn lower_text(key: &str, object: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Template> {
    let place = object.at(key);
    let Some(json) = object.take(key) else {
        diagnostics.error(&object.place, format!("the key `{key}` is missing"), format!("add `{key}`, a string"));
        return None;
    };
    match lower_argument(json, &place, diagnostics)? {
        Argument::String(template) => Some(template),
        Argument::Reference(name) => Some(Template(vec![TemplatePart::Reference(name)])),
        Argument::Attribute(name, path) => Some(Template(vec![TemplatePart::Attribute(name, path)])),
        Argument::Boolean(_) => wrong_type(&place, "a string", json, diagnostics),
    }
}

fn lower_condition(mut condition: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Condition> {
    let assign = condition.string("assign", diagnostics).map(str::to_owned);
    assign.iter().for_each(|name| check_name(name, &condition.at("assign"), diagnostics));
    let function = lower_function(&mut condition, diagnostics);
    condition.finish_read(diagnostics);
    Some(Condition { function: function?, assign })
}

fn lower_function(call: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Function> {
    let name = call.required_string("fn", diagnostics);
    let arguments = call.array("argv", diagnostics).unwrap_or_default();
    let place = call.at("argv");
    let name = name?;
    Some(match (name, arguments) {
        ("isSet", [value]) => Function::IsSet(lower_argument(value, &place.child(0), diagnostics)?),
        ("aws.partition", [region]) => Function::Partition(lower_argument(region, &place.child(0), diagnostics)?),
        ("not", [inner]) => {
            let mut inner = Object::new(inner, place.child(0), diagnostics)?;
            let function = lower_function(&mut inner, diagnostics);
            inner.finish_read(diagnostics);
            Function::Not(Box::new(function?))
        }
        ("booleanEquals", [left, right]) => {
            let (left, right) = lower_pair(left, right, &place, diagnostics)?;
            Function::BooleanEquals(left, right)
        }
        ("stringEquals", [left, right]) => {
            let (left, right) = lower_pair(left, right, &place, diagnostics)?;
            Function::StringEquals(left, right)
        }
        ("getAttr", [value, path]) => {
            let (name, path) = lower_attribute(value, path, &place, diagnostics)?;
            Function::GetAttr(name, path)
        }
        ("isSet" | "aws.partition" | "not" | "booleanEquals" | "stringEquals" | "getAttr", arguments) => {
            let message = format!("`{name}` does not take {} arguments", arguments.len());
            diagnostics.error(&place, message, "`not`, `isSet` and `aws.partition` take one, the others two");
            return None;
        }
        (other, _) => return report_unsupported(&format!("the function `{other}`"), &call.at("fn"), diagnostics),
    })
}

fn lower_pair(left: &Json<'_>, right: &Json<'_>, place: &Place, diagnostics: &mut Diagnostics) -> Option<(Argument, Argument)> {
    let left = lower_argument(left, &place.child(0), diagnostics);
    let right = lower_argument(right, &place.child(1), diagnostics);
    Some((left?, right?))
}

fn lower_argument(json: &Json<'_>, place: &Place, diagnostics: &mut Diagnostics) -> Option<Argument> {
    match json {
        Json::Bool(value) => Some(Argument::Boolean(*value)),
        Json::String(text) => lower_template(text, place, diagnostics).map(Argument::String),
        Json::Object(_) => {
            let mut object = Object::new(json, place.clone(), diagnostics)?;
            let argument = lower_computed(&mut object, diagnostics);
            object.finish_read(diagnostics);
            argument
        }
        other => wrong_type(place, "a string, a boolean, a reference or a call", other, diagnostics),
    }
}

/// `{"ref": ..}` or a call.
fn lower_computed(object: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Argument> {
    if let Some(name) = object.string("ref", diagnostics) {
        check_name(name, &object.at("ref"), diagnostics);
        return Some(Argument::Reference(name.to_owned()));
    }
    match lower_function(object, diagnostics)? {
        Function::GetAttr(name, path) => Some(Argument::Attribute(name, path)),
        _ => report_unsupported("a call other than `getAttr` as an argument", &object.place, diagnostics),
    }
}

fn lower_attribute(value: &Json<'_>, path: &Json<'_>, place: &Place, diagnostics: &mut Diagnostics) -> Option<(String, String)> {
    let value_place = place.child(0);
    let name = match lower_argument(value, &value_place, diagnostics)? {
        Argument::Reference(name) => name,
        _ => return report_unsupported("`getAttr` of anything but a reference", &value_place, diagnostics),
    };
    match path {
        Json::String(path) if is_identifier(path) => Some((name, path.to_string())),
        Json::String(path) => report_unsupported(&format!("the path `{path}`"), &place.child(1), diagnostics),
        other => wrong_type(&place.child(1), "a string", other, diagnostics),
    }
}

fn lower_template(text: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<Template> {
    let template = parse_template(text);
    if template.is_none() {
        let help = "close every `{`, and write `{{` and `}}` for braces themselves";
        diagnostics.error(place, format!("`{text}` is no template"), help);
    }
    template
}

/// Parses a template: <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#template-string>.
fn parse_template(text: &str) -> Option<Template> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(index) = rest.find(['{', '}']) {
        let (before, tail) = rest.split_at(index);
        literal.push_str(before);
        if let Some(after) = tail.strip_prefix("{{").or_else(|| tail.strip_prefix("}}")) {
            literal.extend(tail.chars().next());
            rest = after;
            continue;
        }
        let (inner, after) = tail.strip_prefix('{')?.split_once('}')?;
        if !literal.is_empty() {
            parts.push(TemplatePart::Literal(std::mem::take(&mut literal)));
        }
        parts.push(parse_insertion(inner)?);
        rest = after;
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        parts.push(TemplatePart::Literal(literal));
    }
    Some(Template(parts))
}

fn parse_insertion(inner: &str) -> Option<TemplatePart> {
    match inner.split_once('#') {
        Some((name, path)) => {
            let are_names = is_identifier(name) && is_identifier(path);
            are_names.then(|| TemplatePart::Attribute(name.to_owned(), path.to_owned()))
        }
        None => is_identifier(inner).then(|| TemplatePart::Reference(inner.to_owned())),
    }
}

/// Lowers `partitions.json`.
fn lower_partitions(mut root: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Vec<Partition> {
    root.take("version");
    let partitions = root.objects("partitions", diagnostics);
    root.finish_read(diagnostics);
    partitions.into_iter().filter_map(|partition| lower_partition(partition, diagnostics)).collect()
}

/// Checked with the engine that the generated client has.
fn lower_region_regex(partition: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<String> {
    let regex = partition.required_string("regionRegex", diagnostics)?;
    if let Err(error) = regex_lite::Regex::new(regex) {
        let help = "write it without look-around and back-references, as AWS's own are";
        diagnostics.error(&partition.at("regionRegex"), format!("`{regex}` is no regular expression: {error}"), help);
    }
    Some(regex.to_owned())
}

fn lower_partition(mut partition: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Partition> {
    let id = partition.required_string("id", diagnostics);
    let region_regex = lower_region_regex(&mut partition, diagnostics);
    let outputs = partition.required_object("outputs", diagnostics);
    let outputs = outputs.and_then(|outputs| lower_outputs(outputs, diagnostics));
    let regions = partition.required_object("regions", diagnostics).map(lower_regions);
    partition.finish_read(diagnostics);
    Some(Partition { id: id?.to_owned(), region_regex: region_regex?, outputs: outputs?, regions: regions? })
}

/// The names of the regions; what is said about them is prose.
fn lower_regions(regions: Object<'_, '_>) -> Vec<String> {
    let (_, entries) = regions.into_entries();
    let mut names: Vec<String> = entries.iter().map(|(name, _)| name.to_string()).collect();
    names.sort();
    names
}

fn lower_outputs(mut outputs: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Option<PartitionOutputs> {
    let mut text = |key| outputs.required_string(key, diagnostics).map(str::to_owned);
    let name = text("name");
    let dns_suffix = text("dnsSuffix");
    let dual_stack_dns_suffix = text("dualStackDnsSuffix");
    let implicit_global_region = text("implicitGlobalRegion");
    let supports_fips = outputs.flag("supportsFIPS", diagnostics);
    let supports_dual_stack = outputs.flag("supportsDualStack", diagnostics);
    outputs.finish_read(diagnostics);
    Some(PartitionOutputs {
        name: name?,
        dns_suffix: dns_suffix?,
        dual_stack_dns_suffix: dual_stack_dns_suffix?,
        implicit_global_region: implicit_global_region?,
        supports_fips,
        supports_dual_stack,
    })
}

fn report_unsupported<T>(what: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<T> {
    let help = "drop the endpoint rules if you can do without them, or report that you need this";
    diagnostics.error(place, format!("not supported yet in endpoint rules: {what}"), help);
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates() {
        let part = |name: &str| TemplatePart::Reference(name.to_owned());
        let literal = |text: &str| TemplatePart::Literal(text.to_owned());
        let attribute = TemplatePart::Attribute("P".to_owned(), "dnsSuffix".to_owned());
        assert_eq!(
            parse_template("https://a.{R}.{P#dnsSuffix}"),
            Some(Template(vec![literal("https://a."), part("R"), literal("."), attribute]))
        );
        assert_eq!(parse_template("{{a}}"), Some(Template(vec![literal("{a}")])));
        assert_eq!(parse_template(""), Some(Template(vec![])));
        assert_eq!(parse_template("{a"), None);
        assert_eq!(parse_template("a}"), None);
        for name in ["", "1", "a b", "a.b", "a#", "#a", "a#b#c"] {
            assert_eq!(parse_template(&format!("{{{name}}}")), None, "{name}");
        }
    }
    #[test]
    fn what_has_no_name_is_not_referred_to() {
        for text in [r#"{"ref": ""}"#, r#"{"fn": "getAttr", "argv": [{"ref": "Part"}, ""]}"#] {
            let mut diagnostics = Diagnostics::default();
            let json = parse(SourceFile { name: "rules.json", text }, &mut diagnostics).unwrap();
            lower_argument(&json, &Place::file("rules.json"), &mut diagnostics);
            assert!(diagnostics.has_errors(), "{text}");
        }
    }
}
