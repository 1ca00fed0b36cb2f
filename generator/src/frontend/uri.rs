//! Parses URI templates: <https://smithy.io/2.0/spec/http-bindings.html#uri>.

use crate::ir::{Uri, UriSegment};

/// How long a template can be: few servers take a longer one.
const MAX_LENGTH: usize = 2_048;

/// What is wrong with a URI template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UriError {
    #[error("it is longer than {MAX_LENGTH} characters")]
    TooLong,
    #[error("a URI must start with `/`")]
    Relative,
    #[error("an empty segment")]
    EmptySegment,
    #[error("`{0}` leads to another path")]
    DotSegment(String),
    #[error("`{0}` cannot stand in a URI")]
    Character(char),
    #[error("more than one greedy label")]
    SeveralGreedyLabels,
    #[error("a `?` without a query")]
    EmptyQuery,
    #[error("`{0}` mixes a label with text: a label is a whole segment")]
    PartialLabel(String),
    #[error("a label without a name")]
    NamelessLabel,
    #[error("the label `{0}` occurs twice")]
    RepeatedLabel(String),
    #[error("`{0}`: a label cannot stand in the query")]
    QueryLabel(String),
}

/// Parses a URI template.
pub(crate) fn parse_uri(text: &str) -> Result<Uri, UriError> {
    if text.len() > MAX_LENGTH {
        return Err(UriError::TooLong);
    }
    if let Some(character) = text.chars().find(|character| !is_allowed(*character)) {
        return Err(UriError::Character(character));
    }
    let (path, query) = match text.split_once('?') {
        Some((_, "")) => return Err(UriError::EmptyQuery),
        Some(parts) => parts,
        None => (text, ""),
    };
    let path = path.strip_prefix('/').ok_or(UriError::Relative)?;
    let segments =
        if path.is_empty() { Vec::new() } else { path.split('/').map(parse_segment).collect::<Result<Vec<_>, _>>()? };
    let query = query.split('&').filter(|pair| !pair.is_empty()).map(parse_query).collect::<Result<_, _>>()?;
    let uri = Uri { segments, query };
    refuse_repeated_labels(&uri)?;
    refuse_odd_segments(&uri)?;
    Ok(uri)
}

/// What RFC 3986 has in a path and a query, the brackets that it has elsewhere, which do no harm, and the braces of labels. `#` would
/// begin a fragment.
fn is_allowed(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?%[]{}".contains(character)
}

/// An empty segment is a slash at the end, which models have; anywhere else no request could be told from one without it.
fn refuse_odd_segments(uri: &Uri) -> Result<(), UriError> {
    let before_last = uri.segments.len().saturating_sub(1);
    for (index, segment) in uri.segments.iter().enumerate() {
        match segment {
            UriSegment::Literal(text) if text.is_empty() && index < before_last => return Err(UriError::EmptySegment),
            UriSegment::Literal(text) if text == "." || text == ".." => return Err(UriError::DotSegment(text.clone())),
            _ => {}
        }
    }
    let is_greedy = |segment: &&UriSegment| matches!(segment, UriSegment::GreedyLabel(_));
    match uri.segments.iter().filter(is_greedy).count() {
        0 | 1 => Ok(()),
        _ => Err(UriError::SeveralGreedyLabels),
    }
}

fn parse_segment(text: &str) -> Result<UriSegment, UriError> {
    let Some(label) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        return if has_brace(text) {
            Err(UriError::PartialLabel(text.to_owned()))
        } else {
            Ok(UriSegment::Literal(text.to_owned()))
        };
    };
    let (name, greedy) = match label.strip_suffix('+') {
        Some(name) => (name, true),
        None => (label, false),
    };
    match name {
        "" => Err(UriError::NamelessLabel),
        name if has_brace(name) => Err(UriError::PartialLabel(text.to_owned())),
        name if greedy => Ok(UriSegment::GreedyLabel(name.to_owned())),
        name => Ok(UriSegment::Label(name.to_owned())),
    }
}

fn parse_query(pair: &str) -> Result<(String, Option<String>), UriError> {
    if has_brace(pair) {
        return Err(UriError::QueryLabel(pair.to_owned()));
    }
    Ok(match pair.split_once('=') {
        Some((key, value)) => (key.to_owned(), Some(value.to_owned())),
        None => (pair.to_owned(), None),
    })
}

fn refuse_repeated_labels(uri: &Uri) -> Result<(), UriError> {
    let is_repeated = |index: usize, label: &str| uri.labels().take(index).any(|earlier| earlier == label);
    match uri.labels().enumerate().find(|(index, label)| is_repeated(*index, label)) {
        Some((_, label)) => Err(UriError::RepeatedLabel(label.to_owned())),
        None => Ok(()),
    }
}

fn has_brace(text: &str) -> bool {
    text.contains(['{', '}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_what_it_prints() {
        for text in ["/", "/a", "/a/", "/a/{B}/c", "/{A+}", "/a/{B}?c&d=e&f="] {
            assert_eq!(parse_uri(text).map(|uri| uri.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn refuses_what_is_no_template() {
        assert_eq!(parse_uri("a"), Err(UriError::Relative));
        assert_eq!(parse_uri(""), Err(UriError::Relative));
        assert_eq!(parse_uri("/a-{B}"), Err(UriError::PartialLabel("a-{B}".to_owned())));
        assert_eq!(parse_uri("/{A}{B}"), Err(UriError::PartialLabel("{A}{B}".to_owned())));
        assert_eq!(parse_uri("/{}"), Err(UriError::NamelessLabel));
        assert_eq!(parse_uri("/{A}/{A+}"), Err(UriError::RepeatedLabel("A".to_owned())));
        assert_eq!(parse_uri("/a?b={C}"), Err(UriError::QueryLabel("b={C}".to_owned())));
        assert_eq!(parse_uri(&format!("/{}", "a".repeat(MAX_LENGTH))), Err(UriError::TooLong));
        assert_eq!(parse_uri("//a"), Err(UriError::EmptySegment));
        assert_eq!(parse_uri("/a//{B}"), Err(UriError::EmptySegment));
        assert_eq!(parse_uri("/a/../b"), Err(UriError::DotSegment("..".to_owned())));
        assert_eq!(parse_uri("/./b"), Err(UriError::DotSegment(".".to_owned())));
        assert_eq!(parse_uri("/{A+}/b/{C+}"), Err(UriError::SeveralGreedyLabels));
        assert_eq!(parse_uri("/a?"), Err(UriError::EmptyQuery));
        for character in ['#', ' ', '"', '\\', '<', '^', '|', 'é', '\n', '\0', '\u{202e}'] {
            assert_eq!(parse_uri(&format!("/a{character}b")), Err(UriError::Character(character)));
        }
    }
}
