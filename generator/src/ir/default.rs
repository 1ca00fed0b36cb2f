//! Defaults: <https://smithy.io/2.0/spec/type-refinement-traits.html#default-trait>.

/// The value of `smithy.api#default`. Lists and maps can only be empty, but for those of a document, which can only be empty, too.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// `true` or `false`, of a boolean or a document.
    Boolean(bool),
    /// A number in decimal digits, exactly as the model writes it: of a number, an intEnum, a timestamp (epoch seconds) or a
    /// document.
    Number(String),
    /// A string: of a string, an enum, a blob (base64), a timestamp (RFC 3339 or an HTTP date) or a document.
    String(String),
    /// `[]`, of a list or a document.
    EmptyList,
    /// `{}`, of a map or a document.
    EmptyMap,
}
