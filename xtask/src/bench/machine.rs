//! The machine, and what is installed on it.

use serde::Serialize;
use std::process::Command;
use sysinfo::System;

/// What figures depend on.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    /// In gigabytes.
    pub(crate) memory: u64,
    pub(crate) system: String,
    pub(crate) rustc: String,
    /// Of this repository, as git describes it.
    pub(crate) commit: String,
    /// Of aws-sdk-connect, when it is in reach.
    pub(crate) sdk: Option<String>,
}

impl Machine {
    /// This one.
    pub(crate) fn this() -> Self {
        let mut system = System::new();
        system.refresh_memory();
        system.refresh_cpu_all();
        let processor = system.cpus().first().map(|cpu| cpu.brand().trim().to_owned()).unwrap_or_default();
        Self {
            processor,
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory: system.total_memory() / 1_000_000_000,
            system: System::long_os_version().unwrap_or_else(|| std::env::consts::OS.to_owned()),
            rustc: first_line(Command::new("rustc").arg("--version")),
            commit: first_line(Command::new("git").args(["describe", "--always", "--dirty"])),
            sdk: None,
        }
    }

    /// One line for people.
    pub(crate) fn describe(&self) -> String {
        let Self { processor, cores, memory, system, rustc, .. } = self;
        format!("{cores} cores of {processor}, {memory} GB, {system}, {rustc}")
    }
}

/// The first line that a command prints; nothing when it cannot be run.
fn first_line(command: &mut Command) -> String {
    let output = command.output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8_lossy(&output).lines().next().unwrap_or_default().to_owned()
}
