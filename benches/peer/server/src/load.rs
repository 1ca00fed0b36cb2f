//! A small load generator: connections that are kept alive, each with one request under way.

use std::io::{self, Error, ErrorKind};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// How many connections ask at once.
const CONNECTIONS: usize = 16;

/// What a server made of the load.
pub struct Outcome {
    /// Requests that were answered in a second.
    pub requests_per_second: f64,
    /// 99 of 100 answers took no longer, in microseconds.
    pub p99: f64,
}

/// Sends the same request on all connections for a time.
///
/// # Errors
///
/// A connection that breaks, or an answer that is not 200.
pub async fn press(address: SocketAddr, request: &[u8], time: Duration) -> io::Result<Outcome> {
    let start = Instant::now();
    let mut connections = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let request = request.to_vec();
        connections.spawn(async move { ask(address, &request, start + time).await });
    }
    let mut times = Vec::new();
    while let Some(ended) = connections.join_next().await {
        times.extend(ended??);
    }
    let requests_per_second = times.len() as f64 / start.elapsed().as_secs_f64();
    times.sort_unstable();
    let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or_default().as_secs_f64() * 1e6;
    Ok(Outcome { requests_per_second, p99 })
}

/// Asks again and again until the end; how long each answer took.
async fn ask(address: SocketAddr, request: &[u8], end: Instant) -> io::Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut received = Vec::with_capacity(64 * 1024);
    let mut times = Vec::new();
    while Instant::now() < end {
        let sent = Instant::now();
        stream.write_all(request).await?;
        read_answer(&mut stream, &mut received).await?;
        times.push(sent.elapsed());
    }
    Ok(times)
}

/// Reads one answer, whole.
async fn read_answer(stream: &mut TcpStream, received: &mut Vec<u8>) -> io::Result<()> {
    received.clear();
    let mut size = None;
    while size.is_none_or(|size| received.len() < size) {
        if stream.read_buf(received).await? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        if size.is_none() {
            size = answer_size(received)?;
        }
    }
    Ok(())
}

/// The size of an answer, its head with it, when the head is there.
fn answer_size(received: &[u8]) -> io::Result<Option<usize>> {
    let Some(end) = received.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    let head = String::from_utf8_lossy(&received[..end]).to_ascii_lowercase();
    if !head.starts_with("http/1.1 200") {
        return Err(Error::other(format!("not a success: {head}")));
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.and_then(|length| length.trim().parse().ok()).ok_or_else(|| Error::other("no length"))?;
    Ok(Some(end + 4 + length))
}
