//! The members of a body in the query instead, as a URL has them that alone is a call.

use crate::percent::RESERVED;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use http::header::CONTENT_TYPE;
use percent_encoding::utf8_percent_encode;
use serde_json::Value;
use std::collections::BTreeMap;

/// Makes a request with JSON in its body one of the method `GET`, which has the same in its query.
///
/// # Errors
///
/// A body that is no JSON, or members that a query cannot hold.
pub(super) fn move_body(request: &mut HttpRequest) -> Result<(), BoxError> {
    let body = request.body().bytes().ok_or("a URL cannot hold a stream")?;
    // In the order of names: what serde_json's own map keeps is up to the features of a whole program.
    let members: BTreeMap<String, Value> = serde_json::from_slice(body)?;
    let mut uri = request.uri().to_owned();
    let mut mark = if uri.contains('?') { '&' } else { '?' };
    for (name, value) in &members {
        for text in texts(name, value)? {
            uri.push(mark);
            uri.extend(utf8_percent_encode(name, RESERVED));
            uri.push('=');
            uri.extend(utf8_percent_encode(&text, RESERVED));
            mark = '&';
        }
    }
    request.set_method("GET")?;
    request.set_uri(uri)?;
    request.headers_mut().remove(CONTENT_TYPE.as_str());
    *request.body_mut() = SdkBody::empty();
    Ok(())
}

/// The values of a member: several, where it is a list.
fn texts(name: &str, value: &Value) -> Result<Vec<String>, BoxError> {
    match value {
        Value::String(text) => Ok(vec![text.clone()]),
        Value::Bool(_) | Value::Number(_) => Ok(vec![value.to_string()]),
        Value::Null => Ok(Vec::new()),
        Value::Array(values) => {
            let texts = values.iter().map(|value| match value {
                Value::Array(_) => Err(format!("a URL cannot hold the lists in `{name}`").into()),
                value => texts(name, value),
            });
            Ok(texts.collect::<Result<Vec<_>, BoxError>>()?.concat())
        }
        Value::Object(_) => Err(format!("a URL cannot hold `{name}`, which has members").into()),
    }
}
