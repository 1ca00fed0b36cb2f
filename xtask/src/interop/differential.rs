//! boto3 through a proxy against boto3 alone, on all operations of a service.

use super::Check;
use super::venv::Venv;
use std::path::Path;

/// What is compared.
#[derive(clap::Args)]
pub(super) struct Differential {
    /// The first seed of the differential part; without it, a random one. A failure tells its seed.
    #[arg(long, value_name = "N")]
    seed: Option<u32>,
    /// How many seeds each operation is compared with: 20 of Connect's and one of another's, if it is not said.
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    seeds: Option<u32>,
    /// Compares this operation, and checks nothing else.
    #[arg(long, value_name = "NAME")]
    operation: Option<String>,
}

/// A service, and how many seeds each of its operations is compared with.
pub(super) struct Subject<'a> {
    /// What boto3 calls it.
    pub(super) service: &'a str,
    /// The program that stands between boto3 and whoever answers.
    pub(super) proxy: &'a Path,
    /// Unless the command line says.
    pub(super) seeds: u32,
}

impl Differential {
    /// Whether the other checks are left out.
    pub(super) fn is_alone(&self) -> bool {
        self.operation.is_some()
    }

    /// The script starts the proxy itself, in front of the upstream that it records with.
    pub(super) fn check(&self, root: &Path, venv: &Venv, subject: &Subject<'_>) -> Check {
        let Subject { service, proxy, seeds } = subject;
        let mut command = venv.script(&root.join("tests/interop/differential.py"));
        command.args(["--service", service]).arg("--proxy").arg(proxy);
        command.args(["--seeds", &self.seeds.unwrap_or(*seeds).to_string()]);
        command.args(self.seed.map(|seed| format!("--seed={seed}")));
        command.args(self.operation.as_ref().map(|name| format!("--operation={name}")));
        Check { name: format!("boto3 through {service}-proxy is boto3"), command }
    }
}
