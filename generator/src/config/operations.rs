//! Which operations of a service are generated.

use super::name::InvalidName;
use std::fmt;
use std::str::FromStr;

/// The name of an operation, or several: `ListContactReferences`, `Create*`. A star stands for any characters, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationPattern(String);

impl OperationPattern {
    /// Whether an operation is meant.
    pub fn matches(&self, name: &str) -> bool {
        let mut parts = self.0.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = name.strip_prefix(first) else { return false };
        let Some(last) = parts.next_back() else { return rest.is_empty() };
        for part in parts {
            match rest.split_once(part) {
                Some((_, behind)) => rest = behind,
                None => return false,
            }
        }
        rest.ends_with(last)
    }
}

impl fmt::Display for OperationPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for OperationPattern {
    type Err = InvalidName;

    fn from_str(pattern: &str) -> Result<Self, InvalidName> {
        let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"_*".contains(&it);
        match !pattern.is_empty() && pattern.bytes().all(is_plain) {
            true => Ok(Self(pattern.to_owned())),
            false => Err(InvalidName::new(
                pattern,
                "the name of an operation",
                "write it as the model does, with `*` for any characters",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters_or_none() {
        let matches = |pattern: &str, name: &str| pattern.parse::<OperationPattern>().unwrap().matches(name);
        for (pattern, name) in
            [("List", "List"), ("List*", "List"), ("*s", "Lists"), ("L*s", "Ls"), ("*i*t*", "List"), ("*", "List")]
        {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("List", "Lists"), ("List*", "list"), ("*s", "List"), ("Li*ist", "List"), ("L*x*t", "List")] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn what_no_operation_is_called_is_refused() {
        for pattern in ["", "a b", "a-b", "../x"] {
            assert!(pattern.parse::<OperationPattern>().is_err(), "{pattern}");
        }
    }
}
