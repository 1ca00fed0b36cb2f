//! What is wrong with a model, and where: collected, never first-fail, never a panic.

use std::fmt;
use std::sync::Arc;

/// A place in a source: a file and a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)) into it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's name, as the caller gave it.
    pub file: Arc<str>,
    /// The pointer; empty for the whole file.
    pub pointer: String,
}

impl Place {
    /// The whole file.
    pub fn file(file: &str) -> Self {
        Self { file: file.into(), pointer: String::new() }
    }

    /// The place one step further in.
    pub fn child(&self, step: impl fmt::Display) -> Self {
        let step = step.to_string().replace('~', "~0").replace('/', "~1");
        Self { file: self.file.clone(), pointer: format!("{}/{step}", self.pointer) }
    }
}

/// Written as a user reads it: `models/connect.json#/shapes/Contact`.
impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => formatter.write_str(&self.file),
            pointer => write!(formatter, "{}#{pointer}", self.file),
        }
    }
}

/// As [`Display`](fmt::Display), so that snapshots of the IR stay readable.
impl fmt::Debug for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Something is generated, and the user should know this about it.
    Warning,
}

/// One thing that is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(formatter, "{severity}: {}\n  at {}\n  help: {}", self.message, self.place, self.help)
    }
}

/// Everything that was found, in the order of the sources.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct Diagnostics {
    /// The findings.
    pub list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Records an error.
    pub fn error(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Error, place, message.into(), help.into());
    }

    /// Records a warning.
    pub fn warning(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Warning, place, message.into(), help.into());
    }

    /// Whether something was found that keeps code from being generated.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    fn push(&mut self, severity: Severity, place: &Place, message: String, help: String) {
        self.list.push(Diagnostic { severity, place: place.clone(), message, help });
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.list.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n\n")?;
            }
            write!(formatter, "{diagnostic}")?;
        }
        Ok(())
    }
}
