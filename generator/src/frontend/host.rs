//! Host prefixes and their labels: <https://smithy.io/2.0/spec/endpoint-traits.html>.

use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{HostPart, HostPrefix};

/// What is wrong with a host prefix.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum HostPrefixError {
    #[error("it is empty")]
    Empty,
    #[error("`{0}` cannot be in a host")]
    NoHost(String),
    #[error("a label without an end")]
    OpenLabel,
    #[error("a label without a name")]
    NamelessLabel,
    #[error("the label `{0}` occurs twice")]
    RepeatedLabel(String),
}

/// A member of an input, as far as host labels need it.
pub(super) struct HostMember<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// Whether it is a host label.
    pub(super) is_label: bool,
    /// Whether it must be there.
    pub(super) required: bool,
    /// Whether it holds a string; true also for what is not known.
    pub(super) is_string: bool,
    /// Where it is defined.
    pub(super) place: Place,
}

/// How a format says what a host label needs.
pub(super) struct HostWords {
    /// Makes a member a host label.
    pub(super) label: &'static str,
    /// Makes a member required.
    pub(super) required: &'static str,
}

/// A host prefix.
pub(super) fn lower_host_prefix(text: &str, place: &Place, diagnostics: &mut Diagnostics) -> Option<HostPrefix> {
    match parse_host_prefix(text) {
        Ok(prefix) => Some(prefix),
        Err(error) => {
            diagnostics.error(place, format!("`{text}` is no host prefix: {error}"), "write it like `{AccountId}.data.`");
            None
        }
    }
}

/// Reports labels that no member fills, and members that fill none or might leave one empty. Without a prefix, it means nothing that
/// a member is a label.
pub(super) fn check_host_labels(
    prefix: &HostPrefix,
    prefix_place: &Place,
    members: &[HostMember<'_>],
    words: &HostWords,
    diagnostics: &mut Diagnostics,
) {
    let labels: Vec<&str> = labels(&prefix.parts).collect();
    for label in &labels {
        if !members.iter().any(|member| member.is_label && member.name == *label) {
            let help = format!("give the input a member `{label}` with {}", words.label);
            diagnostics.error(prefix_place, format!("no input member fills the host label `{label}`"), help);
        }
    }
    for HostMember { name, required, is_string, place, .. } in members.iter().filter(|member| member.is_label) {
        if !labels.contains(name) {
            let message = format!("the operation's host prefix has no label `{name}`");
            diagnostics.error(place, message, format!("add `{{{name}}}` to it, or drop {}", words.label));
        }
        if !required {
            let message = format!("`{name}` is a host label, but not required");
            diagnostics.error(place, message, format!("{}: without it there is no host", words.required));
        }
        if !is_string {
            diagnostics.error(place, format!("`{name}` is a host label, but no string"), "make it a string");
        }
    }
}

fn labels(parts: &[HostPart]) -> impl Iterator<Item = &str> {
    parts.iter().filter_map(|part| match part {
        HostPart::Literal(_) => None,
        HostPart::Label(name) => Some(name.as_str()),
    })
}

/// A prefix need not end with a dot: there is `data-` in front of hosts, too.
fn parse_host_prefix(text: &str) -> Result<HostPrefix, HostPrefixError> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (literal, after) = rest.split_once('{').map_or((rest, None), |(literal, after)| (literal, Some(after)));
        if !literal.is_empty() {
            parts.push(HostPart::Literal(parse_literal(literal)?));
        }
        rest = match after.map(|after| after.split_once('}').ok_or(HostPrefixError::OpenLabel)).transpose()? {
            None => "",
            Some(("", _)) => return Err(HostPrefixError::NamelessLabel),
            Some((name, _)) if labels(&parts).any(|known| known == name) => {
                return Err(HostPrefixError::RepeatedLabel(name.to_owned()));
            }
            Some((name, after)) => {
                parts.push(HostPart::Label(name.to_owned()));
                after
            }
        };
    }
    if parts.is_empty() { Err(HostPrefixError::Empty) } else { Ok(HostPrefix { parts }) }
}

fn parse_literal(text: &str) -> Result<String, HostPrefixError> {
    match text.chars().all(|it| it.is_ascii_alphanumeric() || ".-".contains(it)) {
        true => Ok(text.to_owned()),
        false => Err(HostPrefixError::NoHost(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_what_it_prints() {
        for text in ["data.", "data-", "{A}.", "x{A}-{B}.y."] {
            assert_eq!(parse_host_prefix(text).map(|prefix| prefix.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn refuses_what_is_no_prefix() {
        assert_eq!(parse_host_prefix(""), Err(HostPrefixError::Empty));
        assert_eq!(parse_host_prefix("a/b."), Err(HostPrefixError::NoHost("a/b.".to_owned())));
        assert_eq!(parse_host_prefix("{A."), Err(HostPrefixError::OpenLabel));
        assert_eq!(parse_host_prefix("{}."), Err(HostPrefixError::NamelessLabel));
        assert_eq!(parse_host_prefix("{A}.{A}."), Err(HostPrefixError::RepeatedLabel("A".to_owned())));
        assert_eq!(parse_host_prefix("A}."), Err(HostPrefixError::NoHost("A}.".to_owned())));
    }
}
