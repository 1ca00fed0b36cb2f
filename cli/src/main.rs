//! The program: see the library beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    smithwright_cli::main(std::env::args_os())
}
