//! Whether what came is what a case expects.

use super::suite::Expected;
use aws_smithy_types::Document;
use serde_json::{Map, Value};
use smithwright_runtime::endpoint::{EndpointError, ResolvedEndpoint};

/// How what came differs from what is expected.
pub(super) fn judge(expected: &Expected, came: Result<ResolvedEndpoint, EndpointError>) -> Result<(), String> {
    let came = match came {
        Ok(endpoint) => Expected::Endpoint {
            properties: endpoint.properties.iter().map(|(name, property)| (name.clone(), json(property))).collect(),
            headers: endpoint.headers.into_iter().map(|(name, values)| (name.to_owned(), Value::from(values))).collect(),
            url: endpoint.url,
        },
        Err(error) => Expected::Error(error.to_string()),
    };
    match came == *expected {
        true => Ok(()),
        false => Err(format!("  expected {expected:?}\n  came     {came:?}")),
    }
}

fn json(document: &Document) -> Value {
    match document {
        Document::Object(members) => {
            Value::Object(members.iter().map(|(name, member)| (name.clone(), json(member))).collect::<Map<_, _>>())
        }
        Document::Array(elements) => elements.iter().map(json).collect(),
        Document::String(text) => Value::String(text.clone()),
        Document::Bool(value) => Value::Bool(*value),
        Document::Number(_) | Document::Null => Value::Null,
    }
}
