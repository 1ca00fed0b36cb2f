//! Generated clients against moto's server: what people do with a service, and what they are told when it goes wrong.
//!
//! Each module is a service. What is asked is answered, or the program ends and says where.

mod dynamodb;
mod ecs;
mod kinesis;
mod kms;
mod lambda;
mod logs;
mod sqs;
mod ssm;
mod step_functions;

use peers::{Calls, upstream};
use std::error::Error;

/// What a service's part comes to: an error, or a panic, says what was not as expected.
type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

/// A call that must fail, and as which of the service's errors.
macro_rules! fails {
    ($call:expr, $error:pat) => {
        match $call.await {
            Err($error) => {}
            other => panic!("expected {}, got {other:?}", stringify!($error)),
        }
    };
}
use fails;

/// What an answer must have.
fn there<T>(member: Option<T>) -> Result<T, Box<dyn Error + Send + Sync>> {
    member.ok_or_else(|| "a member is missing in an answer".into())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let (config, calls) = (upstream()?, Calls::default());
    let mut failed = Vec::new();
    macro_rules! run {
        ($($module:ident: $client:ident,)*) => {$(
            let client = $client::Client::new(&config).customize(|core| core.with_interceptor(calls.clone()));
            let before = calls.count();
            let part = async move { $module::run(&client).await.map_err(|error| error.to_string()) };
            match tokio::spawn(part).await {
                Ok(Ok(())) => println!("{}: {} calls", stringify!($module), calls.count() - before),
                Ok(Err(error)) => failed.push(format!("{}: {error}", stringify!($module))),
                // The panic has said what it is about.
                Err(_) => failed.push(stringify!($module).to_owned()),
            }
        )*};
    }
    run! {
        dynamodb: dynamodb_client,
        ecs: ecs_client,
        kinesis: kinesis_client,
        kms: kms_client,
        lambda: lambda_client,
        logs: logs_client,
        sqs: sqs_client,
        ssm: ssm_client,
        step_functions: stepfunctions_client,
    }
    println!("Compared {} calls", calls.count());
    if failed.is_empty() { Ok(()) } else { Err(failed.join(", ").into()) }
}
