//! From tokens to text.
//!
//! ```text
//! tokens ─ imports ─▶ tokens ─ syn ─▶ items ─ layout ─▶ lines
//!          `crate::X` to `X`, with a `use`     signatures and bodies: prettyplease
//!                                              macro calls, `use`s, heads: line, table
//! ```
//!
//! Everything is laid out by its structure; no rendered text is searched or changed, so what a model says stays inside the
//! literals and doc comments that it was put in.

mod data;
mod imports;
mod layout;
mod line;
mod table;

use crate::home::Path;
use proc_macro2::TokenStream;

/// Why tokens are not a file: a fault of the generator, not of a model.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The tokens are not Rust.
    #[error("what would be written is not Rust: {0}")]
    Syntax(#[from] syn::Error),
    /// A type is called like something that its own file uses, and that has no other path.
    #[error("a type is called `{0}`, which its own file needs for something else")]
    Name(String),
}

/// The text of a crate's file.
///
/// # Errors
///
/// Tokens that are not Rust, or a name that stands for two things.
pub fn render(tokens: TokenStream) -> Result<String, RenderError> {
    render_below(tokens, &Path::of_crate())
}

/// The text of a file, in which `crate` is this root.
///
/// # Errors
///
/// As [`render`].
pub(crate) fn render_below(tokens: TokenStream, root: &Path) -> Result<String, RenderError> {
    let resolved = imports::resolve(tokens, root)?;
    let file = syn::parse2::<syn::File>(resolved.tokens)?;
    let mut text = String::new();
    for line in layout::file(file, &resolved.uses) {
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
