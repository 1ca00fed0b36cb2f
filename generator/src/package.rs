//! What the generator hands back: files, in memory.

/// The files of the generated crates, sorted by path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The files.
    pub files: Vec<File>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path below the output folder, with `/` between its parts: `api/src/lib.rs`.
    pub path: String,
    /// The text, with a line feed at its end.
    pub text: String,
}
