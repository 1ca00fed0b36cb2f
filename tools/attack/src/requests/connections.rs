//! Connections that are opened and not used as they should be: each has an end, and nobody else waits for it.

use super::Case;
use super::arena::{Arena, Target, head, probe};
use super::wire::{self, Ending};
use crate::process::Server;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a good client may be kept waiting by others that are idle: until these are told to go.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long a server may take to end when it is asked to.
const DEADLINE: Duration = Duration::from_secs(40);

/// How long a connection may say nothing, or next to nothing.
const IDLE: Duration = Duration::from_secs(60);

/// How many connections, and how many files a server may have open.
const CONNECTIONS: usize = 300;
const FILES: u32 = 256;

/// The cases.
pub(super) fn cases() -> Vec<Case> {
    let half = "GET /contacts/zq/zq HTTP/1.1\r\nHost: zq\r\nX-Zq:";
    let mut cases = Vec::new();
    for target in [Target::Desk, Target::Proxy] {
        cases.push(Case::new(format!("{CONNECTIONS} idle connections, {target:?}"), move |arena, _| crowd(arena, target, "")));
        cases.push(Case::new(format!("{CONNECTIONS} half requests, {target:?}"), move |arena, _| crowd(arena, target, half)));
        cases.push(Case::new(format!("SIGTERM, {target:?}"), move |arena, _| terminated(arena, target, None)));
        cases.push(Case::new(format!("SIGTERM beside an idle connection, {target:?}"), move |arena, _| {
            terminated(arena, target, Some(String::new()))
        }));
        cases.push(Case::new(format!("SIGTERM beside half a request, {target:?}"), move |arena, _| {
            terminated(arena, target, Some(half.to_owned()))
        }));
        cases.push(Case::new(format!("answers that are never read, {target:?}"), move |arena, _| unread(arena, target)));
        cases.push(Case::new(format!("many requests at once, {target:?}"), move |arena, _| pipelined(arena, target)));
        cases.push(Case::new(format!("HTTP/2 that nobody asked for, {target:?}"), move |arena, _| http2(arena, target)));
        cases.push(Case::new(format!("a head that never ends, {target:?}"), move |arena, _| endless_head(arena, target)));
        cases.push(Case::new(format!("bytes of no protocol, {target:?}"), move |arena, _| noise(arena, target)));
    }
    cases
}

/// How what was begun with [`begin`] ends.
pub(super) fn endings() -> Vec<Case> {
    let whats = [SLOW.to_owned(), half_body(Target::Desk), half_body(Target::Proxy)];
    whats.into_iter().map(|what| Case::new(what.clone(), move |arena, _| arena.wait_ends(&what))).collect()
}

/// Something that takes long and costs nothing, on a server of its own: what is wrong with how it ends is known later.
pub(super) struct Waiting {
    pub(super) what: String,
    pub(super) thread: JoinHandle<Option<String>>,
}

const SLOW: &str = "connections that are slow, side by side";

fn half_body(target: Target) -> String {
    format!("SIGTERM beside half a body, {target:?}")
}

/// Begins with what waits for a server's limits of time.
pub(super) fn begin(arena: &Arena) -> anyhow::Result<Vec<Waiting>> {
    let slow_server = arena.another(Target::Desk, None)?;
    let body = half_a_body(arena, slow_server.address);
    let mut waiting = vec![Waiting { what: SLOW.to_owned(), thread: std::thread::spawn(move || slow(&slow_server, body)) }];
    for target in [Target::Desk, Target::Proxy] {
        let server = arena.another(target, None)?;
        let start = half_a_body(arena, server.address);
        // Its good request has reached the upstream by now, and is not taken for another case's.
        let hung = Hung::new(server, Some(start));
        waiting.push(Waiting { what: half_body(target), thread: std::thread::spawn(move || hung.ends()) });
    }
    Ok(waiting)
}

fn open(address: SocketAddr, text: &str) -> Option<TcpStream> {
    let mut stream = wire::connect(address)?;
    stream.write_all(text.as_bytes()).ok()?;
    Some(stream)
}

/// A good client beside more idle ones than there are files.
fn crowd(arena: &mut Arena, target: Target, text: &str) -> anyhow::Result<Option<String>> {
    let mut server = arena.another(target, Some(FILES))?;
    let address = server.address;
    let mut streams = Vec::new();
    for _ in 0..CONNECTIONS {
        let Some(stream) = open(address, text) else { break };
        streams.push(stream);
    }
    let count = streams.len();
    let (time, wrong) = probe(address, PATIENCE);
    drop(streams);
    let wrong = wrong.map(|wrong| format!("beside {count} of them, after {:.1} s: {wrong}", time.as_secs_f32()));
    Ok(wrong.or((!server.lives()).then(|| "the server has ended".to_owned())))
}

/// A server that is asked to end does, whatever hangs on it, and says that all is well.
fn terminated(arena: &mut Arena, target: Target, hanging: Option<String>) -> anyhow::Result<Option<String>> {
    Ok(Hung::new(arena.another(target, None)?, hanging).ends())
}

/// A server that something hangs on.
struct Hung {
    server: Server,
    _stream: Option<TcpStream>,
    /// What is wrong before it is asked to end.
    wrong: Option<String>,
}

impl Hung {
    fn new(server: Server, hanging: Option<String>) -> Self {
        let stream = hanging.and_then(|text| open(server.address, &text));
        let (_, wrong) = probe(server.address, PATIENCE);
        Self { server, _stream: stream, wrong: wrong.map(|wrong| format!("before: {wrong}")) }
    }

    fn ends(mut self) -> Option<String> {
        if self.wrong.is_some() {
            return self.wrong;
        }
        match self.server.terminate(DEADLINE) {
            None => Some(format!("it still runs after {} s", DEADLINE.as_secs())),
            Some((status, _)) if !status.success() => Some(format!("it ends with {status}")),
            Some(_) => None,
        }
    }
}

/// Requests whose answers nobody takes: the server keeps some, not all.
fn unread(arena: &mut Arena, target: Target) -> anyhow::Result<Option<String>> {
    let address = arena.address(target);
    let meter = arena.server(target).meter();
    let request = format!("GET /contacts/zq/zq HTTP/1.1\r\nHost: {address}\r\n\r\n").repeat(2_000);
    let mut streams = Vec::new();
    for _ in 0..20 {
        let Some(mut stream) = wire::connect(address) else { continue };
        stream.set_write_timeout(Some(Duration::from_millis(200)))?;
        // It takes no more once its own answers are stuck.
        let _ = stream.write_all(request.as_bytes());
        streams.push(stream);
    }
    let (time, wrong) = probe(address, PATIENCE);
    let (_, memory) = meter.read();
    drop(streams);
    let large = (memory > 100.0).then(|| format!("{memory:.0} MB"));
    Ok(wrong.map(|wrong| format!("after {:.1} s: {wrong}", time.as_secs_f32())).or(large))
}

/// Each of many requests in one piece is answered, in order.
fn pipelined(arena: &mut Arena, target: Target) -> anyhow::Result<Option<String>> {
    const COUNT: usize = 50;
    let address = arena.address(target);
    let one = format!("GET /contacts/zq/zq HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let last = format!("GET /contacts/zq/zq HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let Some(mut stream) = open(address, &format!("{}{last}", one.repeat(COUNT - 1))) else {
        return Ok(Some("the connection is refused".to_owned()));
    };
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut bytes = Vec::new();
    let ended = stream.read_to_end(&mut bytes);
    let answers = bytes.windows(9).filter(|window| *window == b"HTTP/1.1 ").count();
    Ok((answers != COUNT).then(|| format!("{answers} answers to {COUNT} requests, {ended:?}")))
}

/// HTTP/2's preface to a server that says it speaks HTTP/1.1.
fn http2(arena: &mut Arena, target: Target) -> anyhow::Result<Option<String>> {
    let address = arena.address(target);
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    // An empty SETTINGS frame.
    bytes.extend([0, 0, 0, 4, 0, 0, 0, 0, 0]);
    Ok(match wire::exchange(address, &bytes, Duration::from_secs(3)) {
        Ending::Closed(bytes) | Ending::Silence(bytes) if bytes.get(3) == Some(&4) => Some("HTTP/2 is served".to_owned()),
        Ending::Answer(answer) if answer.status >= 500 && answer.status != 505 => Some(format!("answered {}", answer.status)),
        _ => None,
    })
}

/// A head of megabytes is refused, and not kept.
fn endless_head(arena: &mut Arena, target: Target) -> anyhow::Result<Option<String>> {
    let address = arena.address(target);
    let meter = arena.server(target).meter();
    let mut wrong = None;
    for text in ["X-Zq: ", "X-Zq: a\r\n"] {
        let request = format!("GET /contacts/zq/zq HTTP/1.1\r\nHost: {address}\r\n{}", text.repeat((20 << 20) / text.len()));
        match wire::exchange(address, request.as_bytes(), PATIENCE) {
            Ending::Answer(answer) if (400..500).contains(&answer.status) => {}
            other => wrong = Some(other.to_string()),
        }
    }
    let (_, memory) = meter.read();
    Ok(wrong.or((memory > 100.0).then(|| format!("{memory:.0} MB"))))
}

/// Bytes that are no request at all, TLS's greeting among them.
fn noise(arena: &mut Arena, target: Target) -> anyhow::Result<Option<String>> {
    let address = arena.address(target);
    for bytes in [&b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..], b"\0\0\0\0\r\n\r\n", b"\xff\xfe\r\n\r\n", b"zq\r\n\r\n"] {
        match wire::exchange(address, bytes, Duration::from_secs(3)) {
            Ending::Answer(answer) if answer.status >= 500 && answer.status != 505 => {
                return Ok(Some(format!("answered {} to {bytes:02x?}", answer.status)));
            }
            _ => {}
        }
    }
    Ok(None)
}

/// A request of which the body has begun.
fn half_a_body(arena: &Arena, address: SocketAddr) -> String {
    let operation = arena.service.operations.iter().find(|operation| operation.has_body && operation.method != "GET");
    let (method, target) = operation.map_or(("PUT", "/".to_owned()), |it| (it.method.as_str(), arena.service.target(it)));
    format!("{}{{", head(method, &target, address, 1_000_000))
}

/// A head and a body of which a byte comes a second, and a connection that says nothing: each ends by the server's will.
fn slow(server: &Server, body: String) -> Option<String> {
    let address = server.address;
    let starts = [("a head", "GET / HTTP/1.1\r\nX-Zq: ".to_owned()), ("a body", body), ("nothing", String::new())];
    let waits: Vec<Option<String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = starts.iter().map(|(what, start)| scope.spawn(move || outlast(address, what, start))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Some("a thread panicked".to_owned()))).collect()
    });
    let wrong: Vec<String> = waits.into_iter().flatten().collect();
    (!wrong.is_empty()).then(|| wrong.join("; "))
}

/// Sends a byte a second until the server has enough of it.
fn outlast(address: SocketAddr, what: &str, start: &str) -> Option<String> {
    let Some(mut stream) = open(address, start) else { return Some(format!("{what}: refused")) };
    let began = Instant::now();
    let _ = stream.set_read_timeout(Some(Duration::from_secs(1)));
    let mut buffer = [0; 4_096];
    while began.elapsed() < IDLE {
        if !start.is_empty() && stream.write_all(b" ").is_err() {
            return None;
        }
        match stream.read(&mut buffer) {
            // An answer, or the end.
            Ok(_) => return None,
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
            Err(_) => return None,
        }
    }
    Some(format!("{what}, a byte a second: still open after {} s", IDLE.as_secs()))
}
