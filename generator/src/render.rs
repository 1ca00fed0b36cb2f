//! From tokens to text: prettyplease, and the blank lines that it drops.

use proc_macro2::TokenStream;

/// A file in the making: items, and calls of the runtime's macros between them.
#[derive(Debug, Default)]
pub struct Source {
    text: String,
}

/// A `use` of some names of a module.
#[derive(Debug)]
pub struct Use<'a> {
    /// The module: `crate`.
    pub module: &'a str,
    /// The names, sorted.
    pub names: Vec<&'a str>,
}

impl Use<'_> {
    fn render(&self) -> String {
        let line = match self.names.as_slice() {
            [name] => format!("use {}::{name};\n", self.module),
            names => format!("use {}::{{{}}};\n", self.module, names.join(", ")),
        };
        if line.len() <= WIDTH + 1 { line } else { format!("use {}::{{\n{}}};\n", self.module, self.packed()) }
    }

    fn packed(&self) -> String {
        let mut lines = String::new();
        let mut line = String::new();
        for name in &self.names {
            if !line.is_empty() && 4 + line.len() + 1 + name.len() + 1 > WIDTH {
                lines.push_str(&format!("    {line}\n"));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&format!("{name},"));
        }
        format!("{lines}    {line}\n")
    }
}

/// prettyplease's width; `rustfmt.toml` of the generated crates says the same.
const WIDTH: usize = 89;

/// How many columns a level is.
const LEVEL: usize = 4;

/// A call of a macro. prettyplease leaves such tokens in one heap.
#[derive(Debug)]
pub struct Invocation {
    /// The macro's path.
    pub name: &'static str,
    /// What stands first.
    pub head: String,
    /// What follows it.
    pub body: Body,
}

/// What follows the head of an [`Invocation`].
#[derive(Debug)]
pub enum Body {
    /// Nothing.
    None,
    /// A semicolon, and lines.
    Lines(Vec<String>),
    /// Lines in braces.
    Braces(Vec<String>),
}

impl Source {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `use` declarations, packed in lines as rustfmt does it: prettyplease's own are a column too wide.
    #[must_use]
    pub fn uses(self, uses: &[Use<'_>]) -> Self {
        let text: String = uses.iter().filter(|it| !it.names.is_empty()).map(Use::render).collect();
        self.part(&text)
    }

    /// Adds items.
    #[must_use]
    pub fn items(self, tokens: TokenStream) -> Self {
        self.part(&render(tokens))
    }

    /// Adds items, in one of which `name! {}` stands for a call of this macro with these lines.
    #[must_use]
    pub fn items_with(self, tokens: TokenStream, name: &str, lines: &[String]) -> Self {
        let text = render(tokens);
        let call = format!("{name}! {{}}");
        let Some((before, after)) = text.split_once(&call) else { return self.part(&text) };
        let indent = " ".repeat(before.len() - before.trim_end_matches(' ').len());
        let table = match lines {
            [] => call,
            [line] => format!("{name}! {{ {line} }}"),
            lines => {
                let lines: String = lines.iter().map(|line| format!("{indent}    {line}\n")).collect();
                format!("{name}! {{\n{lines}{indent}}}")
            }
        };
        self.part(&format!("{before}{table}{after}"))
    }

    /// Adds a call of a macro.
    #[must_use]
    pub fn invocation(self, invocation: Invocation) -> Self {
        let Invocation { name, head, body } = invocation;
        let head = head.replace('\n', "\n    ");
        let text = match body {
            Body::None => head,
            Body::Lines(lines) => format!("{head};\n    {}", lines.join("\n    ")),
            Body::Braces(lines) if lines.is_empty() => format!("{head} {{}}"),
            Body::Braces(lines) => format!("{head} {{\n        {}\n    }}", lines.join("\n        ")),
        };
        self.part(&format!("{name}! {{\n    {text}\n}}\n"))
    }

    /// The text of the file.
    pub fn render(self) -> String {
        self.text
    }

    fn part(mut self, text: &str) -> Self {
        if !self.text.is_empty() && !text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self
    }
}

/// The text of items. Tokens that are none come out as they are, so that the reader sees what is wrong.
fn render(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => space(&unindent_chains(&prettyplease::unparse(&file))),
        Err(error) => format!("compile_error!(\"{error}\");\n{tokens}\n"),
    }
}

/// Moves the arguments of a call that methods follow to where rustfmt has them: prettyplease has them a level deeper.
fn unindent_chains(text: &str) -> String {
    let indent_of = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut moved = String::with_capacity(text.len());
    // What stands deeper than this is one level too deep.
    let mut chain: Option<usize> = None;
    let mut previous = "";
    for line in text.lines() {
        let indent = indent_of(line);
        if previous.ends_with('(') && indent == indent_of(previous) + 2 * LEVEL {
            chain = chain.or(Some(indent_of(previous)));
        }
        chain = chain.filter(|start| indent > *start);
        moved.push_str(chain.and_then(|_| line.get(LEVEL..)).unwrap_or(line));
        moved.push('\n');
        previous = line;
    }
    moved
}

/// Puts a blank line before each item and each documented field or variant, but not after an opening bracket.
fn space(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 16);
    let mut previous: Option<Line<'_>> = None;
    for line in text.lines().map(Line::new) {
        if previous.as_ref().is_some_and(|previous| line.is_apart_from(previous)) {
            spaced.push('\n');
        }
        spaced.push_str(line.text);
        spaced.push('\n');
        previous = Some(line);
    }
    spaced
}

/// A line of code, as far as blank lines go.
struct Line<'a> {
    text: &'a str,
    indent: usize,
    kind: LineKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineKind {
    /// `//!`.
    InnerDoc,
    /// `///` or `#[..]`: belongs to what follows.
    Attribute,
    /// `use` or `mod`, with `pub` or without.
    Import(Keyword),
    /// The start of another item.
    Item,
    /// The end of a block.
    End,
    /// A line that opens a block, or anything else inside.
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Keyword {
    Use,
    PubUse,
    Mod,
    OneLine,
}

impl<'a> Line<'a> {
    fn new(text: &'a str) -> Self {
        let code = text.trim_start();
        Self { text, indent: text.len() - code.len(), kind: kind_of(code) }
    }

    fn is_apart_from(&self, previous: &Self) -> bool {
        use LineKind::{Attribute, End, Import, InnerDoc, Item, Other};
        if self.indent > previous.indent {
            return false;
        }
        match (previous.kind, self.kind) {
            (Attribute, _) | (_, InnerDoc | End) => false,
            (InnerDoc, _) => true,
            (Import(before), Import(after)) => before != after,
            (_, Attribute) => self.indent > 0 || !previous.text.is_empty(),
            (Import(_), _) | (_, Import(_)) => true,
            (End, Item) => true,
            (Other, Item) => self.indent == 0 || previous.text.ends_with(';'),
            (Item, Item) => true,
            _ => false,
        }
    }
}

fn kind_of(code: &str) -> LineKind {
    if code.starts_with("//!") {
        return LineKind::InnerDoc;
    }
    if code.starts_with("///") || code.starts_with("#[") {
        return LineKind::Attribute;
    }
    if code.starts_with(['}', ')', ']']) {
        return LineKind::End;
    }
    let one_line = code.ends_with(';');
    match code.split([' ', '(']).next().unwrap_or_default() {
        "use" => LineKind::Import(Keyword::Use),
        "mod" if one_line => LineKind::Import(Keyword::Mod),
        "pub" if code.starts_with("pub use") => LineKind::Import(Keyword::PubUse),
        "pub" | "static" | "type" if one_line => LineKind::Import(Keyword::OneLine),
        "pub" if code.ends_with(',') => LineKind::Other,
        "pub" | "fn" | "impl" | "struct" | "enum" | "trait" | "const" | "static" | "type" => LineKind::Item,
        "bindings!" | "members!" => LineKind::Item,
        _ => LineKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn the_arguments_of_a_call_that_methods_follow_are_one_level_deeper() {
        let long = "a text that is long enough to be broken";
        let source = Source::new().items(quote! {
            impl Desk {
                const INFO: Info = Info::new(#long, #long, &[#long, #long]).response(None);
                const NAME: &str = #long;
            }
        });
        let expected = format!(
            "impl Desk {{
    const INFO: Info = Info::new(
        \"{long}\",
        \"{long}\",
        &[
            \"{long}\",
            \"{long}\",
        ],
    )
    .response(None);

    const NAME: &str = \"{long}\";
}}
"
        );
        assert_eq!(source.render(), expected);
    }
}
