//! The tokens of JMESPath.

use super::JmesPathError;
use crate::ir::jmespath::{Comparator, Literal};
use std::fmt;

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A name, also of a function.
    Name(String),
    /// A name in quotation marks.
    Quoted(String),
    /// A number in brackets.
    Integer(i64),
    /// `'text'`, or JSON between backticks.
    Literal(Literal),
    Comparator(Comparator),
    Dot,
    Star,
    Current,
    Not,
    And,
    Or,
    Pipe,
    Reference,
    Comma,
    Colon,
    /// `[]`.
    Flatten,
    /// `[?`.
    Filter,
    OpenBracket,
    CloseBracket,
    OpenParenthesis,
    CloseParenthesis,
    OpenBrace,
    CloseBrace,
    End,
}

/// What is written with the signs of no name, longest first.
const SIGNS: [(&str, Token); 25] = [
    ("[]", Token::Flatten),
    ("[?", Token::Filter),
    ("&&", Token::And),
    ("||", Token::Or),
    ("==", Token::Comparator(Comparator::Equal)),
    ("!=", Token::Comparator(Comparator::NotEqual)),
    ("<=", Token::Comparator(Comparator::LessOrEqual)),
    (">=", Token::Comparator(Comparator::GreaterOrEqual)),
    ("<", Token::Comparator(Comparator::Less)),
    (">", Token::Comparator(Comparator::Greater)),
    (".", Token::Dot),
    ("*", Token::Star),
    ("@", Token::Current),
    ("!", Token::Not),
    ("|", Token::Pipe),
    ("&", Token::Reference),
    (",", Token::Comma),
    (":", Token::Colon),
    ("[", Token::OpenBracket),
    ("]", Token::CloseBracket),
    ("(", Token::OpenParenthesis),
    (")", Token::CloseParenthesis),
    ("{", Token::OpenBrace),
    ("}", Token::CloseBrace),
    ("", Token::End),
];

/// The tokens of a text, the end among them.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, JmesPathError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        let (token, length) = token(rest).ok_or_else(|| JmesPathError::Character(rest.to_owned()))?;
        rest = rest.get(length..).unwrap_or_default();
        let is_end = token == Token::End;
        tokens.push(token);
        if is_end {
            return Ok(tokens);
        }
    }
}

/// The first token of a text, and its length.
fn token(text: &str) -> Option<(Token, usize)> {
    match text.chars().next() {
        None => Some((Token::End, 0)),
        Some('\'') => {
            quoted(text, '\'').map(|(inner, length)| (Token::Literal(Literal::Text(inner.replace("\\'", "'"))), length))
        }
        Some('"') => quoted(text, '"').and_then(|(_, length)| {
            let name = serde_json::from_str(text.get(..length)?).ok()?;
            Some((Token::Quoted(name), length))
        }),
        Some('`') => {
            quoted(text, '`').and_then(|(inner, length)| Some((Token::Literal(literal(&inner.replace("\\`", "`"))?), length)))
        }
        Some('a'..='z' | 'A'..='Z' | '_') => {
            let length = length(text, |character| character.is_ascii_alphanumeric() || character == '_');
            Some((Token::Name(text.get(..length)?.to_owned()), length))
        }
        Some('0'..='9' | '-') => {
            let length = length(text, |character| character.is_ascii_digit() || character == '-');
            Some((Token::Integer(text.get(..length)?.parse().ok()?), length))
        }
        Some(_) => {
            let mut signs = SIGNS.iter().filter(|(sign, _)| !sign.is_empty());
            signs.find(|(sign, _)| text.starts_with(sign)).map(|(sign, token)| (token.clone(), sign.len()))
        }
    }
}

fn length(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|character| !belongs(character)).unwrap_or(text.len())
}

/// What stands between two marks, of which those behind a backslash count for nothing, and how long it is with them.
fn quoted(text: &str, mark: char) -> Option<(&str, usize)> {
    let mut is_escaped = false;
    for (index, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == mark => return Some((text.get(1..index)?, index + 1)),
            _ => {}
        }
    }
    None
}

/// JSON between backticks; what is none is a string, as it was in the first version of JMESPath.
fn literal(text: &str) -> Option<Literal> {
    match serde_json::from_str::<serde_json::Value>(text.trim()) {
        Ok(serde_json::Value::Null) => Some(Literal::Null),
        Ok(serde_json::Value::Bool(value)) => Some(Literal::Boolean(value)),
        Ok(serde_json::Value::Number(number)) => number.as_i64().map(Literal::Integer),
        Ok(serde_json::Value::String(text)) => Some(Literal::Text(text)),
        Ok(serde_json::Value::Array(_) | serde_json::Value::Object(_)) => None,
        Err(_) => Some(Literal::Text(text.trim().to_owned())),
    }
}

/// As a message tells of it.
impl fmt::Display for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) | Self::Quoted(name) => write!(formatter, "`{name}`"),
            Self::Integer(value) => write!(formatter, "`{value}`"),
            Self::Literal(_) => formatter.write_str("a literal"),
            Self::End => formatter.write_str("the end"),
            sign => match SIGNS.iter().find(|(_, token)| token == sign) {
                Some((sign, _)) => write!(formatter, "`{sign}`"),
                None => formatter.write_str("something else"),
            },
        }
    }
}
