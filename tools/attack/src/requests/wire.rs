//! Bytes to a server, and what comes back.

use std::fmt;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// How much of an answer is kept.
const MOST: usize = 16 << 20;

/// An answer, as far as anyone here looks at it.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) text: String,
}

/// How an exchange ended.
#[derive(Clone, Debug)]
pub(super) enum Ending {
    /// With a whole answer.
    Answer(Answer),
    /// The server closed the connection, after these bytes.
    Closed(Vec<u8>),
    /// Nothing, or not all, came within the time.
    Silence(Vec<u8>),
    /// Nobody took the connection.
    Refused,
}

impl fmt::Display for Ending {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).chars().take(120).collect::<String>();
        match self {
            Self::Answer(answer) => write!(formatter, "answered {}: {:?}", answer.status, text(answer.text.as_bytes())),
            Self::Closed(bytes) if bytes.is_empty() => formatter.write_str("dropped without an answer"),
            Self::Closed(bytes) => write!(formatter, "dropped within an answer: {:?}", text(bytes)),
            Self::Silence(bytes) => write!(formatter, "no answer in time, but {:?}", text(bytes)),
            Self::Refused => formatter.write_str("the connection is refused"),
        }
    }
}

/// Connects, within some seconds.
pub(super) fn connect(address: SocketAddr) -> Option<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5)).ok()?;
    stream.set_nodelay(true).ok()?;
    Some(stream)
}

/// Sends bytes and reads one answer. It is read while the bytes are sent: a server may answer before it has read all.
pub(super) fn exchange(address: SocketAddr, bytes: &[u8], within: Duration) -> Ending {
    let Some(stream) = connect(address) else { return Ending::Refused };
    let Ok(mut writer) = stream.try_clone() else { return Ending::Refused };
    std::thread::scope(|scope| {
        let _ = writer.set_write_timeout(Some(within));
        // A server that has answered need not read the rest.
        scope.spawn(move || drop(writer.write_all(bytes)));
        let ending = read(&stream, within);
        let _ = stream.shutdown(Shutdown::Both);
        ending
    })
}

/// Reads one answer.
pub(super) fn read(mut stream: &TcpStream, within: Duration) -> Ending {
    let began = Instant::now();
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        if let Some(answer) = parse(&bytes) {
            return Ending::Answer(answer);
        }
        let left = within.saturating_sub(began.elapsed());
        if left.is_zero() || bytes.len() > MOST {
            return Ending::Silence(bytes);
        }
        let _ = stream.set_read_timeout(Some(left));
        match stream.read(&mut buffer) {
            Ok(0) => return closed(bytes),
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => return Ending::Silence(bytes),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return closed(bytes),
        }
    }
}

/// An answer without a length ends with the connection.
fn closed(bytes: Vec<u8>) -> Ending {
    let has_length = |head: &str| head.contains("content-length:") || head.contains("transfer-encoding:");
    match head(&bytes) {
        Some((status, head, length)) if !has_length(&head) => Ending::Answer(answer(status, &bytes[length..])),
        _ => Ending::Closed(bytes),
    }
}

/// The first answer of some bytes, when all of it is there. Interim answers are passed over.
pub(super) fn parse(bytes: &[u8]) -> Option<Answer> {
    let (status, head, length) = head(bytes)?;
    let rest = &bytes[length..];
    if (100..200).contains(&status) {
        return parse(rest);
    }
    let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    if let Some(length) = field("content-length:") {
        let length: usize = length.parse().ok()?;
        return (rest.len() >= length).then(|| answer(status, &rest[..length]));
    }
    if field("transfer-encoding:").is_some() {
        return rest.windows(5).any(|window| window == b"0\r\n\r\n").then(|| answer(status, rest));
    }
    matches!(status, 204 | 304).then(|| answer(status, &[]))
}

fn answer(status: u16, body: &[u8]) -> Answer {
    Answer { status, text: String::from_utf8_lossy(body).into_owned() }
}

/// The status of an answer, its head in lower case, and how long that is.
fn head(bytes: &[u8]) -> Option<(u16, String, usize)> {
    let length = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..length]).to_ascii_lowercase();
    let status = head.strip_prefix("http/1.")?.get(2..5)?.parse().ok()?;
    Some((status, head, length))
}
