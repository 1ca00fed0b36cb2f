//! ECMAScript's regular expressions in the syntax of Rust's engines: <https://tc39.es/ecma262/#sec-patterns>.
//!
//! The two look alike and differ in what they say: in ECMAScript `\d`, `\w` and `\b` are ASCII, a `.` matches no carriage return, `[` in
//! a class is a character, `{` may be one, `\/` and `\cJ` are escapes, and `&&` is nothing special. Read here is what has Unicode's flag
//! (a string is of code points, surrogate pairs are one), with what Annex B adds for the web where the two do not contradict.
//!
//! The generator compiles this file, too, to tell of patterns that are none; so it needs nothing but the standard library and thiserror.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

/// Why a pattern is none of ECMAScript's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum SyntaxError {
    #[error("a group is not closed")]
    OpenGroup,
    #[error("a `)` closes no group")]
    UnopenedGroup,
    #[error("`(?` starts no group that ECMAScript has")]
    UnknownGroup,
    #[error("a class is not closed")]
    OpenClass,
    #[error("a range in a class ends before it starts")]
    ReversedRange,
    #[error("a quantifier has nothing to repeat")]
    NothingToRepeat,
    #[error("a quantifier's bounds are the wrong way round")]
    ReversedQuantifier,
    #[error("`\\{0}` is no escape of ECMAScript")]
    UnknownEscape(char),
    #[error("a backslash is last")]
    LastBackslash,
    #[error("a back-reference refers to no group")]
    UnknownReference,
}

type Read<T> = Result<T, SyntaxError>;

const DIGITS: &str = "0-9";
const WORD: &str = "0-9A-Z_a-z";
const SPACE: &str = r"\t-\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";
const ANYTHING: &str = r"[\x{0}-\x{10FFFF}]";
const NOTHING: &str = r"[^\x{0}-\x{10FFFF}]";
const NO_LINE_END: &str = r"[^\n\r\x{2028}\x{2029}]";
/// A boundary of a word, for the linear-time engine.
pub(super) const BOUNDARY: &str = r"(?-u:\b)";
const NO_BOUNDARY: &str = "(?:(?<=[0-9A-Z_a-z])(?=[0-9A-Z_a-z])|(?<![0-9A-Z_a-z])(?![0-9A-Z_a-z]))";

/// The same pattern for Rust's engines.
///
/// # Errors
///
/// A pattern that ECMAScript does not have.
pub(super) fn translate(source: &str) -> Read<String> {
    let mut translator = Translator {
        rest: source.chars().peekable(),
        groups: Groups::of(source),
        open: Vec::new(),
        repeatable: false,
        rust: String::new(),
    };
    while let Some(character) = translator.rest.next() {
        translator.term(character)?;
    }
    if translator.open.is_empty() { Ok(translator.rust) } else { Err(SyntaxError::OpenGroup) }
}

struct Translator<'s> {
    rest: Peekable<Chars<'s>>,
    groups: Groups,
    /// The groups around, and whether each can be repeated.
    open: Vec<bool>,
    /// Whether a quantifier may come next.
    repeatable: bool,
    rust: String,
}

/// The groups that a back-reference can refer to, by number, some of them by name.
struct Groups(Vec<Option<String>>);

impl Groups {
    /// All of them, since a reference may stand before its group.
    fn of(source: &str) -> Self {
        let mut groups = Vec::new();
        let mut in_class = false;
        let mut rest = source.chars();
        while let Some(character) = rest.next() {
            match character {
                '\\' => drop(rest.next()),
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => groups.extend(Self::group(rest.as_str())),
                _ => {}
            }
        }
        Self(groups)
    }

    /// The group that starts here, if it captures.
    fn group(rest: &str) -> Option<Option<String>> {
        match rest.strip_prefix('?') {
            None => Some(None),
            Some(rest) => {
                let name = rest.strip_prefix('<').filter(|name| !name.starts_with(['=', '!']))?;
                Some(name.split_once('>').map(|(name, _)| name.to_owned()))
            }
        }
    }

    fn by_name(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|group| group.as_deref() == Some(name)).map(|index| index + 1)
    }
}

/// One character of a pattern: a code point that may be half a surrogate pair, which no string holds.
type CodePoint = u32;

/// What stands in a class.
enum ClassAtom {
    One(CodePoint),
    Set(String),
}

impl Translator<'_> {
    fn term(&mut self, character: char) -> Read<()> {
        match character {
            '|' | '^' | '$' => self.bare(character),
            '(' => self.open_group()?,
            ')' => {
                self.repeatable = self.open.pop().ok_or(SyntaxError::UnopenedGroup)?;
                self.rust.push(')');
            }
            '[' => self.class()?,
            '.' => self.atom(NO_LINE_END),
            '*' | '+' | '?' => self.quantifier(&character.to_string())?,
            '{' => match self.braces()? {
                Some(quantifier) => self.quantifier(&quantifier)?,
                None => self.character(character.into()),
            },
            '\\' => self.escape()?,
            _ => self.character(character.into()),
        }
        Ok(())
    }

    /// Something that cannot be repeated.
    fn bare(&mut self, character: char) {
        self.rust.push(character);
        self.repeatable = false;
    }

    fn atom(&mut self, rust: &str) {
        self.rust.push_str(rust);
        self.repeatable = true;
    }

    fn character(&mut self, code_point: CodePoint) {
        match char::from_u32(code_point) {
            Some(character) => self.atom(&literal(character)),
            None => self.atom(NOTHING),
        }
    }

    fn quantifier(&mut self, quantifier: &str) -> Read<()> {
        if !self.repeatable {
            return Err(SyntaxError::NothingToRepeat);
        }
        self.rust.push_str(quantifier);
        if self.rest.next_if_eq(&'?').is_some() {
            self.rust.push('?');
        }
        self.repeatable = false;
        Ok(())
    }

    /// `{2}`, `{2,}` or `{2,5}`, if the brace that was read starts one.
    fn braces(&mut self) -> Read<Option<String>> {
        let mut ahead = self.rest.clone();
        let min = number(&mut ahead);
        let comma = ahead.next_if_eq(&',').is_some();
        let max = number(&mut ahead);
        if min.is_empty() || (!comma && !max.is_empty()) || ahead.next() != Some('}') {
            return Ok(None);
        }
        self.rest = ahead;
        let reversed = matches!((min.parse::<u64>(), max.parse::<u64>()), (Ok(min), Ok(max)) if min > max);
        if reversed {
            return Err(SyntaxError::ReversedQuantifier);
        }
        Ok(Some(if comma { format!("{{{min},{max}}}") } else { format!("{{{min}}}") }))
    }

    fn open_group(&mut self) -> Read<()> {
        let mut repeatable = true;
        let mut rust = "(".to_owned();
        if self.rest.next_if_eq(&'?').is_some() {
            match self.rest.next() {
                Some(':') => rust.push_str("?:"),
                Some(kind @ ('=' | '!')) => {
                    repeatable = false;
                    rust.extend(['?', kind]);
                }
                Some('<') => match self.rest.next_if(|next| matches!(next, '=' | '!')) {
                    Some(kind) => {
                        repeatable = false;
                        rust.extend(['?', '<', kind]);
                    }
                    // A name may hold what Rust's cannot; the number is enough.
                    None => drop(self.name()?),
                },
                _ => return Err(SyntaxError::UnknownGroup),
            }
        }
        self.open.push(repeatable);
        self.bare_text(&rust);
        Ok(())
    }

    fn bare_text(&mut self, rust: &str) {
        self.rust.push_str(rust);
        self.repeatable = false;
    }

    /// The name of a group, up to and past its `>`.
    fn name(&mut self) -> Read<String> {
        let mut name = String::new();
        loop {
            match self.rest.next() {
                Some('>') if !name.is_empty() => return Ok(name),
                Some(character) if character.is_alphanumeric() || matches!(character, '_' | '$') => name.push(character),
                _ => return Err(SyntaxError::UnknownGroup),
            }
        }
    }

    /// What an escape outside a class means.
    fn escape(&mut self) -> Read<()> {
        let character = self.rest.next().ok_or(SyntaxError::LastBackslash)?;
        match character {
            'b' => self.bare_text(BOUNDARY),
            'B' => self.bare_text(NO_BOUNDARY),
            'k' => {
                self.rest.next_if_eq(&'<').ok_or(SyntaxError::UnknownEscape('k'))?;
                let name = self.name()?;
                let number = self.groups.by_name(&name);
                self.reference(number.ok_or(SyntaxError::UnknownReference)?)?;
            }
            '1'..='9' => {
                let number = format!("{character}{}", number(&mut self.rest)).parse();
                self.reference(number.map_err(|_| SyntaxError::UnknownReference)?)?;
            }
            _ => match set_of(character) {
                Some((set, true)) => self.atom(&format!("[{set}]")),
                Some((set, false)) => self.atom(&format!("[^{set}]")),
                None if matches!(character, 'p' | 'P') => {
                    let property = self.property(character)?;
                    self.atom(&property);
                }
                None => {
                    let code_point = self.character_escape(character)?;
                    self.character(code_point);
                }
            },
        }
        Ok(())
    }

    fn reference(&mut self, number: usize) -> Read<()> {
        if number > self.groups.0.len() {
            return Err(SyntaxError::UnknownReference);
        }
        // In a group, so that a digit after it is none of its own.
        self.atom(&format!(r"(?:\{number})"));
        Ok(())
    }

    /// `\p{..}`: the engines know Unicode's properties.
    fn property(&mut self, letter: char) -> Read<String> {
        let error = SyntaxError::UnknownEscape(letter);
        self.rest.next_if_eq(&'{').ok_or(error)?;
        let mut property = String::new();
        loop {
            match self.rest.next() {
                Some('}') if !property.is_empty() => return Ok(format!(r"\{letter}{{{property}}}")),
                Some(character) if character.is_ascii_alphanumeric() || matches!(character, '_' | '=') => {
                    property.push(character)
                }
                _ => return Err(error),
            }
        }
    }

    /// The character that an escape stands for, in a class or not.
    fn character_escape(&mut self, character: char) -> Read<CodePoint> {
        let error = SyntaxError::UnknownEscape(character);
        Ok(match character {
            't' => 0x09,
            'n' => 0x0A,
            'v' => 0x0B,
            'f' => 0x0C,
            'r' => 0x0D,
            '0' if !self.rest.peek().is_some_and(char::is_ascii_digit) => 0,
            'c' => u32::from(self.rest.next_if(char::is_ascii_alphabetic).ok_or(error)?) % 32,
            'x' => self.hexadecimal(2).ok_or(error)?,
            'u' => self.unicode_escape().ok_or(error)?,
            _ if character.is_alphanumeric() => return Err(error),
            _ => character.into(),
        })
    }

    /// `\u{1F44D}`, `\u00E9`, or a surrogate pair of two.
    fn unicode_escape(&mut self) -> Option<CodePoint> {
        if self.rest.next_if_eq(&'{').is_some() {
            let mut digits = String::new();
            while let Some(digit) = self.rest.next_if(char::is_ascii_hexdigit) {
                digits.push(digit);
            }
            self.rest.next_if_eq(&'}')?;
            return u32::from_str_radix(&digits, 16).ok().filter(|code_point| *code_point <= 0x10_FFFF);
        }
        let first = self.hexadecimal(4)?;
        if !(0xD800..0xDC00).contains(&first) {
            return Some(first);
        }
        let before = self.rest.clone();
        let is_escape = self.rest.next() == Some('\\') && self.rest.next() == Some('u');
        match self.hexadecimal(4).filter(|second| is_escape && (0xDC00..0xE000).contains(second)) {
            Some(second) => Some(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)),
            None => {
                self.rest = before;
                Some(first)
            }
        }
    }

    fn hexadecimal(&mut self, length: usize) -> Option<u32> {
        (0..length).try_fold(0, |value, _| Some(value * 16 + self.rest.next_if(char::is_ascii_hexdigit)?.to_digit(16)?))
    }

    fn class(&mut self) -> Read<()> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut members = String::new();
        loop {
            let atom = match self.class_atom()? {
                None => break,
                Some(atom) => atom,
            };
            match self.range_end()? {
                None => push_atom(&mut members, &atom),
                Some(end) => push_range(&mut members, &atom, &end)?,
            }
        }
        match (members.is_empty(), negated) {
            (true, true) => self.atom(ANYTHING),
            (true, false) => self.atom(NOTHING),
            (false, true) => self.atom(&format!("[^{members}]")),
            (false, false) => self.atom(&format!("[{members}]")),
        }
        Ok(())
    }

    /// What a hyphen that is next leads to; nothing when it is the class's last character.
    fn range_end(&mut self) -> Read<Option<ClassAtom>> {
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('-') || ahead.peek() == Some(&']') {
            return Ok(None);
        }
        self.rest = ahead;
        self.class_atom()
    }

    /// The next member of a class; none at its end.
    fn class_atom(&mut self) -> Read<Option<ClassAtom>> {
        let character = match self.rest.next().ok_or(SyntaxError::OpenClass)? {
            ']' => return Ok(None),
            '\\' => self.rest.next().ok_or(SyntaxError::LastBackslash)?,
            character => return Ok(Some(ClassAtom::One(character.into()))),
        };
        Ok(Some(match set_of(character) {
            Some((set, true)) => ClassAtom::Set(set.to_owned()),
            Some((set, false)) => ClassAtom::Set(format!("[^{set}]")),
            None if matches!(character, 'p' | 'P') => ClassAtom::Set(self.property(character)?),
            None if character == 'b' => ClassAtom::One(0x08),
            None => ClassAtom::One(self.character_escape(character)?),
        }))
    }
}

/// The digits that come next.
fn number(rest: &mut Peekable<Chars<'_>>) -> String {
    std::iter::from_fn(|| rest.next_if(char::is_ascii_digit)).collect()
}

/// The members of `\d` and its like, and whether these are meant or all others.
fn set_of(escape: char) -> Option<(&'static str, bool)> {
    let set = match escape {
        'd' | 'D' => DIGITS,
        'w' | 'W' => WORD,
        's' | 'S' => SPACE,
        _ => return None,
    };
    Some((set, escape.is_ascii_lowercase()))
}

/// A character outside a class.
fn literal(character: char) -> String {
    let is_meta = matches!(character, '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$');
    if is_meta { format!(r"\{character}") } else { character.to_string() }
}

fn push_atom(members: &mut String, atom: &ClassAtom) {
    match atom {
        ClassAtom::One(code_point) => push_code_points(members, *code_point, *code_point),
        ClassAtom::Set(set) => members.push_str(set),
    }
}

/// A range; the hyphen beside a set like `\w` is a character.
fn push_range(members: &mut String, start: &ClassAtom, end: &ClassAtom) -> Read<()> {
    match (start, end) {
        (ClassAtom::One(start), ClassAtom::One(end)) if start > end => return Err(SyntaxError::ReversedRange),
        (ClassAtom::One(start), ClassAtom::One(end)) => push_code_points(members, *start, *end),
        _ => {
            push_atom(members, start);
            push_atom(members, &ClassAtom::One('-'.into()));
            push_atom(members, end);
        }
    }
    Ok(())
}

/// The code points of a range that a string can hold.
fn push_code_points(members: &mut String, start: CodePoint, end: CodePoint) {
    let start = if is_surrogate(start) { 0xE000 } else { start };
    let end = if is_surrogate(end) { 0xD7FF } else { end };
    if start > end {
        return;
    }
    push_member(members, start);
    if start < end {
        members.push('-');
        push_member(members, end);
    }
}

fn is_surrogate(code_point: CodePoint) -> bool {
    (0xD800..0xE000).contains(&code_point)
}

fn push_member(members: &mut String, code_point: CodePoint) {
    match char::from_u32(code_point).filter(char::is_ascii_alphanumeric) {
        Some(character) => members.push(character),
        None => drop(write!(members, r"\x{{{code_point:X}}}")),
    }
}
