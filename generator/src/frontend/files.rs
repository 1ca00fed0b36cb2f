//! The files of a model, as texts: whoever has a file system reads them.

use super::SourceFile;
use super::botocore::{self, BotocoreSources};
use super::smithy::{self, SmithySources};
use crate::config::{Format, Source};
use crate::diagnostic::Diagnostics;
use crate::ir::Model;

/// botocore's files beside a service's own, without their ending.
pub const PAGINATORS: &str = "paginators-1";
/// Those that say what can be waited for.
pub const WAITERS: &str = "waiters-2";
/// Those that say where requests go.
pub const ENDPOINT_RULES: &str = "endpoint-rule-set-1";
/// Those that add to the model what an SDK needs.
pub const SDK_EXTRAS: &str = "service-2.sdk-extras";

/// The format of a model's text: Smithy's begins with its version. What is neither is left to a front end to refuse.
fn format_of(text: &str) -> Format {
    #[derive(serde::Deserialize)]
    struct Start {
        smithy: Option<serde::de::IgnoredAny>,
    }
    match serde_json::from_str(text) {
        Ok(Start { smithy: Some(_) }) => Format::Smithy,
        Ok(Start { smithy: None }) | Err(_) => Format::Botocore,
    }
}

/// The texts of a service's files.
#[derive(Clone, Debug)]
pub enum ServiceFiles {
    /// botocore's.
    Botocore(BotocoreFiles),
    /// A Smithy model.
    Smithy(SmithyFiles),
}

impl ServiceFiles {
    /// The files of a model, whose main one was read, and whose format that file tells if nothing else does. `beside` reads the file
    /// of a name beside it; `None`, when there is none.
    ///
    /// # Errors
    ///
    /// What `beside` fails with.
    pub fn gather<E>(
        main: NamedText,
        format: Option<Format>,
        source: &Source,
        mut beside: impl FnMut(&str) -> Result<Option<NamedText>, E>,
    ) -> Result<Self, E> {
        let mut beside = |stem: &str| beside(&format!("{stem}.json"));
        let protocol = source.protocol.clone();
        Ok(match format.unwrap_or_else(|| format_of(&main.text)) {
            Format::Botocore => Self::Botocore(BotocoreFiles {
                service: main,
                paginators: beside(PAGINATORS)?,
                waiters: beside(WAITERS)?,
                endpoint_rules: beside(ENDPOINT_RULES)?,
                sdk_extras: beside(SDK_EXTRAS)?,
                protocol,
            }),
            Format::Smithy => Self::Smithy(SmithyFiles { model: main, service: source.service.clone(), protocol }),
        })
    }

    /// The texts.
    pub fn texts(&self) -> impl Iterator<Item = &NamedText> {
        let texts = match self {
            Self::Smithy(files) => vec![Some(&files.model)],
            Self::Botocore(BotocoreFiles { service, paginators, waiters, endpoint_rules, sdk_extras, protocol: _ }) => {
                let others = [paginators, waiters, endpoint_rules, sdk_extras];
                [Some(service)].into_iter().chain(others.map(Option::as_ref)).collect()
            }
        };
        texts.into_iter().flatten()
    }

    /// The model; `None`, when something in it is an error.
    pub fn lower(&self, diagnostics: &mut Diagnostics) -> Option<Model> {
        match self {
            Self::Botocore(files) => botocore::read(&files.sources(), diagnostics),
            Self::Smithy(files) => smithy::read(&files.sources(), diagnostics),
        }
    }
}

/// A Smithy model, and what to take of it.
#[derive(Clone, Debug)]
pub struct SmithyFiles {
    model: NamedText,
    service: Option<String>,
    protocol: Option<String>,
}

impl SmithyFiles {
    fn sources(&self) -> SmithySources<'_> {
        SmithySources { model: self.model.as_source(), service: self.service.as_deref(), protocol: self.protocol.as_deref() }
    }
}

/// botocore's files.
#[derive(Clone, Debug)]
pub struct BotocoreFiles {
    service: NamedText,
    paginators: Option<NamedText>,
    waiters: Option<NamedText>,
    endpoint_rules: Option<NamedText>,
    sdk_extras: Option<NamedText>,
    protocol: Option<String>,
}

impl BotocoreFiles {
    fn sources(&self) -> BotocoreSources<'_> {
        BotocoreSources {
            service: self.service.as_source(),
            paginators: self.paginators.as_ref().map(NamedText::as_source),
            waiters: self.waiters.as_ref().map(NamedText::as_source),
            endpoint_rules: self.endpoint_rules.as_ref().map(NamedText::as_source),
            sdk_extras: self.sdk_extras.as_ref().map(NamedText::as_source),
            protocol: self.protocol.as_deref(),
        }
    }
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedText {
    /// The name that diagnostics show.
    pub name: String,
    /// What it holds.
    pub text: String,
}

impl NamedText {
    fn as_source(&self) -> SourceFile<'_> {
        SourceFile { name: &self.name, text: &self.text }
    }
}
