//! boto3 through the proxy against boto3 alone, on all operations.

use super::Check;
use super::venv::Venv;
use std::path::Path;

/// What is compared.
#[derive(clap::Args)]
pub(super) struct Differential {
    /// The first seed of the differential part; without it, a random one. A failure tells its seed.
    #[arg(long, value_name = "N")]
    seed: Option<u32>,
    /// How many seeds each operation is compared with.
    #[arg(long, value_name = "COUNT", default_value = "20", value_parser = clap::value_parser!(u32).range(1..))]
    seeds: u32,
    /// Compares this operation, and checks nothing else.
    #[arg(long, value_name = "NAME")]
    operation: Option<String>,
}

impl Differential {
    /// Whether the other checks are left out.
    pub(super) fn is_alone(&self) -> bool {
        self.operation.is_some()
    }

    /// The script starts the proxy itself, in front of the upstream that it records with.
    pub(super) fn check(&self, root: &Path, venv: &Venv, proxy: &Path) -> Check {
        let mut command = venv.script(&root.join("tests/interop/differential.py"));
        command.arg("--proxy").arg(proxy).args(["--seeds", &self.seeds.to_string()]);
        command.args(self.seed.map(|seed| format!("--seed={seed}")));
        command.args(self.operation.as_ref().map(|name| format!("--operation={name}")));
        Check { name: "boto3 through connect-proxy is boto3", command }
    }
}
