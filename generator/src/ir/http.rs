//! HTTP bindings: <https://smithy.io/2.0/spec/http-bindings.html>.

use std::fmt;

/// `smithy.api#http` of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpBinding {
    /// The method.
    pub method: Method,
    /// The path, with its labels.
    pub uri: Uri,
    /// The status of a success.
    pub status: u16,
}

/// The HTTP methods that models use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the methods")]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// The method of this name, in capitals.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "GET" => Self::Get,
            "HEAD" => Self::Head,
            "POST" => Self::Post,
            "PUT" => Self::Put,
            "PATCH" => Self::Patch,
            "DELETE" => Self::Delete,
            _ => return None,
        })
    }

    /// The method's name, in capitals.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// A path template: `/contacts/{InstanceId}/{ContactId}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Uri {
    /// What stands between the slashes.
    pub segments: Vec<UriSegment>,
    /// Literal query parameters: the key, and a value where there is one.
    pub query: Vec<(String, Option<String>)>,
}

impl Uri {
    /// The labels, in order.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            UriSegment::Literal(_) => None,
            UriSegment::Label(name) | UriSegment::GreedyLabel(name) => Some(name.as_str()),
        })
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.segments.is_empty() {
            formatter.write_str("/")?;
        }
        for segment in &self.segments {
            match segment {
                UriSegment::Literal(text) => write!(formatter, "/{text}")?,
                UriSegment::Label(name) => write!(formatter, "/{{{name}}}")?,
                UriSegment::GreedyLabel(name) => write!(formatter, "/{{{name}+}}")?,
            }
        }
        for (index, (key, value)) in self.query.iter().enumerate() {
            let mark = if index == 0 { '?' } else { '&' };
            match value {
                Some(value) => write!(formatter, "{mark}{key}={value}")?,
                None => write!(formatter, "{mark}{key}")?,
            }
        }
        Ok(())
    }
}

/// One segment of a [`Uri`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UriSegment {
    /// Text that stands as it is.
    Literal(String),
    /// `{name}`: one segment.
    Label(String),
    /// `{name+}`: one segment or more.
    GreedyLabel(String),
}

/// `smithy.api#endpoint`: what goes before the host, as `{account}.data.`.
///
/// Its labels are members with [`host_label`](super::Member::host_label).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPrefix {
    /// Literals and labels, in order.
    pub parts: Vec<HostPart>,
}

/// A part of a [`HostPrefix`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostPart {
    /// Text that stands as it is.
    Literal(String),
    /// `{name}`: the value of the input's member of this name.
    Label(String),
}

impl fmt::Display for HostPrefix {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            HostPart::Literal(text) => formatter.write_str(text),
            HostPart::Label(name) => write!(formatter, "{{{name}}}"),
        })
    }
}

/// Where a member of an input, output, error or event travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// In the body, beside others.
    Body,
    /// `httpLabel`: in the path, by this label.
    Label(String),
    /// `httpQuery`: in the query, by this key.
    Query(String),
    /// `httpHeader`: in the header of this name.
    Header(String),
    /// `httpPrefixHeaders`: a map, in the headers whose names begin with this; empty for all headers.
    PrefixHeaders(String),
    /// `httpQueryParams`: a map, in the query, beside what other members have there.
    QueryParams,
    /// `httpPayload`: the whole body.
    Payload,
    /// `httpResponseCode`: the status.
    ResponseCode,
    /// `eventHeader`: in the header of an event that has the member's name.
    EventHeader,
    /// `eventPayload`: the whole payload of an event.
    EventPayload,
}

impl Binding {
    /// Whether it counts in events, and not in messages.
    pub fn is_of_events(&self) -> bool {
        matches!(self, Self::EventHeader | Self::EventPayload)
    }
}
