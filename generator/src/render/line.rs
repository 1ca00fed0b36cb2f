//! Tokens on one line, spaced as rustfmt spaces them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The operators of more than one character that emitters write outside function bodies, the longest first.
const OPERATORS: [&str; 8] = ["..=", "::", "=>", "->", "..", "==", "!=", "&&"];

/// Keywords that a generic bracket, a path or a parenthesis does not belong to.
const WORDS: [&str; 7] = ["as", "dyn", "for", "impl", "in", "mut", "where"];

/// The tokens on one line.
pub(super) fn line(tokens: impl IntoIterator<Item = TokenTree>) -> String {
    let mut line = Line::default();
    line.push_all(tokens);
    line.text
}

/// As [`line`], of a stream.
pub(super) fn stream(tokens: &TokenStream) -> String {
    line(tokens.clone())
}

/// What stands in front of the next token.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    /// Nothing, or an opening bracket.
    #[default]
    Start,
    /// A name that something may belong to.
    Name,
    /// A keyword, a literal, or a closing bracket.
    Word,
    /// An operator that clings to what follows it.
    Prefix,
    /// A closing `>`.
    Angle,
    /// `!` behind a name.
    Bang,
    /// Any other operator.
    Operator,
}

#[derive(Default)]
struct Line {
    text: String,
    last: Last,
}

impl Line {
    fn push_all(&mut self, tokens: impl IntoIterator<Item = TokenTree>) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(ident) => self.word(&ident.to_string()),
                TokenTree::Literal(literal) => self.push(self.last_is_apart(), &literal.to_string(), Last::Word),
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
                TokenTree::Punct(punct) => {
                    let mut operator = punct.as_char().to_string();
                    let mut joint = punct.spacing() == Spacing::Joint;
                    while joint && let Some(TokenTree::Punct(next)) = tokens.peek() {
                        let longer = format!("{operator}{}", next.as_char());
                        if !OPERATORS.iter().any(|known| known.starts_with(&longer)) {
                            break;
                        }
                        joint = next.spacing() == Spacing::Joint;
                        operator = longer;
                        tokens.next();
                    }
                    self.operator(&operator);
                }
            }
        }
    }

    fn word(&mut self, word: &str) {
        let last = if WORDS.contains(&word) { Last::Word } else { Last::Name };
        self.push(self.last_is_apart(), word, last);
    }

    fn operator(&mut self, operator: &str) {
        let apart = self.last_is_apart();
        match operator {
            "," | ";" | ":" => self.push(false, operator, Last::Operator),
            "." | "?" => self.push(false, operator, Last::Prefix),
            "::" => self.push(apart && !matches!(self.last, Last::Name | Last::Angle), operator, Last::Prefix),
            "<" => self.push(apart && self.last != Last::Name && self.last != Last::Word, operator, Last::Prefix),
            ">" => self.push(false, operator, Last::Angle),
            "!" if self.last == Last::Name => self.push(false, operator, Last::Bang),
            ".." | "..=" => self.push(self.last == Last::Operator, operator, Last::Prefix),
            "&" | "#" | "'" | "$" | "!" | "*" | "-" => self.push(apart, operator, Last::Prefix),
            _ => self.push(self.last != Last::Start, operator, Last::Operator),
        }
    }

    fn group(&mut self, delimiter: Delimiter, inner: TokenStream) {
        let (open, close, apart) = match delimiter {
            Delimiter::Parenthesis => ("(", ")", !matches!(self.last, Last::Name | Last::Angle | Last::Bang)),
            Delimiter::Bracket => ("[", "]", !matches!(self.last, Last::Name | Last::Bang)),
            Delimiter::Brace => return self.braces(inner),
            Delimiter::None => return self.push_all(inner),
        };
        self.push(apart && self.last_is_apart(), open, Last::Start);
        self.push_all(inner);
        self.push(false, close, Last::Word);
    }

    fn braces(&mut self, inner: TokenStream) {
        // Of a `use`.
        if self.last == Last::Prefix {
            self.push(false, "{", Last::Start);
            self.push_all(inner);
            return self.push(false, "}", Last::Word);
        }
        self.push(self.last != Last::Start, "{", Last::Start);
        if !inner.is_empty() {
            self.text.push(' ');
            self.push_all(inner);
            self.text.push(' ');
        }
        self.push(false, "}", Last::Word);
    }

    /// Whether a word here is apart from what is in front of it.
    fn last_is_apart(&self) -> bool {
        !matches!(self.last, Last::Start | Last::Prefix)
    }

    fn push(&mut self, apart: bool, text: &str, last: Last) {
        if apart {
            self.text.push(' ');
        }
        self.text.push_str(text);
        self.last = last;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn tokens_are_spaced_as_a_person_spaces_them() {
        for (tokens, expected) in [
            (
                quote!(impl<T: Into<String>> crate::Desk for Vec<Option<T>>),
                "impl<T: Into<String>> crate::Desk for Vec<Option<T>>",
            ),
            (quote!(required "Name" | "name" => r#type as HttpDate,), "required \"Name\" | \"name\" => r#type as HttpDate,"),
            (quote!(query("A", "b") => b), "query(\"A\", \"b\") => b"),
            (quote!(pub trait Desk: Send + Sync + 'static), "pub trait Desk: Send + Sync + 'static"),
            (quote!(#[derive(Clone, Debug)]), "#[derive(Clone, Debug)]"),
            (quote!(&["a", "b"]), "&[\"a\", \"b\"]"),
            (quote!(check.length(&self.name, 1..=100).range(.., ..=5)), "check.length(&self.name, 1..=100).range(.., ..=5)"),
            (quote!(<S as crate::Desk>::list(it)), "<S as crate::Desk>::list(it)"),
            (quote!(impl ::std::fmt::Debug for Desk), "impl ::std::fmt::Debug for Desk"),
            (quote!(list(ListRequest) -> (),), "list(ListRequest) -> (),"),
            (quote!(Desk { name: None, ..it }), "Desk { name: None, ..it }"),
            (quote!(members! {}), "members! {}"),
            (
                quote!(
                    use api::{Desk, Item};
                ),
                "use api::{Desk, Item};",
            ),
            (
                quote!(
                    static DESK: Desk = Desk::new(-1, "é\n");
                ),
                "static DESK: Desk = Desk::new(-1, \"é\\n\");",
            ),
            (
                quote!(
                    pub(crate) struct Desk(pub Core);
                ),
                "pub(crate) struct Desk(pub Core);",
            ),
        ] {
            assert_eq!(stream(&tokens), expected);
        }
    }
}
