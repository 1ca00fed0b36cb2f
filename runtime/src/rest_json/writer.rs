//! Writing requests and responses.

use crate::codec::{Encode, Encoder, Structure};
use crate::json::JsonEncoder;
use crate::operation::{Operation, RequestWriter, WriteError};
use crate::text::{Location, Text, Texts};
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A request as text, for whatever sends it.
#[derive(Clone, Debug)]
pub struct RequestText {
    /// The method.
    pub method: &'static str,
    /// The path and the query.
    pub uri: String,
    /// The headers of the members.
    pub headers: HeaderMap,
    /// The body; `None` when the operation has no body members.
    pub body: Option<Vec<u8>>,
}

/// Writes a request.
///
/// # Errors
///
/// See [`Operation::write`].
pub fn write_request<O: Operation>(request: &O) -> Result<RequestText, WriteError> {
    let mut writer = RestJsonWriter::default();
    request.write(&mut writer)?;
    Ok(writer.finish(O::INFO.method, O::INFO.uri))
}

/// Writes the body of a response.
pub fn write_response<T: Encode>(response: &T) -> Vec<u8> {
    JsonEncoder::encode(response)
}

/// Collects the members of a request.
#[derive(Debug, Default)]
pub struct RestJsonWriter {
    labels: Vec<(&'static str, String)>,
    query: String,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

impl RestJsonWriter {
    fn finish(self, method: &'static str, template: &'static str) -> RequestText {
        let mut uri = String::with_capacity(template.len() + 64);
        for segment in template.split('/').skip(1) {
            uri.push('/');
            match segment.strip_prefix('{').and_then(|label| label.strip_suffix('}')) {
                Some(name) => uri.extend(self.labels.iter().filter(|(label, _)| *label == name).map(|(_, text)| text.as_str())),
                None => uri.push_str(segment),
            }
        }
        uri.push_str(&self.query);
        RequestText { method, uri, headers: self.headers, body: self.body }
    }
}

impl RequestWriter for RestJsonWriter {
    fn label<T: Text>(&mut self, name: &'static str, value: &T) -> Result<(), WriteError> {
        let text = value.write_text(Location::Label).ok_or(WriteError::NoText(name))?;
        if text.is_empty() {
            return Err(WriteError::EmptyLabel(name));
        }
        self.labels.push((name, utf8_percent_encode(&text, ENCODED).to_string()));
        Ok(())
    }

    fn query<T: Texts>(&mut self, name: &'static str, value: &T) -> Result<(), WriteError> {
        let query = &mut self.query;
        let written = value.write_texts(Location::Query, |text| {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.extend(utf8_percent_encode(name, ENCODED));
            query.push('=');
            query.extend(utf8_percent_encode(text, ENCODED));
        });
        if written { Ok(()) } else { Err(WriteError::NoText(name)) }
    }

    fn header<T: Texts>(&mut self, name: &'static str, value: &T) -> Result<(), WriteError> {
        let header = HeaderName::try_from(name).map_err(|_| WriteError::Header(name))?;
        let mut refused = false;
        let written = value.write_texts(Location::Header, |text| match HeaderValue::try_from(text.trim()) {
            Ok(value) => drop(self.headers.append(header.clone(), value)),
            Err(_) => refused = true,
        });
        match (written, refused) {
            (_, true) => Err(WriteError::Header(name)),
            (false, _) => Err(WriteError::NoText(name)),
            (true, false) => Ok(()),
        }
    }

    fn body<T: Structure>(&mut self, value: &T) -> Result<(), WriteError> {
        let mut encoder = JsonEncoder::default();
        encoder.structure(value);
        self.body = Some(encoder.into_bytes());
        Ok(())
    }
}
