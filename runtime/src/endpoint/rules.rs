//! The words that generated rules are written in. Whatever they do not say, the data says itself.
//!
//! ```
//! use smithwright_runtime::endpoint::{EndpointParameters, rules::*};
//!
//! static RULES: EndpointRules = EndpointRules::new(
//!     &[string("Region").built_in(BuiltIn::Region), boolean("UseFIPS").built_in(BuiltIn::UseFips).or_boolean(false)],
//!     &[
//!         when(&[is_set("Region"), partition("{Region}").assign("Partition")]).then(&[
//!             when(&[is_true("UseFIPS")]).endpoint("https://desk-fips.{Region}.{Partition#dnsSuffix}"),
//!             otherwise().endpoint("https://desk.{Region}.{Partition#dnsSuffix}"),
//!         ]),
//!         otherwise().error("there is no region"),
//!     ],
//! );
//!
//! let told = EndpointParameters::new().with("Region", "eu-north-1");
//! assert_eq!(RULES.resolve(&told).unwrap().url, "https://desk.eu-north-1.amazonaws.com");
//! ```

pub use super::data::{Argument, BuiltIn, Condition, EndpointRules, Function, Rule};
use super::data::{AuthScheme, Endpoint, Outcome, Parameter, ParameterDefault, ParameterType, Property};
pub use super::diagram::Diagram;

/// A parameter that is a string.
pub const fn string(name: &'static str) -> Parameter {
    parameter(name, ParameterType::String)
}

/// A parameter that is a boolean.
pub const fn boolean(name: &'static str) -> Parameter {
    parameter(name, ParameterType::Boolean)
}

/// A parameter that is a list of strings.
pub const fn strings(name: &'static str) -> Parameter {
    parameter(name, ParameterType::StringArray)
}

const fn parameter(name: &'static str, kind: ParameterType) -> Parameter {
    Parameter { name, kind, required: false, default: None, built_in: None }
}

impl Parameter {
    /// The same parameter, taken from here when nobody says it.
    #[must_use]
    pub const fn built_in(mut self, built_in: BuiltIn) -> Self {
        self.built_in = Some(built_in);
        self
    }

    /// The same parameter, without which there is no endpoint.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same parameter with a default.
    #[must_use]
    pub const fn or_boolean(mut self, default: bool) -> Self {
        self.default = Some(ParameterDefault::Boolean(default));
        self
    }

    /// The same parameter with a default.
    #[must_use]
    pub const fn or_string(mut self, default: &'static str) -> Self {
        self.default = Some(ParameterDefault::String(default));
        self
    }

    /// The same parameter with a default.
    #[must_use]
    pub const fn or_strings(mut self, default: &'static [&'static str]) -> Self {
        self.default = Some(ParameterDefault::StringArray(default));
        self
    }
}

/// Conditions that wait for what follows.
#[derive(Clone, Copy, Debug)]
pub struct When(&'static [Condition]);

/// If all of these hold.
pub const fn when(conditions: &'static [Condition]) -> When {
    When(conditions)
}

/// In any case.
pub const fn otherwise() -> When {
    When(&[])
}

impl When {
    /// One of these rules decides.
    pub const fn then(self, rules: &'static [Rule]) -> Rule {
        Rule { conditions: self.0, outcome: Outcome::Rules(rules) }
    }

    /// The endpoint has this URL.
    pub const fn endpoint(self, url: &'static str) -> Rule {
        self.endpoint_of(Argument::Text(url))
    }

    /// The endpoint has the URL that this gives.
    pub const fn endpoint_of(self, url: Argument) -> Rule {
        let endpoint = Endpoint { url, auth_schemes: &[], properties: &[], headers: &[] };
        Rule { conditions: self.0, outcome: Outcome::Endpoint(endpoint) }
    }

    /// There is no endpoint.
    pub const fn error(self, message: &'static str) -> Rule {
        self.error_of(Argument::Text(message))
    }

    /// There is no endpoint, as this says.
    pub const fn error_of(self, message: Argument) -> Rule {
        Rule { conditions: self.0, outcome: Outcome::Error(message) }
    }
}

impl Rule {
    /// The same endpoint, where requests are authenticated in one of these ways.
    #[must_use]
    pub const fn auth_schemes(mut self, schemes: &'static [AuthScheme]) -> Self {
        if let Outcome::Endpoint(endpoint) = &mut self.outcome {
            endpoint.auth_schemes = schemes;
        }
        self
    }

    /// The same endpoint with other properties.
    #[must_use]
    pub const fn properties(mut self, properties: &'static [(&'static str, Property)]) -> Self {
        if let Outcome::Endpoint(endpoint) = &mut self.outcome {
            endpoint.properties = properties;
        }
        self
    }

    /// The same endpoint, where requests have these headers.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static [Argument])]) -> Self {
        if let Outcome::Endpoint(endpoint) = &mut self.outcome {
            endpoint.headers = headers;
        }
        self
    }
}

/// An auth scheme, by its name.
pub const fn scheme(name: &'static str) -> AuthScheme {
    let (signing_name, signing_region) = (None, None);
    AuthScheme { name, signing_name, signing_region, signing_region_set: &[], disable_double_encoding: None, properties: &[] }
}

impl AuthScheme {
    /// The same scheme, with the name of a service to sign for.
    #[must_use]
    pub const fn name(mut self, signing_name: &'static str) -> Self {
        self.signing_name = Some(signing_name);
        self
    }

    /// The same scheme, with a region to sign for.
    #[must_use]
    pub const fn region(mut self, signing_region: &'static str) -> Self {
        self.signing_region = Some(signing_region);
        self
    }

    /// The same scheme, with regions to sign for.
    #[must_use]
    pub const fn regions(mut self, signing_region_set: &'static [&'static str]) -> Self {
        self.signing_region_set = signing_region_set;
        self
    }

    /// The same scheme, which signs the path as it is sent, or encoded once more.
    #[must_use]
    pub const fn disable_double_encoding(mut self, disabled: bool) -> Self {
        self.disable_double_encoding = Some(disabled);
        self
    }

    /// The same scheme with other properties.
    #[must_use]
    pub const fn with(mut self, properties: &'static [(&'static str, Property)]) -> Self {
        self.properties = properties;
        self
    }
}

/// A property that is a string.
pub const fn text(text: &'static str) -> Property {
    Property::Text(text)
}

/// A property that is a boolean.
pub const fn flag(value: bool) -> Property {
    Property::Boolean(value)
}

/// A property that is a list.
pub const fn list(elements: &'static [Property]) -> Property {
    Property::List(elements)
}

/// A property that is an object.
pub const fn map(entries: &'static [(&'static str, Property)]) -> Property {
    Property::Map(entries)
}

impl Condition {
    /// The same condition, whose value gets a name.
    #[must_use]
    pub const fn assign(mut self, name: &'static str) -> Self {
        self.assigned = Some(name);
        self
    }
}

/// A call as a condition.
pub const fn call(function: Function) -> Condition {
    Condition { function, negated: false, assigned: None }
}

/// The opposite of a condition.
pub const fn not(mut condition: Condition) -> Condition {
    condition.negated = !condition.negated;
    condition
}

/// Whether it is set.
pub const fn is_set(path: &'static str) -> Condition {
    call(Function::IsSet(Argument::Path(path)))
}

/// What it is, which must be set.
pub const fn get(path: &'static str) -> Condition {
    call(Function::Value(Argument::Path(path)))
}

/// Whether it is true.
pub const fn is_true(path: &'static str) -> Condition {
    call(Function::BooleanEquals(Argument::Path(path), Argument::Boolean(true)))
}

/// Whether it is false.
pub const fn is_false(path: &'static str) -> Condition {
    call(Function::BooleanEquals(Argument::Path(path), Argument::Boolean(false)))
}

/// Whether texts are equal.
pub const fn equal(left: &'static str, right: &'static str) -> Condition {
    call(Function::StringEquals(Argument::Text(left), Argument::Text(right)))
}

/// Whether a text is a label of a host, or several with dots between them.
pub const fn is_valid_host_label(text: &'static str, with_dots: bool) -> Condition {
    call(Function::IsValidHostLabel(Argument::Text(text), Argument::Boolean(with_dots)))
}

/// The parts of a URL.
pub const fn parse_url(text: &'static str) -> Condition {
    call(Function::ParseUrl(Argument::Text(text)))
}

/// A part of a text.
pub const fn substring(text: &'static str, start: usize, end: usize, from_the_end: bool) -> Condition {
    call(Function::Substring(Argument::Text(text), start, end, from_the_end))
}

/// A text as a part of a URL.
pub const fn uri_encode(text: &'static str) -> Condition {
    call(Function::UriEncode(Argument::Text(text)))
}

/// The parts of a text between delimiters; 0 for as many as there are.
pub const fn split(text: &'static str, delimiter: &'static str, limit: usize) -> Condition {
    call(Function::Split(Argument::Text(text), Argument::Text(delimiter), limit))
}

/// The first of these that is set.
pub const fn coalesce(arguments: &'static [Argument]) -> Condition {
    call(Function::Coalesce(arguments))
}

/// The second if the first is true, else the third.
pub const fn if_then_else(arguments: &'static [Argument; 3]) -> Condition {
    call(Function::IfThenElse(arguments))
}

/// The partition of a region.
pub const fn partition(region: &'static str) -> Condition {
    call(Function::Partition(Argument::Text(region)))
}

/// The parts of an ARN.
pub const fn parse_arn(text: &'static str) -> Condition {
    call(Function::ParseArn(Argument::Text(text)))
}

/// Whether a bucket's name can be a part of a host.
pub const fn is_virtual_hostable_bucket(bucket: &'static str, with_dots: bool) -> Condition {
    call(Function::IsVirtualHostableBucket(Argument::Text(bucket), Argument::Boolean(with_dots)))
}
