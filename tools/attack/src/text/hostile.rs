//! Texts that were made to become something else.

use crate::rng::{Rng, pick};

/// A word that is a name, and text, nearly everywhere.
pub(crate) const HARMLESS: &str = "Zqword";

/// The same as a literal of JMESPath: where text is an expression, it may be one.
pub(crate) const HARMLESS_LITERAL: &str = "'Zqword'";

/// Texts that end a literal, a comment or a line of what may be written around them; that mean something to macros, to formatters,
/// to TOML, to Markdown, to readers' eyes, to file systems.
const FRAGMENTS: [&str; 88] = [
    "\"",
    "\\",
    "\\\"",
    "'",
    "'a'",
    "`",
    "```\n",
    "{",
    "}",
    "{}",
    "{0}",
    "{{",
    "}}",
    "{{}}",
    "{:?}",
    "(",
    ")",
    "[",
    "]",
    "<",
    ">",
    ";",
    ",",
    "=>",
    "*/",
    "/*",
    "//",
    "///",
    "//!",
    "\"#",
    "\"##",
    "r#\"",
    "\"#;compile_error!(\"zq\");r#\"",
    "\");compile_error!(\"zq\");(\"",
    "\",compile_error!(\"zq\"),\"",
    "*/ compile_error!(\"zq\"); /*",
    "\ncompile_error!(\"zq\");\n",
    "\rcompile_error!(\"zq\");\r",
    "bindings! {}",
    "members! {}",
    "bindings! { } const ZQ: &str = include_str!(\"/etc/hostname\");",
    "members! {} } const ZQ: &str = include_str!(\"/etc/hostname\"); impl Zq {",
    "smithwright_runtime::structure! {}",
    "include_str!(\"/etc/hostname\")",
    "include!(\"/etc/hostname\")",
    "env!(\"PATH\")",
    "compile_error!(\"zq\")",
    "macro_rules! zq { () => {} }",
    "#![allow(warnings)]",
    "#[path = \"/etc/hostname\"] mod zq;",
    "#[doc = include_str!(\"/etc/hostname\")]",
    "$crate",
    "$zq:expr",
    "$(",
    "unsafe { }",
    "fn zq() {}",
    "\u{202e}",
    "\u{2066}zq\u{2069}",
    "\u{200f}",
    "\u{61c}",
    "\0",
    "\u{1b}[31m",
    "\u{7}",
    "\u{8}",
    "\u{7f}",
    "\r",
    "\r\n",
    "\n",
    "\n\n",
    "\t",
    "\u{2028}",
    "\u{2029}",
    "\u{85}",
    "\u{feff}",
    "\\u{22}",
    "\\x22",
    "\\\n",
    "\\0",
    "\"\n[dependencies]\nzq = \"1\"\n#",
    "\"\"\"",
    "'''",
    "\"\nbuild = \"zq.rs\"\n#",
    "e\u{301}",
    "\u{e9}",
    "\u{212a}",
    "\u{430}",
    "../../zq",
    "/etc/zq",
];

/// Those that were code already, where generated text was searched for calls of macros.
const MACROS: [&str; 4] = [
    "bindings! {}",
    "members! {}",
    "bindings! {} } const ZQ: &str = include_str!(\"/etc/hostname\"); impl Zq {",
    "smithwright_runtime::structure! {}",
];

/// One of them, several, or one that is kilobytes long.
pub(crate) fn text(rng: &mut Rng) -> String {
    let fragment = |rng: &mut Rng| match rng.u8(..4) {
        0 => (*pick(rng, &MACROS)).to_owned(),
        _ => (*pick(rng, &FRAGMENTS)).to_owned(),
    };
    match rng.u8(..12) {
        0..=4 => fragment(rng),
        5 => format!("Zq{}", fragment(rng)),
        6 => format!("{}Zq", fragment(rng)),
        7 => format!("Zq{}zq", fragment(rng)),
        8..=10 => {
            let count = rng.usize(2..=4);
            (0..count).map(|_| fragment(rng)).collect()
        }
        _ => {
            let part = fragment(rng);
            let count = 1 + rng.usize(1_000..8_000) / part.len();
            part.repeat(count)
        }
    }
}
