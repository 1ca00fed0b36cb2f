//! What models.toml says of a service, as anybody may write it: the generator checks every text of it.

use std::collections::BTreeMap;
use toml::{Table, Value};

/// An entry of models.toml, before it is checked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Configuration {
    /// Whether the model is Smithy's; botocore's otherwise.
    pub(crate) is_smithy: bool,
    /// The version of the API.
    pub(crate) api_version: String,
    /// The package.
    pub(crate) package: String,
    /// The package's version.
    pub(crate) version: Option<String>,
    /// The service's shape id.
    pub(crate) service: Option<String>,
    /// The protocol.
    pub(crate) protocol: Option<String>,
    /// Check sums by path.
    pub(crate) sha256: BTreeMap<String, String>,
    /// New names.
    pub(crate) rename: BTreeMap<String, String>,
    /// Corrections.
    pub(crate) patch: BTreeMap<String, Correction>,
}

/// A correction of a shape.
#[derive(Clone, Debug, Default)]
pub(crate) struct Correction {
    /// The pattern that the shape should have.
    pub(crate) pattern: Option<String>,
    /// Why.
    pub(crate) reason: String,
}

impl Configuration {
    /// The text of models.toml, with this entry alone.
    pub(crate) fn text(&self, key: &str) -> String {
        let mut source = Table::new();
        if self.is_smithy {
            source.insert("format".to_owned(), "smithy".into());
        }
        source.insert("api_version".to_owned(), self.api_version.clone().into());
        source.insert("package".to_owned(), self.package.clone().into());
        let optional = [("version", &self.version), ("service", &self.service), ("protocol", &self.protocol)];
        for (name, value) in optional {
            source.extend(value.iter().map(|value| (name.to_owned(), Value::from(value.clone()))));
        }
        source.insert("sha256".to_owned(), texts(&self.sha256));
        let patch = self.patch.iter().map(|(shape, correction)| (shape.clone(), correction.value())).collect::<Table>();
        let service = Table::from_iter([
            ("source".to_owned(), Value::Table(source)),
            ("rename".to_owned(), texts(&self.rename)),
            ("patch".to_owned(), Value::Table(patch)),
        ]);
        let services = Table::from_iter([(key.to_owned(), Value::Table(service))]);
        Table::from_iter([("service".to_owned(), Value::Table(services))]).to_string()
    }
}

impl Correction {
    fn value(&self) -> Value {
        let pattern = self.pattern.iter().map(|pattern| ("pattern".to_owned(), pattern.clone().into()));
        Value::Table(pattern.chain([("reason".to_owned(), self.reason.clone().into())]).collect())
    }
}

fn texts(texts: &BTreeMap<String, String>) -> Value {
    Value::Table(texts.iter().map(|(key, text)| (key.clone(), text.clone().into())).collect())
}
