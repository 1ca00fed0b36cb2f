//! Headers: a lower bound, with names of any case; lists with or without spaces, in one line or several.

use super::{Difference, NOTHING};
use crate::conformance::suite::Message;

pub(super) fn compare(expected: &Message, came: &[(String, String)]) -> Vec<Difference> {
    let mut differences = Vec::new();
    for (name, value) in &expected.headers {
        match value_of(name, came) {
            Some(came) if elements(&came) == elements(value) => {}
            came => differences.push(Difference::new(format!("header {name}"), value, came.as_deref().unwrap_or(NOTHING))),
        }
    }
    for name in expected.require_headers.iter().filter(|name| value_of(name, came).is_none()) {
        differences.push(Difference::new(format!("header {name}"), "(any value)", NOTHING));
    }
    for name in &expected.forbid_headers {
        if let Some(came) = value_of(name, came) {
            differences.push(Difference::new(format!("header {name}"), NOTHING, came));
        }
    }
    differences
}

/// The value of a header; of several lines, the list of them.
fn value_of(name: &str, headers: &[(String, String)]) -> Option<String> {
    let lines: Vec<&str> =
        headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str()).collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

/// What stands between commas that are not quoted.
fn elements(value: &str) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    let comma = |character: char| {
        quoted ^= character == '"' && !escaped;
        escaped = quoted && character == '\\' && !escaped;
        character == ',' && !quoted
    };
    value.split(comma).map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differs(expected: &str, came: &[&str]) -> bool {
        let expected = Message { headers: vec![("X-List".to_owned(), expected.to_owned())], ..Message::default() };
        let came: Vec<(String, String)> = came.iter().map(|value| ("x-list".to_owned(), (*value).to_owned())).collect();
        !compare(&expected, &came).is_empty()
    }

    #[test]
    fn a_list_is_one_line_or_several_with_or_without_spaces() {
        assert!(!differs("a, b, c", &["a,b", "c"]));
        assert!(!differs("", &[""]));
        assert!(differs("a, b", &["b, a"]));
        assert!(differs("a, b", &["a"]));
        assert!(differs("a", &["A"]));
        assert!(differs("", &[]));
    }

    #[test]
    fn quoted_commas_separate_nothing() {
        assert!(!differs(r#""b,c", "\"d, e\"", a"#, &[r#""b,c","\"d, e\"",a"#]));
        assert!(differs(r#""b,c""#, &[r#""b, c""#]));
        assert!(differs(r#""b,c""#, &["b,c"]));
    }

    #[test]
    fn dates_keep_their_comma() {
        let date = "Mon, 16 Dec 2019 23:48:18 GMT";
        assert!(!differs(&format!("{date}, {date}"), &[date, date]));
        assert!(differs(date, &["Mon, 16 Dec 2019 23:48:19 GMT"]));
    }

    #[test]
    fn headers_are_forbidden_and_required() {
        let expected = Message {
            forbid_headers: vec!["Content-Type".to_owned()],
            require_headers: vec!["Content-Length".to_owned()],
            ..Message::default()
        };
        let header = |name: &str| vec![(name.to_owned(), "1".to_owned())];
        assert_eq!(compare(&expected, &header("content-length")), []);
        assert_eq!(compare(&expected, &header("content-type")).len(), 2);
    }
}
