//! A small reader of XML: elements, attributes, text and comments.

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
    pub(super) text: String,
}

impl Node {
    /// The one element of a text.
    pub(super) fn parse(text: &str) -> Self {
        let (node, rest) = Self::read(text);
        assert_eq!(rest, "", "more than one element");
        node
    }

    /// The children of this name.
    pub(super) fn named<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The element that a text begins with, and what follows it.
    fn read(text: &str) -> (Self, &str) {
        let (tag, mut rest) = text.strip_prefix('<').unwrap().split_once('>').unwrap();
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut node = Self { name: name.to_owned(), attributes: read_attributes(attributes), ..Self::default() };
        let end = format!("</{name}>");
        if is_empty {
            return (node, rest);
        }
        loop {
            if let Some(behind) = rest.strip_prefix(&end) {
                return (node, behind);
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").unwrap().1;
            } else if rest.starts_with('<') {
                let (child, behind) = Self::read(rest);
                node.children.push(child);
                rest = behind;
            } else {
                let at = rest.find('<').unwrap();
                node.text.push_str(&unescape(&rest[..at]));
                rest = &rest[at..];
            }
        }
    }
}

fn read_attributes(mut text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    while let Some((name, behind)) = text.trim_start().split_once('=') {
        let quote = behind.chars().next().unwrap();
        let (value, behind) = behind[1..].split_once(quote).unwrap();
        attributes.push((name.to_owned(), unescape(value)));
        text = behind;
    }
    attributes
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&")
}
