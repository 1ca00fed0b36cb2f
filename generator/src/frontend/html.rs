//! AWS's HTML to CommonMark: the few tags that models use; others are dropped and their text is kept.

/// Converts a text; `None` when nothing is left of it.
pub(crate) fn to_markdown(html: &str) -> Option<String> {
    let mut writer = Writer::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, tail) = rest.split_at(start);
        writer.text(text);
        let Some((tag, after)) = Tag::parse(tail) else {
            writer.text("<");
            rest = tail.get(1..).unwrap_or_default();
            continue;
        };
        writer.tag(tag);
        rest = after;
    }
    writer.text(rest);
    writer.finish()
}

/// A tag, opening or closing.
struct Tag<'a> {
    name: String,
    closing: bool,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// Parses the tag that a text starts with, and gives what follows it.
    fn parse(text: &'a str) -> Option<(Self, &'a str)> {
        let (inner, after) = text.strip_prefix('<')?.split_once('>')?;
        let (closing, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(end);
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            .then(|| (Self { name: name.to_ascii_lowercase(), closing, attributes }, after))
    }

    fn href(&self) -> Option<String> {
        let value = self.attributes.split_once("href=")?.1;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let url = decode_entities(value.get(1..)?.split(quote).next()?.trim());
        (!url.is_empty()).then(|| url.replace(' ', "%20").replace('(', "%28").replace(')', "%29"))
    }
}

/// What must stand between what is written and what comes next.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    #[default]
    None,
    Line,
    Paragraph,
}

/// A list that is open.
#[derive(Default)]
struct OpenList {
    ordered: bool,
    items: usize,
    /// Whether an item was closed, and no other opened: text there belongs to the last one.
    is_between: bool,
}

impl OpenList {
    /// What the lines of an item start with.
    fn indent(&self) -> &'static str {
        if self.ordered { "   " } else { "  " }
    }
}

/// Where a span began: how long the output was before its mark and after it.
struct Span {
    before: usize,
    after: usize,
    href: Option<String>,
}

#[derive(Default)]
struct Writer {
    out: String,
    pending: Break,
    space: bool,
    /// Whether a space that comes next is dropped, because a mark was just opened.
    glue: bool,
    /// What every line starts with, by nesting.
    prefixes: Vec<&'static str>,
    /// The mark of an item that has no text yet.
    marker: Option<String>,
    lists: Vec<OpenList>,
    spans: Vec<Span>,
    code: Option<String>,
}

impl Writer {
    fn tag(&mut self, tag: Tag<'_>) {
        match (tag.name.as_str(), tag.closing) {
            ("code", false) => self.code = Some(String::new()),
            ("code", true) => self.close_code(),
            _ if self.code.is_some() => {}
            ("b" | "strong", false) => self.open_span("**", None),
            ("i" | "em", false) => self.open_span("*", None),
            ("b" | "strong", true) => self.close_span("**"),
            ("i" | "em", true) => self.close_span("*"),
            ("a", false) => match tag.href() {
                Some(href) => self.open_span("[", Some(href)),
                None => self.open_span("", None),
            },
            ("a", true) => self.close_link(),
            ("note" | "important" | "caution" | "tip" | "warning", closing) => self.quote(closing),
            ("ul" | "ol", false) => self.open_list(tag.name == "ol"),
            ("ul" | "ol", true) => self.close_list(),
            ("li", false) => self.open_item(),
            ("li", true) => self.close_item(),
            ("br", _) => self.request(Break::Line),
            ("p" | "div" | "pre" | "dl" | "dt" | "dd" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6", _) => {
                self.request(Break::Paragraph);
            }
            _ => {}
        }
    }

    fn text(&mut self, html: &str) {
        let text = decode_entities(html);
        if let Some(code) = &mut self.code {
            code.push_str(&text);
            return;
        }
        for character in text.chars() {
            if character.is_whitespace() {
                self.space = true;
            } else {
                let starts_line = self.flush();
                if needs_escape(character, starts_line, &self.out) {
                    self.out.push('\\');
                }
                self.out.push(character);
            }
        }
    }

    fn request(&mut self, kind: Break) {
        // An item's first paragraph stands behind its mark.
        if self.marker.is_none() {
            self.pending = self.pending.max(kind);
        }
    }

    /// Writes what is due before text; says whether the text starts a line.
    fn flush(&mut self) -> bool {
        let starts_line = self.out.is_empty() || self.pending != Break::None || self.marker.is_some();
        if starts_line {
            self.start_line();
        } else if self.space && !self.glue {
            self.out.push(' ');
        }
        self.space = false;
        self.glue = false;
        starts_line
    }

    fn start_line(&mut self) {
        // The innermost prefix belongs to the item whose mark is written instead of it.
        let depth = self.prefixes.len() - usize::from(self.marker.is_some() && !self.prefixes.is_empty());
        let mut prefix = self.prefixes.iter().take(depth).copied().collect::<String>();
        let last_item = self.lists.last().filter(|list| list.is_between && self.marker.is_none());
        prefix.push_str(last_item.map_or("", OpenList::indent));
        if !self.out.is_empty() {
            self.out.push('\n');
            if self.pending == Break::Paragraph {
                self.out.push_str(prefix.trim_end());
                self.out.push('\n');
            }
        }
        self.out.push_str(&prefix);
        self.out.push_str(&self.marker.take().unwrap_or_default());
        self.pending = Break::None;
    }

    fn open_span(&mut self, mark: &str, href: Option<String>) {
        self.flush();
        let before = self.out.len();
        self.out.push_str(mark);
        self.glue = true;
        self.spans.push(Span { before, after: self.out.len(), href });
    }

    fn close_span(&mut self, mark: &str) {
        let Some(span) = self.spans.pop() else { return };
        if self.out.len() == span.after {
            self.out.truncate(span.before);
        } else {
            self.out.push_str(mark);
        }
        self.glue = false;
    }

    fn close_link(&mut self) {
        let mark = match self.spans.last().and_then(|span| span.href.as_deref()) {
            Some(href) => format!("]({href})"),
            None => String::new(),
        };
        self.close_span(&mark);
    }

    fn close_code(&mut self) {
        let code = self.code.take().unwrap_or_default();
        let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
        if code.is_empty() {
            return;
        }
        self.flush();
        let fence = if code.contains('`') { "``" } else { "`" };
        let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        self.out.push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
    }

    fn quote(&mut self, closing: bool) {
        self.request(Break::Paragraph);
        if closing {
            self.close_block(|prefix| prefix == "> ");
        } else {
            self.flush_marker();
            self.prefixes.push("> ");
        }
    }

    fn open_list(&mut self, ordered: bool) {
        self.flush_marker();
        self.request(Break::Line);
        self.lists.push(OpenList { ordered, ..OpenList::default() });
    }

    fn close_list(&mut self) {
        if self.lists.pop().is_some() {
            self.request(Break::Paragraph);
        }
    }

    fn open_item(&mut self) {
        let Some(list) = self.lists.last_mut() else { return self.request(Break::Line) };
        // Items stand close together, whatever paragraphs they are made of.
        self.pending = if list.items == 0 { self.pending.max(Break::Line) } else { Break::Line };
        list.items += 1;
        list.is_between = false;
        self.marker = Some(if list.ordered { format!("{}. ", list.items) } else { "- ".to_owned() });
        self.prefixes.push(list.indent());
    }

    fn close_item(&mut self) {
        self.marker = None;
        self.close_block(|prefix| prefix != "> ");
        if let Some(list) = self.lists.last_mut() {
            list.is_between = true;
        }
        self.request(Break::Line);
    }

    fn close_block(&mut self, is_expected: impl Fn(&str) -> bool) {
        if self.prefixes.last().is_some_and(|prefix| is_expected(prefix)) {
            self.prefixes.pop();
        }
    }

    /// Writes an item's mark before a block that is its first content.
    fn flush_marker(&mut self) {
        if self.marker.is_some() {
            self.start_line();
        }
    }

    fn finish(self) -> Option<String> {
        let text = self.out.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}

/// Whether a character would mean something in CommonMark.
fn needs_escape(character: char, starts_line: bool, before: &str) -> bool {
    match character {
        '\\' | '*' | '[' | ']' | '<' | '`' => true,
        '_' => !before.ends_with(char::is_alphanumeric),
        '#' | '+' | '-' | '>' | '=' | '~' => starts_line,
        _ => false,
    }
}

/// Replaces character references; what is none stays as it is.
fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('&') {
        out.push_str(before);
        let decoded = tail.split_once(';').and_then(|(name, after)| Some((decode_entity(name)?, after)));
        rest = match decoded {
            Some((character, after)) => {
                out.push(character);
                after
            }
            None => {
                out.push('&');
                tail
            }
        };
    }
    out.push_str(rest);
    out
}

fn decode_entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::to_markdown;

    #[track_caller]
    fn check(html: &str, markdown: &str) {
        assert_eq!(to_markdown(html).as_deref().unwrap_or_default(), markdown);
    }

    #[test]
    fn paragraphs_and_spans() {
        check(
            "<p>One <code>a_b</code>,\n <b> two </b>three.</p> <p>Next <i>one</i></p>",
            "One `a_b`, **two** three.\n\nNext *one*",
        );
        check("<p>See <a href=\"https://a.b/c\">the guide</a>.</p>", "See [the guide](https://a.b/c).");
        check("<p><a>bare</a> <b></b>x</p>", "bare x");
        check("<p></p>", "");
    }

    #[test]
    fn lists() {
        check(
            "<p>Of:</p> <ul> <li> <p>a</p> </li> <li><p>b</p> <ol><li>c</li><li>d</li></ol> </li> </ul> <p>End</p>",
            "Of:\n\n- a\n- b\n\n  1. c\n  2. d\n\nEnd",
        );
    }

    #[test]
    fn text_between_items_belongs_to_the_one_before() {
        check("Of: <ul><li>a</li> more <li>b</li> and <code>c</code></ul> End", "Of:\n- a\n  more\n- b\n  and `c`\n\nEnd");
        check("<ol><li>a</li>more<p>still</p><li>b</li></ol>", "1. a\n   more\n\n   still\n2. b");
    }

    #[test]
    fn boxes() {
        check("<note> <p>a</p> <p>b</p> </note> <p>c</p>", "> a\n>\n> b\n\nc");
    }

    #[test]
    fn text_that_looks_like_markup() {
        check("a &lt;b&gt; &amp; c &#65; &x; [d] 1 * 2 snake_case _e", "a \\<b> & c A &x; \\[d\\] 1 \\* 2 snake_case \\_e");
        check("<p># no heading</p>", "\\# no heading");
        check("a < b", "a \\< b");
    }
}
