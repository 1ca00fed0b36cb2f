//! `parseURL`: <https://smithy.io/2.0/additional-specs/rules-engine/standard-library.html#parseurl-function>.

use super::value::Value;
use http::Uri;
use http::uri::Authority;
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The parts of a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Url {
    scheme: String,
    authority: String,
    path: String,
    is_ip: bool,
}

impl Url {
    /// The parts of a text, if it is a URL of HTTP without query and fragment.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.contains(['?', '#']) {
            return None;
        }
        let uri: Uri = text.parse().ok()?;
        let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https"))?;
        // Without whoever asks, it must be one, too.
        let authority: Authority = uri.authority()?.as_str().rsplit('@').next()?.parse().ok()?;
        let host = authority.host();
        // A port that is no number is not looked at by the parser.
        if host.is_empty() || (authority != host && authority.port_u16().is_none()) {
            return None;
        }
        // A URL without a path would get one from the parser.
        let (_, rest) = text.split_once("://")?;
        let path = rest.find('/').map_or("", |start| &rest[start..]);
        Some(Self {
            scheme: scheme.to_owned(),
            authority: authority.as_str().to_owned(),
            path: path.to_owned(),
            is_ip: is_address(host),
        })
    }

    pub(super) fn attribute<'v>(&self, name: &str) -> Option<Value<'v>> {
        let text = match name {
            "scheme" => self.scheme.clone(),
            "authority" => self.authority.clone(),
            "path" => self.path.clone(),
            "normalizedPath" => self.normalized_path(),
            "isIp" => return Some(Value::Boolean(self.is_ip)),
            _ => return None,
        };
        Some(Value::Text(Cow::Owned(text)))
    }

    /// The path with a slash at either end.
    fn normalized_path(&self) -> String {
        let end = if self.path.ends_with('/') { "" } else { "/" };
        format!("{}{end}", self.path)
    }
}

fn is_address(host: &str) -> bool {
    let in_brackets = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    match in_brackets {
        Some(address) => address.parse::<Ipv6Addr>().map(IpAddr::from).is_ok(),
        None => host.parse::<Ipv4Addr>().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scheme, authority, path, normalized path, and whether the host is an address.
    fn parts(text: &str) -> Option<[String; 5]> {
        let url = Url::parse(text)?;
        let part = |name| match url.attribute(name).unwrap() {
            Value::Text(text) => text.into_owned(),
            Value::Boolean(value) => value.to_string(),
            other => panic!("{other:?}"),
        };
        Some(["scheme", "authority", "path", "normalizedPath", "isIp"].map(part))
    }

    #[test]
    fn a_url_has_a_scheme_an_authority_and_a_path() {
        for (text, expected) in [
            ("https://example.com", ["https", "example.com", "", "/", "false"]),
            ("https://example.com/", ["https", "example.com", "/", "/", "false"]),
            ("http://example.com:80/foo/bar", ["http", "example.com:80", "/foo/bar", "/foo/bar/", "false"]),
            ("http://example.com/a%2Fb/", ["http", "example.com", "/a%2Fb/", "/a%2Fb/", "false"]),
            ("https://127.0.0.1", ["https", "127.0.0.1", "", "/", "true"]),
            ("https://127.0.0.1:8443/x", ["https", "127.0.0.1:8443", "/x", "/x/", "true"]),
            ("https://[fe80::1]", ["https", "[fe80::1]", "", "/", "true"]),
            ("https://[fe80::1]:443/x", ["https", "[fe80::1]:443", "/x", "/x/", "true"]),
            ("http://999.999.1.1.test", ["http", "999.999.1.1.test", "", "/", "false"]),
            ("http://9_a-.test", ["http", "9_a-.test", "", "/", "false"]),
        ] {
            assert_eq!(parts(text), Some(expected.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn who_asks_is_no_part_of_the_authority() {
        assert_eq!(parts("https://key:secret@example.com:1/").unwrap()[1], "example.com:1");
    }

    #[test]
    fn anything_else_is_none() {
        for text in [
            "",
            "example.com",
            "/path",
            "ftp://example.com",
            "https://",
            "https:///path",
            "https://example.com:port/",
            "https://example.com?query",
            "https://example.com/#fragment",
            "https://exa mple.com",
            // The parser of URLs takes brackets around the end of a user for those of an address.
            "https://a[@8]b.example.com",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
    }

    #[test]
    fn it_has_no_other_attributes() {
        assert_eq!(Url::parse("https://example.com").unwrap().attribute("query"), None);
    }
}
