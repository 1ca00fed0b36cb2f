//! What is wrong with a model, and where: collected, never first-fail, never a panic.
//!
//! A model is somebody else's: what is said about it is bounded, and what is shown of it cannot write to a terminal.

mod line;
mod text;

use std::fmt;
use std::sync::Arc;
use text::shorten;
pub(crate) use text::visible;

/// How many findings are kept; the others are counted.
pub const MAX_DIAGNOSTICS: usize = 100;

/// How long a message and a help can be, in characters.
const MAX_TEXT: usize = 1_000;

/// How long a step of a pointer can be, in characters.
const MAX_STEP: usize = 200;

/// A place in a source: a file and a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)) into it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's name, as the caller gave it.
    pub file: Arc<str>,
    /// The pointer; empty for the whole file. Of steps that are longer than any name there is, the middle is left out.
    pub pointer: String,
}

impl Place {
    /// The whole file.
    pub fn file(file: &str) -> Self {
        Self { file: file.into(), pointer: String::new() }
    }

    /// The place one step further in.
    pub fn child(&self, step: impl fmt::Display) -> Self {
        let step = shorten(step.to_string(), MAX_STEP).replace('~', "~0").replace('/', "~1");
        Self { file: self.file.clone(), pointer: format!("{}/{step}", self.pointer) }
    }
}

/// Written as a user reads it: `models/connect.json#/shapes/Contact`.
impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => visible(&self.file).fmt(formatter),
            pointer => write!(formatter, "{}#{}", visible(&self.file), visible(pointer)),
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
        let (message, help) = (visible(&self.message), visible(&self.help));
        write!(formatter, "{severity}: {message}\n  at {}\n  help: {help}", self.place)
    }
}

/// What was found, in the order of the sources: the first [`MAX_DIAGNOSTICS`], errors before warnings, and how many others there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct Diagnostics {
    /// The findings that are kept.
    pub list: Vec<Diagnostic>,
    /// How many errors and warnings are counted only.
    left_out: Counts,
    /// How often something was found that is an error.
    error_count: usize,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    errors: usize,
    warnings: usize,
}

impl Diagnostics {
    /// Records an error.
    pub fn error(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.error_count += 1;
        self.push(Severity::Error, place, message.into(), help.into());
    }

    /// Records a warning.
    pub fn warning(&mut self, place: &Place, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Warning, place, message.into(), help.into());
    }

    /// Whether something was found that keeps code from being generated.
    pub fn has_errors(&self) -> bool {
        self.error_count > 0
    }

    /// How often something was found that is an error, whether it is kept or not.
    pub(crate) fn error_count(&self) -> usize {
        self.error_count
    }

    /// A finding that is kept already is not kept twice: what several shapes are made of is read several times.
    fn push(&mut self, severity: Severity, place: &Place, message: String, help: String) {
        let (message, help) = (shorten(message, MAX_TEXT), shorten(help, MAX_TEXT));
        if self.list.iter().any(|known| known.message == message && known.place == *place) {
            return;
        }
        if self.list.len() >= MAX_DIAGNOSTICS && !self.make_room(severity) {
            self.left_out.count(severity);
            return;
        }
        self.list.push(Diagnostic { severity, place: place.clone(), message, help });
    }

    /// Leaves out the last warning for an error; whether there is room then.
    fn make_room(&mut self, severity: Severity) -> bool {
        let is_warning = |known: &Diagnostic| known.severity == Severity::Warning;
        let last = self.list.iter().rposition(is_warning).filter(|_| severity == Severity::Error);
        if let Some(last) = last {
            self.left_out.count(self.list.remove(last).severity);
        }
        last.is_some()
    }
}

impl Counts {
    fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
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
        self.left_out.fmt(formatter)
    }
}

/// Written after the findings: "and 299,900 more errors".
impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (count, what) in [(self.errors, "error"), (self.warnings, "warning")] {
            let plural = if count == 1 { "" } else { "s" };
            if count > 0 {
                write!(formatter, "\n\nand {} more {what}{plural}", text::grouped(count))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
