//! Why there are no modules.

use crate::config::InvalidName;
use crate::diagnostic::visible;
use std::io;
use std::path::PathBuf;

/// Why a [`Builder`](super::Builder) made nothing.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Cargo says where to write, and nobody did.
    #[error("OUT_DIR is not set: call this in a build script, or say where to write (`out_dir`)")]
    NoOutDir,
    /// A file of the model cannot be read.
    #[error("cannot read {name}: {error}; help: name the model's file as it is found from the crate's folder")]
    Read {
        /// The file, as it was given.
        name: String,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// Something that was given is no name.
    #[error(transparent)]
    Name(#[from] InvalidName),
    /// The model's own name for its service cannot be one here.
    #[error("{0}; or give it another name (`name`)")]
    NoName(#[source] InvalidName),
    /// What is wrong with the model, one line each: file, line, column, problem and help.
    #[error("{}", .0.join("\n"))]
    Model(Vec<String>),
    /// A file cannot be written.
    #[error("cannot write {}: {error}", .path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
}

impl BuildError {
    /// Each thing that is wrong, on one line: cargo takes no others.
    pub(super) fn lines(&self) -> Vec<String> {
        match self {
            Self::Model(lines) => lines.clone(),
            other => vec![visible(&other.to_string()).to_string()],
        }
    }
}
