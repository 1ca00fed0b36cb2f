//! A program of the generated client: makes one call, or goes through the pages of a list, and says in a line how that ended.
//!
//! ```text
//! error 1.0 s, 14 MB: the answer is larger than 1048576 bytes
//! ```

use anyhow::Context;
use clap::{Parser, ValueEnum};
use connect_api::{DescribeContactRequest, ListUsersRequest};
use connect_client::{Client, Credentials, Region, SdkConfig, SharedCredentialsProvider, TimeoutConfig};
use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Calls an upstream that may be hostile.
#[derive(Parser)]
struct Arguments {
    /// The URL of the upstream.
    #[arg(long)]
    url: String,
    /// How long an attempt and its parts may take; the client's own limits otherwise.
    #[arg(long, value_name = "MS")]
    timeout: Option<u64>,
    /// What is called.
    #[arg(long, default_value = "one")]
    call: Call,
}

/// What is called.
#[derive(Clone, Copy, ValueEnum)]
enum Call {
    /// One operation, once.
    One,
    /// A list, to its end.
    Pages,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let client = client(&arguments);
    let idle = peak()?;
    let began = Instant::now();
    let result = match arguments.call {
        Call::One => one(&client).await,
        Call::Pages => pages(&client).await,
    };
    let (seconds, memory) = (began.elapsed().as_secs_f64(), peak()?.saturating_sub(idle));
    let (verdict, text) = match result {
        Ok(text) => ("ended", text),
        Err(text) => ("error", text),
    };
    let text: String = text.chars().map(|character| if character.is_control() { ' ' } else { character }).take(300).collect();
    println!("{verdict} {seconds:.3} s, {memory} MB: {text}");
    Ok(ExitCode::SUCCESS)
}

fn client(arguments: &Arguments) -> Client {
    let credentials = Credentials::new("AKIDATTACK", "a secret of nobody", None, None, "attack");
    let mut config = SdkConfig::builder()
        .endpoint_url(&arguments.url)
        .region(Region::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials));
    if let Some(timeout) = arguments.timeout.map(Duration::from_millis) {
        let timeouts =
            TimeoutConfig::builder().read_timeout(timeout).operation_attempt_timeout(timeout).operation_timeout(2 * timeout);
        config = config.timeout_config(timeouts.build());
    }
    Client::new(&config.build())
}

async fn one(client: &Client) -> Result<String, String> {
    let response = client.describe_contact(DescribeContactRequest::new("instance", "contact")).await;
    response.map(|response| format!("{response:?}")).map_err(|error| error.to_string())
}

async fn pages(client: &Client) -> Result<String, String> {
    let mut pages = client.list_users(ListUsersRequest::new("instance")).pages();
    let mut count = 0_u64;
    loop {
        match pages.try_next().await {
            Ok(Some(_)) => count += 1,
            Ok(None) => return Ok(format!("{count} pages")),
            Err(error) => return Err(format!("after {count} pages: {error}")),
        }
    }
}

/// The most memory that this process has had, in MB.
fn peak() -> anyhow::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no peak")?;
    let kilobytes: u64 = line.split_whitespace().next().context("no number")?.parse()?;
    Ok(kilobytes / 1024)
}
