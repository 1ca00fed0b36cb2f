//! From suites to crates: the generator's, and a program with the suite's tests.

use super::program::{self, Program, Test};
use super::suite::{Case, Content, ModelText, NotRun, Ours, Suite};
use super::workspace::Crates;
use smithwright::config::{self, ServiceConfig, ServiceKey};
use smithwright::diagnostic::{Diagnostics, Place};
use smithwright::frontend::SourceFile;
use smithwright::frontend::botocore::{self, BotocoreSources};
use smithwright::frontend::smithy::{self, SmithySources};
use smithwright::ir::Model;
use smithwright::package::File;
use smithwright::{Request, emit};
use std::collections::BTreeSet;

/// What becomes of a suite.
pub(super) enum Prepared {
    /// It is about another protocol.
    OtherProtocol(String),
    /// The generator refuses its model, and says why.
    Refused(String),
    /// Its crates.
    Service(Box<Service>),
}

/// The crates of a suite's service, and its tests.
pub(super) struct Service {
    /// What the crates are named after.
    pub(super) key: ServiceKey,
    /// The crates there are.
    pub(super) roles: &'static [&'static str],
    pub(super) files: Vec<File>,
    pub(super) cases: Vec<Case>,
    pub(super) tests: Vec<Test>,
    pub(super) not_run: Vec<NotRun>,
}

impl Service {
    pub(super) fn crates(&self) -> Crates<'_> {
        Crates { key: &self.key, roles: self.roles, files: &self.files }
    }
}

impl Prepared {
    pub(super) fn service(&self) -> Option<&Service> {
        match self {
            Self::Service(service) => Some(service),
            _ => None,
        }
    }
}

/// Prepares suites, each under a name of its own.
pub(super) fn prepare(suites: Vec<Suite>) -> Vec<(String, Prepared)> {
    let mut keys = BTreeSet::new();
    let mut prepared = Vec::new();
    for suite in suites {
        let key = unique(&key(&suite.name), &mut keys);
        prepared.push((suite.name, prepare_content(suite.content, key)));
    }
    prepared
}

fn prepare_content(content: Content, key: String) -> Prepared {
    let ours = match content {
        Content::OtherProtocol(protocol) => return Prepared::OtherProtocol(protocol),
        Content::Ours(ours) => ours,
    };
    let key = match key.parse() {
        Ok(key) => key,
        Err(error) => return Prepared::Refused(format!("{error}")),
    };
    let mut diagnostics = Diagnostics::default();
    match generate(ours, key, &mut diagnostics) {
        Some(service) => Prepared::Service(Box::new(service)),
        None => {
            diagnostics.list.retain(|diagnostic| diagnostic.severity == smithwright::diagnostic::Severity::Error);
            Prepared::Refused(diagnostics.to_string())
        }
    }
}

fn generate(ours: Ours, key: ServiceKey, diagnostics: &mut Diagnostics) -> Option<Service> {
    let config = ServiceConfig::default();
    let model = lower(&ours, diagnostics)?;
    let request = Request { key: &key, folder: "a suite", config: &config, home: &config::Crates::of_workspace().into() };
    let plan = smithwright::plan(request, model, diagnostics)?;
    let has_server = ours.model.has_server();
    let Program { files: program, tests } = program::write(&plan, ours.protocol, &ours.cases, has_server);
    let place = Place::file("a suite");
    let emitted = emit::emit(&plan).map_err(|error| diagnostics.error(&place, error.to_string(), "mend the generator"));
    let mut files = emitted.ok()?.files;
    files.retain(|file| has_server || !file.path.starts_with("server/"));
    files.extend(program);
    let roles: &[&str] = if has_server { &["api", "client", "server", "program"] } else { &["api", "client", "program"] };
    Some(Service { key, roles, files, cases: ours.cases, tests, not_run: ours.not_run })
}

fn lower(ours: &Ours, diagnostics: &mut Diagnostics) -> Option<Model> {
    let protocol = Some(ours.protocol.definition().id);
    match &ours.model {
        ModelText::Smithy(text) => {
            let model = SourceFile { name: "model", text };
            smithy::read(&SmithySources { model, service: None, protocol }, diagnostics)
        }
        ModelText::Botocore(text) => {
            let service = SourceFile { name: "model", text };
            let sources =
                BotocoreSources { service, paginators: None, waiters: None, endpoint_rules: None, sdk_extras: None, protocol };
            botocore::read(&sources, diagnostics)
        }
    }
}

/// The name of a suite as crates can have it.
fn key(name: &str) -> String {
    let words = name.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

fn unique(key: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = key.to_owned();
    let mut number = 1;
    while !taken.insert(candidate.clone()) {
        number += 1;
        candidate = format!("{key}-{number}");
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites_of_one_name_get_crates_of_their_own() {
        let mut taken = BTreeSet::new();
        let name = "botocore input/rest-json";
        assert_eq!(unique(&key(name), &mut taken), "botocore-input-rest-json");
        assert_eq!(unique(&key(name), &mut taken), "botocore-input-rest-json-2");
    }
}
