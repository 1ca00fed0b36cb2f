//! Fakes of services, in memory: a few operations of each, written by hand on the generated trait. boto3 calls them.
//!
//! `fakes SERVICE` serves one of them.

mod dynamodb;
mod ecs;
mod kinesis;
mod kms;
mod lambda;
mod logs;
mod sqs;
mod ssm;
mod step_functions;

use peers::{Served, run};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{env, io};

fn main() -> io::Result<()> {
    let name = env::args().next_back().unwrap_or_default();
    let serve: fn() -> Served = match name.as_str() {
        "dynamodb" => || Served::new(dynamodb_server::Server::new(dynamodb::Fake::default())),
        "ecs" => || Served::new(ecs_server::Server::new(ecs::Fake::default())),
        "kinesis" => || Served::new(kinesis_server::Server::new(kinesis::Fake::default())),
        "kms" => || Served::new(kms_server::Server::new(kms::Fake::default())),
        "lambda" => || Served::new(lambda_server::Server::new(lambda::Fake::default())),
        "logs" => || Served::new(logs_server::Server::new(logs::Fake::default())),
        "sqs" => || Served::new(sqs_server::Server::new(sqs::Fake::default())),
        "ssm" => || Served::new(ssm_server::Server::new(ssm::Fake::default())),
        "stepfunctions" => || Served::new(stepfunctions_server::Server::new(step_functions::Fake::default())),
        _ => return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("there is no fake of {name}"))),
    };
    run(serve)
}

/// What a fake remembers.
#[derive(Debug, Default)]
struct Memory<T>(Mutex<T>);

impl<T> Memory<T> {
    fn open(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page of what is listed: up to `size` from where the token says, and the token of the next one.
fn page<T>(all: Vec<T>, token: Option<&str>, size: Option<i32>) -> (Vec<T>, Option<String>) {
    let start: usize = token.and_then(|token| token.parse().ok()).unwrap_or_default();
    let size = size.and_then(|size| usize::try_from(size).ok()).unwrap_or(100);
    let next = (start + size < all.len()).then(|| (start + size).to_string());
    (all.into_iter().skip(start).take(size).collect(), next)
}
