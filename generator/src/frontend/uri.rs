//! Parses URI templates: <https://smithy.io/2.0/spec/http-bindings.html#uri>.

use crate::ir::{Uri, UriSegment};

/// What is wrong with a URI template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UriError {
    #[error("a URI must start with `/`")]
    Relative,
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
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let path = path.strip_prefix('/').ok_or(UriError::Relative)?;
    let segments =
        if path.is_empty() { Vec::new() } else { path.split('/').map(parse_segment).collect::<Result<Vec<_>, _>>()? };
    let query = query.split('&').filter(|pair| !pair.is_empty()).map(parse_query).collect::<Result<_, _>>()?;
    let uri = Uri { segments, query };
    refuse_repeated_labels(&uri)?;
    Ok(uri)
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
    }
}
