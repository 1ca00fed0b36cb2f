//! What an update of a vendored model changes: said, and written to the change log of the generated API crate.

use super::write_if_changed;
use crate::diff::side_of;
use crate::sources::{ModelFile, SERVICE, ServiceFiles, text_of};
use crate::sync::{CHANGELOG, Kind, kind_of};
use anyhow::{Context, bail};
use smithwright::config::{Config, Release, ServiceConfig, ServiceKey};
use smithwright::diff::{Format, Report, compare, render};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What a change log begins with.
const TITLE: &str = "# Changelog\n";

/// The folder of generated crates, unless a command says otherwise.
const GENERATED: &str = "generated";

/// A vendored model beside the one that takes its place.
pub(super) enum Update {
    /// They were compared.
    Compared(Report),
    /// They cannot be, for this reason.
    Unknown(String),
}

impl Update {
    /// Compares the model that is vendored with the files that take its place; `None` when there is none yet. A model that
    /// nothing can be generated from keeps nobody from vendoring another.
    pub(super) fn of(
        project: &crate::project::Project,
        config: &Config,
        service: &ServiceKey,
        release: &Release,
        files: &BTreeMap<String, Vec<u8>>,
    ) -> Option<Self> {
        let config = config.service.get(service)?;
        let old = ModelFile::of(project.root(), service, config).ok()?;
        Some(match reports(&old, config, release, files) {
            Ok(report) => Self::Compared(report),
            Err(reason) => Self::Unknown(format!("{reason:#}")),
        })
    }

    /// Says what changed, and writes it to the change log of the API crate, if that is generated already.
    pub(super) fn tell(&self, root: &Path, service: &ServiceKey) -> anyhow::Result<()> {
        let report = match self {
            Self::Compared(report) if report.changes.is_empty() => return Ok(()),
            Self::Compared(report) => report,
            Self::Unknown(reason) => {
                eprintln!("what changed cannot be said: {reason}");
                return Ok(());
            }
        };
        print!("\n{}", render(report, Format::Text));
        let path = root.join(GENERATED).join(service.as_str()).join(CHANGELOG);
        // Nothing is written behind a link.
        for folder in path.ancestors().skip(1).take_while(|folder| *folder != root) {
            if kind_of(folder)? != Some(Kind::Folder) {
                return Ok(());
            }
        }
        add_section(root, &path, &render(report, Format::Markdown))
    }
}

fn reports(
    old: &ModelFile,
    config: &ServiceConfig,
    release: &Release,
    files: &BTreeMap<String, Vec<u8>>,
) -> anyhow::Result<Report> {
    let package = &config.source.package;
    let label = config.source.version.as_ref().map(|version| format!("{package} {version}"));
    let before = side_of(&label.unwrap_or_else(|| old.origin().to_owned()), &old.read(&config.source, None)?, config)?;
    let text = |name: &str| {
        let found = files.iter().find(|(path, _)| Path::new(path).file_name().is_some_and(|it| it == name));
        found.map(|(path, bytes)| text_of(format!("models/{path}"), bytes.clone())).transpose()
    };
    let main = text(&format!("{SERVICE}.json"))?.with_context(|| format!("no {SERVICE}.json"))?;
    let files = ServiceFiles::gather(main, Some(smithwright::config::Format::Botocore), &config.source, text)?;
    let after = side_of(&format!("botocore {release}"), &files, config)?;
    Ok(compare(&before, &after))
}

/// Puts a section in front of the others.
fn add_section(root: &Path, path: &Path, section: &str) -> anyhow::Result<()> {
    let old = match kind_of(path)? {
        None => String::new(),
        Some(Kind::File) => fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?,
        Some(Kind::Link | Kind::Folder) => bail!("{} is not a file: move it away", path.display()),
    };
    let sections = old.strip_prefix(TITLE).unwrap_or(&old).trim_start();
    let text = [TITLE, section, sections].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
    write_if_changed(root, path, text.as_bytes())
}
