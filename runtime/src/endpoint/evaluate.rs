//! The evaluator.

use super::arn::Arn;
use super::data::{
    Argument, AuthScheme, Condition, Decision, Endpoint, EndpointRules, Function, Outcome, Parameter, Property, Rule,
};
use super::error::EndpointError;
use super::parameters::{EndpointParameters, ParameterValue};
use super::partition::Partition;
use super::resolved::ResolvedEndpoint;
use super::template::Part;
use super::url::Url;
use super::value::Value;
use super::{ParameterType, functions, template};
use aws_smithy_types::Document;
use std::borrow::Cow;
use std::collections::HashMap;

impl EndpointRules {
    /// Where requests go, for what is told.
    ///
    /// # Errors
    ///
    /// Parameters that the rules refuse, or of which they need more.
    pub fn resolve(&self, told: &EndpointParameters) -> Result<ResolvedEndpoint, EndpointError> {
        let mut scope = Scope::new(self.parameters, told)?;
        match &self.decision {
            Decision::Rules(rules) => scope.first(rules).unwrap_or(Err(EndpointError::NoRule)),
            Decision::Diagram(diagram) => match diagram.decide(|condition| scope.holds(condition)) {
                Some(rule) => scope.outcome(&rule.outcome),
                None => Err(EndpointError::NoRule),
            },
        }
    }
}

type Resolved = Result<ResolvedEndpoint, EndpointError>;

/// What names stand for.
struct Scope<'v> {
    values: Vec<(&'static str, Value<'v>)>,
}

impl<'v> Scope<'v> {
    fn new(parameters: &'static [Parameter], told: &'v EndpointParameters) -> Result<Self, EndpointError> {
        let mut values = Vec::with_capacity(parameters.len() + 4);
        for parameter in parameters {
            if let Some(value) = parameter_value(parameter, told)? {
                values.push((parameter.name, value));
            }
        }
        Ok(Self { values })
    }

    /// What the first rule says whose conditions hold; `None` when there is none.
    fn first(&mut self, rules: &'static [Rule]) -> Option<Resolved> {
        rules.iter().find_map(|rule| self.rule(rule))
    }

    /// What a rule says; `None` when its conditions do not hold. What they assign is forgotten then.
    fn rule(&mut self, rule: &'static Rule) -> Option<Resolved> {
        let known = self.values.len();
        let holds = rule.conditions.iter().all(|condition| self.holds(condition));
        if !holds {
            self.values.truncate(known);
            return None;
        }
        Some(self.outcome(&rule.outcome))
    }

    /// Rules whose conditions hold decide: none of the rules behind them is asked.
    fn outcome(&mut self, outcome: &'static Outcome) -> Resolved {
        match outcome {
            Outcome::Rules(rules) => self.first(rules).unwrap_or(Err(EndpointError::NoRule)),
            Outcome::Endpoint(endpoint) => self.endpoint(endpoint),
            Outcome::Error(message) => Err(EndpointError::Rule(self.owned(message)?)),
        }
    }

    fn holds(&mut self, condition: &'static Condition) -> bool {
        let Some(value) = self.call(condition) else { return false };
        let holds = value != Value::Boolean(false);
        if let Some(name) = condition.assigned {
            self.values.push((name, value));
        }
        holds
    }

    fn call(&self, condition: &'static Condition) -> Option<Value<'v>> {
        let value = self.function(&condition.function)?;
        match condition.negated {
            true => value.as_boolean().map(|value| Value::Boolean(!value)),
            false => Some(value),
        }
    }

    fn function(&self, function: &'static Function) -> Option<Value<'v>> {
        Some(match function {
            Function::Value(value) => self.value(value)?,
            Function::IsSet(value) => Value::Boolean(self.value(value).is_some()),
            Function::BooleanEquals(left, right) => Value::Boolean(self.boolean(left)? == self.boolean(right)?),
            Function::StringEquals(left, right) => Value::Boolean(self.text(left)? == self.text(right)?),
            Function::Attribute(value, path) => self.value(value)?.attribute(path)?,
            Function::IsValidHostLabel(text, with_dots) => {
                Value::Boolean(functions::is_valid_host_label(&self.text(text)?, self.boolean(with_dots)?))
            }
            Function::ParseUrl(text) => Value::Url(Url::parse(&self.text(text)?)?),
            Function::Substring(text, start, end, from_the_end) => {
                let text = self.text(text)?;
                let part = functions::substring(&text, *start, *end, *from_the_end)?;
                Value::Text(Cow::Owned(part.to_owned()))
            }
            Function::UriEncode(text) => Value::Text(Cow::Owned(functions::uri_encode(&self.text(text)?))),
            Function::Split(text, delimiter, limit) => {
                let parts = functions::split(&self.text(text)?, &self.text(delimiter)?, *limit)?;
                Value::List(parts.into_iter().map(Cow::Owned).collect())
            }
            Function::Coalesce(arguments) => arguments.iter().find_map(|argument| self.value(argument))?,
            Function::IfThenElse([condition, then, otherwise]) => match self.boolean(condition)? {
                true => self.value(then)?,
                false => self.value(otherwise)?,
            },
            Function::Partition(region) => Value::Partition(Partition::of(&self.text(region)?)),
            Function::ParseArn(text) => Value::Arn(Arn::parse(&self.text(text)?)?),
            Function::IsVirtualHostableBucket(text, with_dots) => {
                Value::Boolean(functions::is_virtual_hostable_bucket(&self.text(text)?, self.boolean(with_dots)?))
            }
        })
    }

    fn value(&self, argument: &'static Argument) -> Option<Value<'v>> {
        match argument {
            Argument::Boolean(value) => Some(Value::Boolean(*value)),
            Argument::Text(text) => self.fill(text).map(Value::Text),
            Argument::Path(path) => self.path(path),
            Argument::Call(condition) => self.call(condition),
        }
    }

    fn boolean(&self, argument: &'static Argument) -> Option<bool> {
        self.value(argument)?.as_boolean()
    }

    fn text(&self, argument: &'static Argument) -> Option<Cow<'v, str>> {
        self.value(argument)?.into_text()
    }

    /// What a name stands for, or an attribute of it.
    fn path(&self, path: &str) -> Option<Value<'v>> {
        match path.split_once('#') {
            Some((name, attribute)) => self.named(name)?.attribute(attribute),
            None => self.named(path).cloned(),
        }
    }

    /// What was assigned last counts: in a diagram, one of several conditions may assign a name.
    fn named(&self, name: &str) -> Option<&Value<'v>> {
        self.values.iter().rev().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    fn fill(&self, text: &'static str) -> Option<Cow<'v, str>> {
        template::fill(text, |path| self.path(path)?.into_text())
    }

    fn filled(&self, text: &'static str) -> Result<String, EndpointError> {
        self.owned(&Argument::Text(text))
    }

    fn owned(&self, argument: &Argument) -> Result<String, EndpointError> {
        let text = match argument {
            Argument::Boolean(_) => None,
            Argument::Text(text) => self.fill(text),
            Argument::Path(path) => self.path(path).and_then(Value::into_text),
            Argument::Call(condition) => self.call(condition).and_then(Value::into_text),
        };
        text.map(Cow::into_owned).ok_or_else(|| EndpointError::Unset(shown(argument)))
    }

    fn endpoint(&self, endpoint: &'static Endpoint) -> Resolved {
        let mut properties = self.properties(endpoint.properties)?;
        if !endpoint.auth_schemes.is_empty() {
            let schemes: Result<_, EndpointError> = endpoint.auth_schemes.iter().map(|scheme| self.auth_scheme(scheme)).collect();
            properties.insert("authSchemes".to_owned(), Document::Array(schemes?));
        }
        let headers = endpoint.headers.iter().map(|(name, values)| {
            let values: Result<_, EndpointError> = values.iter().map(|value| self.owned(value)).collect();
            Ok((*name, values?))
        });
        Ok(ResolvedEndpoint {
            url: self.url(&endpoint.url)?,
            properties,
            headers: headers.collect::<Result<_, EndpointError>>()?,
        })
    }

    /// A URL, into whose host nothing is inserted that would end it: rules may insert what a request says.
    fn url(&self, argument: &'static Argument) -> Result<String, EndpointError> {
        let Argument::Text(template) = argument else { return self.owned(argument) };
        let mut url = String::new();
        for part in template::parts(template) {
            match part {
                Part::Literal(text) => url.push_str(text),
                Part::Path(path) => {
                    let text = self.owned(&Argument::Path(path))?;
                    if is_host(&url) && text.contains(['/', '\\', '?', '#', '@']) && !self.is_of_url(path) {
                        return Err(EndpointError::Host { path, text });
                    }
                    url.push_str(&text);
                }
            }
        }
        Ok(url)
    }

    /// Whether a path leads to a part of a URL that was parsed.
    fn is_of_url(&self, path: &str) -> bool {
        path.split_once('#').is_some_and(|(name, _)| matches!(self.named(name), Some(Value::Url(_))))
    }

    fn auth_scheme(&self, scheme: &'static AuthScheme) -> Result<Document, EndpointError> {
        let mut properties = self.properties(scheme.properties)?;
        let mut set = |name: &str, value| drop(properties.insert(name.to_owned(), value));
        set("name", Document::String(self.filled(scheme.name)?));
        if let Some(name) = scheme.signing_name {
            set("signingName", Document::String(self.filled(name)?));
        }
        if let Some(region) = scheme.signing_region {
            set("signingRegion", Document::String(self.filled(region)?));
        }
        if !scheme.signing_region_set.is_empty() {
            let regions = scheme.signing_region_set.iter().map(|region| self.filled(region).map(Document::String));
            set("signingRegionSet", Document::Array(regions.collect::<Result<_, EndpointError>>()?));
        }
        if let Some(disabled) = scheme.disable_double_encoding {
            set("disableDoubleEncoding", Document::Bool(disabled));
        }
        Ok(Document::Object(properties))
    }

    fn properties(&self, properties: &'static [(&'static str, Property)]) -> Result<HashMap<String, Document>, EndpointError> {
        properties.iter().map(|(name, property)| Ok(((*name).to_owned(), self.property(property)?))).collect()
    }

    fn property(&self, property: &'static Property) -> Result<Document, EndpointError> {
        Ok(match property {
            Property::Boolean(value) => Document::Bool(*value),
            Property::Text(text) => Document::String(self.filled(text)?),
            Property::List(elements) => {
                let elements: Result<_, EndpointError> = elements.iter().map(|element| self.property(element)).collect();
                Document::Array(elements?)
            }
            Property::Map(entries) => Document::Object(self.properties(entries)?),
        })
    }
}

/// Whether a URL that is being written is at its host.
fn is_host(url: &str) -> bool {
    url.split_once("://").is_some_and(|(_, rest)| !rest.contains('/'))
}

/// What a parameter is: what is told, else its default.
fn parameter_value<'v>(parameter: &Parameter, told: &'v EndpointParameters) -> Result<Option<Value<'v>>, EndpointError> {
    let Some(value) = told.get(parameter.name) else {
        return match (parameter.default, parameter.required) {
            (Some(default), _) => Ok(Some(Value::of_default(default))),
            (None, true) => Err(EndpointError::Missing(parameter.name)),
            (None, false) => Ok(None),
        };
    };
    let is_expected = matches!(
        (parameter.kind, value),
        (ParameterType::String, ParameterValue::String(_))
            | (ParameterType::Boolean, ParameterValue::Boolean(_))
            | (ParameterType::StringArray, ParameterValue::StringArray(_))
    );
    if is_expected { Ok(Some(Value::of(value))) } else { Err(EndpointError::Type(parameter.name)) }
}

fn shown(argument: &Argument) -> String {
    match argument {
        Argument::Text(text) | Argument::Path(text) => (*text).to_owned(),
        Argument::Boolean(_) | Argument::Call(_) => format!("{argument:?}"),
    }
}

#[cfg(test)]
mod tests;
