//! Functions over strings.

use crate::percent::RESERVED;
use percent_encoding::utf8_percent_encode;
use std::net::Ipv4Addr;

/// The longest label of a host, in characters.
const MAX_LABEL: usize = 63;

/// The shortest name of a bucket, in characters.
const MIN_BUCKET: usize = 3;

/// `isValidHostLabel`: one label, or several with dots between them.
pub(super) fn is_valid_host_label(text: &str, with_dots: bool) -> bool {
    match with_dots {
        true => text.split('.').all(is_label),
        false => is_label(text),
    }
}

fn is_label(text: &str) -> bool {
    (1..=MAX_LABEL).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// `aws.isVirtualHostableS3Bucket`: a bucket's name that can be a label of a host, or several with dots between them.
pub(super) fn is_virtual_hostable_bucket(text: &str, with_dots: bool) -> bool {
    let is_bucket =
        |text: &str| text.len() >= MIN_BUCKET && is_label(text) && !text.bytes().any(|byte| byte.is_ascii_uppercase());
    text.parse::<Ipv4Addr>().is_err()
        && match with_dots {
            true => text.split('.').all(is_bucket),
            false => is_bucket(text),
        }
}

/// `substring`: nothing of what is not ASCII or too short.
pub(super) fn substring(text: &str, start: usize, end: usize, from_the_end: bool) -> Option<&str> {
    if start >= end || end > text.len() || !text.is_ascii() {
        return None;
    }
    match from_the_end {
        true => text.get(text.len() - end..text.len() - start),
        false => text.get(start..end),
    }
}

/// `uriEncode`.
pub(super) fn uri_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// `split`: nothing at a delimiter that is empty.
pub(super) fn split(text: &str, delimiter: &str, limit: usize) -> Option<Vec<String>> {
    if delimiter.is_empty() {
        return None;
    }
    let parts = match limit {
        0 => text.split(delimiter).map(str::to_owned).collect(),
        limit => text.splitn(limit, delimiter).map(str::to_owned).collect(),
    };
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_label_is_letters_digits_and_hyphens_within() {
        for text in ["a", "A-1", "9", &"a".repeat(63)] {
            assert!(is_valid_host_label(text, false), "{text}");
            assert!(is_valid_host_label(text, true), "{text}");
        }
        for text in ["", "-a", "a-", "a_b", "a b", "é", "a/b", "a:1", &"a".repeat(64)] {
            assert!(!is_valid_host_label(text, false), "{text}");
            assert!(!is_valid_host_label(text, true), "{text}");
        }
    }

    #[test]
    fn dots_are_between_labels_where_they_are_allowed() {
        assert!(is_valid_host_label("a.b-c.d", true));
        assert!(!is_valid_host_label("a.b-c.d", false));
        for text in [".", "a..b", ".a", "a.", "a.-b"] {
            assert!(!is_valid_host_label(text, true), "{text}");
        }
    }

    #[test]
    fn a_bucket_in_a_host_has_three_to_63_small_letters_digits_and_hyphens() {
        for text in ["abc", "a-1", "123", &"a".repeat(63)] {
            assert!(is_virtual_hostable_bucket(text, false), "{text}");
        }
        for text in ["ab", "", "Abc", "a_c", "-abc", "abc-", "a.bcd", &"a".repeat(64)] {
            assert!(!is_virtual_hostable_bucket(text, false), "{text}");
        }
        assert!(is_virtual_hostable_bucket("abc.def", true));
        for text in ["abc.d", "127.0.0.1", "192.168.100.200", "abc..def"] {
            assert!(!is_virtual_hostable_bucket(text, true), "{text}");
        }
    }

    #[test]
    fn a_substring_is_all_there_or_not_at_all() {
        assert_eq!(substring("abcdefg", 0, 4, false), Some("abcd"));
        assert_eq!(substring("abcd", 0, 4, false), Some("abcd"));
        assert_eq!(substring("abcdefg", 0, 4, true), Some("defg"));
        assert_eq!(substring("defg", 1, 3, false), Some("ef"));
        assert_eq!(substring("\u{7f}abc", 0, 2, false), Some("\u{7f}a"));
        for (text, start, end) in [("abc", 0, 4), ("", 0, 1), ("abc", 2, 2), ("abc", 2, 1), ("\u{fdfd}", 0, 1), ("aé", 0, 1)] {
            assert_eq!(substring(text, start, end, false), None, "{text}");
            assert_eq!(substring(text, start, end, true), None, "{text}");
        }
    }

    #[test]
    fn everything_is_encoded_but_what_is_unreserved() {
        assert_eq!(uri_encode("aZ0-_.~"), "aZ0-_.~");
        assert_eq!(uri_encode("a b/ü%"), "a%20b%2F%C3%BC%25");
        let reserved = "/:,?#[]{}|@! $&'()*+;=%<>\"^`\\";
        assert_eq!(uri_encode(reserved).len(), 3 * reserved.len());
    }

    #[test]
    fn a_text_is_split_at_each_delimiter_up_to_the_limit() {
        let parts = |text, delimiter, limit| split(text, delimiter, limit).unwrap();
        assert_eq!(parts("a--b--c", "--", 0), ["a", "b", "c"]);
        assert_eq!(parts("a--b--c", "--", 1), ["a--b--c"]);
        assert_eq!(parts("a--b--c", "--", 2), ["a", "b--c"]);
        assert_eq!(parts("", "--", 0), [""]);
        assert_eq!(parts("----", "--", 0), ["", "", ""]);
        assert_eq!(parts("aaa", "aa", 0), ["", "a"]);
        assert_eq!(split("a", "", 0), None);
    }
}
