//! The program, as somebody at a terminal uses it: one serves, others call.

#![cfg(all(feature = "client", feature = "server"))]
#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

/// A program that serves a library, until it is dropped.
struct Served {
    program: Child,
    url: String,
}

impl Served {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lending"));
        let mut program = command.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").unwrap().to_owned();
        Self { program, url }
    }

    fn call(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_lending")).args(["--url", &self.url]).args(arguments).output().unwrap()
    }

    /// What a call prints.
    #[track_caller]
    fn say(&self, arguments: &[&str]) -> String {
        let output = self.call(arguments);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[test]
fn a_book_is_put_lent_and_returned_over_a_socket() {
    let library = Served::start();
    assert_eq!(library.say(&["list"]), "");
    let shelved = "9780141439587  Emma (novel), on shelf A12\n";
    assert_eq!(library.say(&["put", "9780141439587", "Emma", "novel", "A12"]), shelved);
    assert!(library.say(&["lend", "9780141439587", "Jane", "--days", "7"]).starts_with("due on 20"));
    assert!(library.say(&["get", "9780141439587"]).contains("lent to Jane until 20"));
    assert_eq!(library.say(&["return", "9780141439587"]), shelved);
    assert_eq!(library.say(&["list", "novel"]), shelved);
}

#[test]
fn what_is_refused_says_why() {
    let library = Served::start();
    for (arguments, said) in [
        (["put", "12", "Emma", "novel", "A12"].as_slice(), "isbn"),
        (&["put", "9780141439587", "Emma", "cookery", "A12"], "genre"),
        (&["get", "9780141439587"], "the library has no such book"),
    ] {
        let output = library.call(arguments);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(said), "{output:?}");
    }
}
