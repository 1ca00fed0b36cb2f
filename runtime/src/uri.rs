//! Path templates of operations: `/contacts/{InstanceId}/{ContactId}`, `/files/{Path+}?list`.
//!
//! <https://smithy.io/2.0/spec/http-bindings.html#http-trait>

use std::iter;

/// A part of a template between slashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'t> {
    /// Text that stands as it is.
    Literal(&'t str),
    /// `{name}`: one segment.
    Label(&'t str),
    /// `{name+}`: one segment or more.
    Greedy(&'t str),
}

/// The segments of a template.
pub fn segments(template: &str) -> impl Iterator<Item = Segment<'_>> + Clone {
    let (_, mut rest) = cut(path(template));
    iter::from_fn(move || {
        let (segment, more) = cut(rest?);
        rest = more;
        Some(match segment.strip_prefix('{').and_then(|label| label.strip_suffix('}')) {
            None => Segment::Literal(segment),
            Some(label) => label.strip_suffix('+').map_or(Segment::Label(label), Segment::Greedy),
        })
    })
}

/// What is in front of the first slash, and what is behind it. A segment is too short for a fast search to pay.
fn cut(path: &str) -> (&str, Option<&str>) {
    match path.bytes().position(|byte| byte == b'/') {
        Some(slash) => (&path[..slash], Some(&path[slash + 1..])),
        None => (path, None),
    }
}

/// The template without its query.
pub fn path(template: &str) -> &str {
    template.split_once('?').map_or(template, |(path, _)| path)
}

/// The literal query of a template, without the question mark; empty when there is none.
pub fn query(template: &str) -> &str {
    template.split_once('?').map_or("", |(_, query)| query)
}

/// Whether a segment stands for another place in the path instead of a name:
/// <https://www.rfc-editor.org/rfc/rfc3986#section-3.3>.
pub fn is_dot_segment(segment: &str) -> bool {
    matches!(segment, "." | "..")
}

/// What was sent in the place of a label, still encoded.
pub fn label<'s>(template: &str, sent: &'s str, name: &str) -> Option<&'s str> {
    let mut rest = sent.strip_prefix('/')?;
    let mut segments = segments(template);
    while let Some(segment) = segments.next() {
        if let Segment::Greedy(label) = segment {
            let length = segments.clone().try_fold(rest.len(), |length, _| rest[..length].rfind('/'))?;
            if label == name {
                return rest.get(..length);
            }
            rest = rest.get(length..)?.strip_prefix('/').unwrap_or_default();
            continue;
        }
        let (text, more) = cut(rest);
        if segment == Segment::Label(name) {
            return Some(text);
        }
        rest = more.unwrap_or_default();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_has_literals_labels_and_greedy_labels() {
        let all: Vec<_> = segments("/a/{b}/{c+}/d?list&x=1").collect();
        assert_eq!(all, [Segment::Literal("a"), Segment::Label("b"), Segment::Greedy("c"), Segment::Literal("d")]);
        assert_eq!(query("/a?list&x=1"), "list&x=1");
    }

    #[test]
    fn a_label_is_one_segment_as_it_was_sent() {
        assert_eq!(label("/a/{b}/{c}", "/a/x%2Fy/z", "b"), Some("x%2Fy"));
        assert_eq!(label("/a/{b}/{c}", "/a/x%2Fy/z", "c"), Some("z"));
        assert_eq!(label("/a/{b}", "/a/x", "c"), None);
        assert_eq!(label("/a/{b}", "/a", "b"), Some(""));
    }

    #[test]
    fn a_greedy_label_is_what_the_segments_after_it_leave() {
        assert_eq!(label("/a/{b+}", "/a/x/y/z", "b"), Some("x/y/z"));
        assert_eq!(label("/a/{b+}/c/{d}", "/a/x/y/c/z", "b"), Some("x/y"));
        assert_eq!(label("/a/{b+}/c/{d}", "/a/x/y/c/z", "d"), Some("z"));
    }
}
