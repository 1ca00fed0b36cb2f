//! Writing requests and responses.

use crate::codec::{Encode, Encoder, Structure};
use crate::json::JsonEncoder;
use crate::operation::{Operation, RequestWriter, WriteError};
use crate::text::{Location, Text, Texts};
use crate::uri::{self, Segment};
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// As [`ENCODED`], but for the slashes between segments.
const ENCODED_PATH: &AsciiSet = &ENCODED.remove(b'/');

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
        for segment in uri::segments(template) {
            uri.push('/');
            match segment {
                Segment::Literal(text) => uri.push_str(text),
                Segment::Label(name) => uri.extend(utf8_percent_encode(self.label_text(name), ENCODED)),
                Segment::Greedy(name) => uri.extend(utf8_percent_encode(self.label_text(name), ENCODED_PATH)),
            }
        }
        let literals = uri::query(template);
        for (mark, query) in ['?', '&'].into_iter().zip([literals, &self.query].into_iter().filter(|query| !query.is_empty())) {
            uri.push(mark);
            uri.push_str(query);
        }
        RequestText { method, uri, headers: self.headers, body: self.body }
    }

    fn label_text(&self, name: &str) -> &str {
        self.labels.iter().find(|(label, _)| *label == name).map_or("", |(_, text)| text)
    }
}

impl RequestWriter for RestJsonWriter {
    fn label<T: Text>(&mut self, name: &'static str, value: &T) -> Result<(), WriteError> {
        let text = value.write_text(Location::Label).ok_or(WriteError::NoText(name))?;
        if text.is_empty() {
            return Err(WriteError::EmptyLabel(name));
        }
        self.labels.push((name, text.into_owned()));
        Ok(())
    }

    fn query<T: Texts>(&mut self, name: &'static str, value: &T) -> Result<(), WriteError> {
        let query = &mut self.query;
        let written = value.write_texts(Location::Query, |text| {
            if !query.is_empty() {
                query.push('&');
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(template: &'static str, write: impl Fn(&mut RestJsonWriter) -> Result<(), WriteError>) -> String {
        let mut writer = RestJsonWriter::default();
        write(&mut writer).unwrap();
        writer.finish("GET", template).uri
    }

    #[test]
    fn a_label_escapes_its_slashes_and_a_greedy_one_keeps_them() {
        let write = |writer: &mut RestJsonWriter| {
            writer.label("a", &"x/y z".to_owned())?;
            writer.label("b", &"x/y z".to_owned())
        };
        assert_eq!(uri("/p/{a}/{b+}", write), "/p/x%2Fy%20z/x/y%20z");
    }

    #[test]
    fn query_members_follow_the_literals_of_the_template() {
        let write = |writer: &mut RestJsonWriter| writer.query("k", &vec!["1".to_owned(), "a+b".to_owned()]);
        assert_eq!(uri("/p", write), "/p?k=1&k=a%2Bb");
        assert_eq!(uri("/p?list", write), "/p?list&k=1&k=a%2Bb");
    }

    #[test]
    fn an_empty_label_is_refused() {
        let label = RestJsonWriter::default().label("a", &String::new());
        assert_eq!(label, Err(WriteError::EmptyLabel("a")));
    }

    #[test]
    fn a_line_feed_in_a_header_is_refused() {
        let header = RestJsonWriter::default().header("x-a", &"a\nb".to_owned());
        assert_eq!(header, Err(WriteError::Header("x-a")));
    }
}
