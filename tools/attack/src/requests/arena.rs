//! What is attacked: a desk, and a proxy in front of an upstream that writes down what reaches it.

use super::connections::{self, Waiting};
use super::service::Service;
use super::upstream::Upstream;
use super::wire::{self, Ending};
use crate::campaign::Round;
use crate::process::{self, ACCESS_KEY, REGION, Server};
use anyhow::Context;
use std::ffi::OsStr;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// How long a healthy server may take to answer a good request, on a machine that does other things, too.
const HEALTHY: Duration = Duration::from_secs(5);

/// Which of the programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Desk,
    Proxy,
}

/// The programs and what they are started with.
pub(super) struct Arena {
    pub(super) service: Service,
    pub(super) upstream: Upstream,
    desk_program: PathBuf,
    proxy_program: PathBuf,
    desk: Server,
    proxy: Server,
    /// What waits beside all other cases.
    waiting: Vec<Waiting>,
}

impl Arena {
    /// Builds the programs and starts them: as `cargo test` builds them, or, in the long form, as they would be deployed.
    pub(super) fn open(round: &Round) -> anyhow::Result<Self> {
        let mut arguments = vec!["--package", "smithwright-examples", "--bins"];
        if round.long {
            arguments.push("--release");
        }
        let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
        let programs = match &round.programs {
            Some(folder) => ["contact-desk", "connect-proxy"].map(|name| (name.to_owned(), folder.join(name))).into(),
            None => process::build(&round.root, &arguments)?,
        };
        let program = |name: &str| programs.get(name).cloned().with_context(|| format!("cargo has built no `{name}`"));
        let (desk_program, proxy_program) = (program("contact-desk")?, program("connect-proxy")?);
        let service = Service::read(&round.root)?;
        let upstream = Upstream::start()?;
        let desk = Server::start(&desk_program, &[], None)?;
        let proxy = Server::start(&proxy_program, &proxy_arguments(&proxy_program, upstream.address)?, None)?;
        let mut arena = Self { service, upstream, desk_program, proxy_program, desk, proxy, waiting: Vec::new() };
        arena.waiting = connections::begin(&arena)?;
        Ok(arena)
    }

    /// What is wrong with how something ends that waits beside the other cases, once it has.
    pub(super) fn wait_ends(&mut self, what: &str) -> anyhow::Result<Option<String>> {
        let index = self.waiting.iter().position(|waiting| waiting.what == what).context("it waits once")?;
        self.waiting.swap_remove(index).thread.join().map_err(|_| anyhow::anyhow!("a thread panicked"))
    }

    pub(super) fn server(&mut self, target: Target) -> &mut Server {
        match target {
            Target::Desk => &mut self.desk,
            Target::Proxy => &mut self.proxy,
        }
    }

    pub(super) fn address(&self, target: Target) -> SocketAddr {
        match target {
            Target::Desk => self.desk.address,
            Target::Proxy => self.proxy.address,
        }
    }

    /// Another server, which may have so many files open.
    pub(super) fn another(&self, target: Target, files: Option<u32>) -> anyhow::Result<Server> {
        match target {
            Target::Desk => Server::start(&self.desk_program, &[], files),
            Target::Proxy => {
                Server::start(&self.proxy_program, &proxy_arguments(&self.proxy_program, self.upstream.address)?, files)
            }
        }
    }

    /// What is wrong with the servers after a case.
    pub(super) fn check_health(&mut self) -> anyhow::Result<Option<String>> {
        for target in [Target::Desk, Target::Proxy] {
            if !self.server(target).lives() {
                return Ok(Some(format!("{target:?} has ended")));
            }
            let address = self.address(target);
            if let Some(wrong) = probe(address, HEALTHY).1 {
                return Ok(Some(format!("afterwards {target:?} is not well: {wrong}")));
            }
        }
        self.upstream.take();
        Ok(None)
    }

    /// Starts anew what is not well.
    pub(super) fn repair(&mut self) -> anyhow::Result<()> {
        for target in [Target::Desk, Target::Proxy] {
            let is_well = self.server(target).lives() && probe(self.address(target), HEALTHY).1.is_none();
            if !is_well {
                let fresh = self.another(target, None)?;
                *self.server(target) = fresh;
            }
        }
        self.upstream.take();
        Ok(())
    }
}

/// What the proxy must be told, by what it knows.
fn proxy_arguments(program: &std::path::Path, upstream: SocketAddr) -> anyhow::Result<Vec<String>> {
    let mut arguments = vec!["--upstream".to_owned(), format!("http://{upstream}")];
    if process::help(program)?.contains("--allow-unsigned") {
        arguments.push("--allow-unsigned".to_owned());
    }
    Ok(arguments)
}

/// A good request, and what is wrong with its answer; with the time that it took.
pub(super) fn probe(address: SocketAddr, within: Duration) -> (Duration, Option<String>) {
    let request = format!("GET /contacts/instance/nobody HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let began = std::time::Instant::now();
    let ending = wire::exchange(address, request.as_bytes(), within);
    let wrong = match ending {
        Ending::Answer(answer) if matches!(answer.status, 200 | 404) => None,
        other => Some(format!("a good request: {other}")),
    };
    (began.elapsed(), wrong)
}

/// The head of a request with a JSON body of this length. Credentials are in it, for a proxy that asks for some.
pub(super) fn head(method: &str, target: &str, address: SocketAddr, length: usize) -> String {
    let scope = format!("{ACCESS_KEY}/20200101/{REGION}/connect/aws4_request");
    let signature = "0".repeat(64);
    format!(
        "{method} {target} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Authorization: AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host;x-amz-date, Signature={signature}\r\n\
         X-Amz-Date: 20200101T000000Z\r\nConnection: close\r\n\r\n"
    )
}
