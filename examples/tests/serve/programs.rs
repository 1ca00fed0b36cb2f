//! The programs: what the system does to them.
#![cfg(unix)]

use crate::support::{ASK, head, statuses};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// A desk in a process of its own.
struct Desk {
    child: Child,
    address: String,
}

impl Desk {
    /// With so many file descriptors.
    async fn start(descriptors: u32, arguments: &[&str]) -> Self {
        let script = format!("ulimit -n {descriptors} && exec \"$0\" --listen 127.0.0.1:0 \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_contact-desk")]).args(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).await.unwrap();
        let address = line.trim_end().strip_prefix("listening on http://").unwrap().to_owned();
        Self { child, address }
    }

    async fn connect(&self, bytes: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        stream.write_all(bytes.as_bytes()).await.unwrap();
        stream
    }

    /// How it ends after a signal.
    async fn end(&mut self, signal: &str) -> ExitStatus {
        let id = self.child.id().unwrap().to_string();
        Command::new("kill").args([signal, &id]).status().await.unwrap();
        timeout(Duration::from_secs(3), self.child.wait()).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn half_a_head_does_not_keep_a_program_from_ending() {
    for signal in ["-TERM", "-INT"] {
        let mut desk = Desk::start(256, &[]).await;
        let _half = desk.connect("GET /con").await;
        assert!(desk.end(signal).await.success(), "{signal}");
    }
}

#[tokio::test]
async fn idle_connections_shut_nobody_out() {
    // As many as there is room for, and more than the system has file descriptors for.
    for arguments in [[].as_slice(), &["--connections", "1000"]] {
        let desk = Desk::start(64, arguments).await;
        let mut idle = Vec::new();
        for _ in 0..300 {
            idle.push(desk.connect("").await);
        }
        let mut stream = desk.connect(ASK).await;
        assert_eq!(statuses(&head(&mut stream).await), [404], "{arguments:?}");
    }
}

#[tokio::test]
async fn the_log_says_that_everybody_may_call() {
    let mut desk = Desk::start(256, &[]).await;
    desk.end("-TERM").await;
    let mut log = String::new();
    desk.child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
    assert!(log.contains("everybody may call"), "{log}");
}
