//! Upstreams that do as they please.

use super::{ATTEMPTS, FETCHED, PAGES};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::sleep;
use std::time::Duration;

/// What an upstream does; as a [`ValueEnum`](clap::ValueEnum), since that lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Scenario {
    /// It says nothing.
    Silent,
    /// A byte a second of an answer's head, of its body.
    SlowHead,
    SlowBody,
    /// `100 Continue`, for ever.
    EndlessInterim,
    /// A body of three gigabytes, with a length, in chunks, until the connection ends.
    HugeBody,
    HugeChunks,
    HugeUntilClose,
    /// The same, compressed to a few megabytes.
    Bomb,
    /// An error of 60 MB, in two statuses.
    HugeError,
    HugeServerError,
    /// Ten million bytes of `{}` in a list: each would be hundreds of bytes of memory, and all of them more than a client takes.
    Flood,
    /// Arrays within arrays.
    Deep,
    /// A body that ends before its length, large or small.
    CutLarge,
    CutSmall,
    /// Pages whose tokens alternate, and pages with ever new ones.
    AlternatingTokens,
    FreshTokens,
    /// A page for people.
    Html,
    HtmlError,
    /// To a server that must not get the request.
    Redirect,
    /// Many headers, long ones, endless ones.
    ManyHeaders,
    LongHeader,
    EndlessHeaders,
    /// No HTTP at all.
    Garbage,
    /// The connection ends at once, before and after the request.
    Hangup,
    HangupAfter,
    /// A length that is none, and two of them.
    BadLength,
    TwoLengths,
    /// A status that is none.
    BadStatus,
    /// HTTP/2's first frame.
    Http2,
}

impl Scenario {
    /// Whether it is about a list.
    pub(super) fn is_paging(self) -> bool {
        matches!(self, Self::AlternatingTokens | Self::FreshTokens)
    }

    /// What the program is to call.
    pub(super) fn call(self) -> &'static str {
        if self.is_paging() { "pages" } else { "one" }
    }
}

/// How large is huge.
const HUGE: u64 = 3 << 30;

/// An upstream, and what it counts.
pub(super) struct Upstream {
    pub(super) address: SocketAddr,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    requests: AtomicU64,
    bytes: AtomicU64,
    /// Requests to where a redirection leads.
    elsewhere: AtomicU64,
    stop: AtomicBool,
}

impl Upstream {
    pub(super) fn start(scenario: Scenario) -> anyhow::Result<Self> {
        let counts = Arc::new(Counts::default());
        let elsewhere = listen({
            let counts = counts.clone();
            move |_| {
                counts.elsewhere.fetch_add(1, Ordering::Relaxed);
            }
        })?;
        let address = listen({
            let counts = counts.clone();
            move |stream| {
                // Whoever hangs up is no concern of this one.
                let _ = serve(scenario, stream, &counts, elsewhere);
            }
        })?;
        Ok(Self { address, counts })
    }

    /// What the counts say that is wrong.
    pub(super) fn wrong(&self, scenario: Scenario) -> Vec<String> {
        let count = |it: &AtomicU64| it.load(Ordering::Relaxed);
        let mut wrong = Vec::new();
        let requests = count(&self.counts.requests);
        let most = if scenario.is_paging() { PAGES } else { ATTEMPTS };
        if requests > most {
            wrong.push(format!("{requests} requests"));
        }
        let fetched = count(&self.counts.bytes) >> 20;
        if fetched > FETCHED && !scenario.is_paging() {
            wrong.push(format!("{fetched} MB were fetched in {requests} requests"));
        }
        if count(&self.counts.elsewhere) > 0 {
            wrong.push("a redirection was followed".to_owned());
        }
        wrong
    }
}

/// Its threads end with their connections.
impl Drop for Upstream {
    fn drop(&mut self) {
        self.counts.stop.store(true, Ordering::Relaxed);
    }
}

fn listen(serve: impl Fn(TcpStream) + Clone + Send + 'static) -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let serve = serve.clone();
            std::thread::spawn(move || serve(stream));
        }
    });
    Ok(address)
}

fn serve(scenario: Scenario, stream: TcpStream, counts: &Counts, elsewhere: SocketAddr) -> std::io::Result<()> {
    if scenario == Scenario::Hangup {
        return Ok(());
    }
    stream.set_read_timeout(Some(Duration::from_secs(150)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut wire = Wire { stream, counts };
    while read_request(&mut reader)? {
        let number = counts.requests.fetch_add(1, Ordering::Relaxed);
        answer(scenario, &mut wire, number, elsewhere)?;
        if !scenario.is_paging() {
            break;
        }
    }
    Ok(())
}

/// Reads a request to its end; whether there was one.
fn read_request(reader: &mut BufReader<TcpStream>) -> std::io::Result<bool> {
    let mut length = 0;
    let mut lines = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(false);
        }
        if line.trim_end().is_empty() {
            break;
        }
        lines += 1;
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    reader.read_exact(&mut vec![0; length])?;
    Ok(lines > 0)
}

/// What goes out, counted.
struct Wire<'c> {
    stream: TcpStream,
    counts: &'c Counts,
}

impl Wire<'_> {
    fn send(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        if self.counts.stop.load(Ordering::Relaxed) {
            return Err(std::io::ErrorKind::Interrupted.into());
        }
        self.stream.write_all(bytes)?;
        self.counts.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    fn say(&mut self, text: &str) -> std::io::Result<()> {
        self.send(text.as_bytes())
    }

    /// The same piece again and again, so many bytes of it.
    fn repeat(&mut self, piece: &[u8], bytes: u64) -> std::io::Result<()> {
        let block = piece.repeat((1 << 20) / piece.len());
        let mut left = bytes;
        while left > 0 {
            let part = block.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            self.send(&block[..part])?;
            left -= part as u64;
        }
        Ok(())
    }

    /// A byte a second, for longer than anyone should wait.
    fn drip(&mut self) -> std::io::Result<()> {
        for _ in 0..300 {
            self.say(" ")?;
            sleep(Duration::from_secs(1));
        }
        Ok(())
    }

    /// A whole answer.
    fn answer(&mut self, status: &str, kind: &str, body: &str) -> std::io::Result<()> {
        self.say(&format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
    }

    /// Nothing, until the other side has enough.
    fn wait(&mut self) -> std::io::Result<()> {
        for _ in 0..3_000 {
            if self.counts.stop.load(Ordering::Relaxed) {
                break;
            }
            sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
const TEXT: &str = "{\"Contact\":{\"Description\":\"";

fn answer(scenario: Scenario, wire: &mut Wire<'_>, number: u64, elsewhere: SocketAddr) -> std::io::Result<()> {
    match scenario {
        Scenario::Silent => wire.wait(),
        Scenario::SlowHead => {
            wire.say("HTTP/1.1 200 OK\r\nX-Zq: ")?;
            wire.drip()
        }
        Scenario::SlowBody => {
            wire.say(&format!("{OK}Content-Length: 1000\r\n\r\n{{"))?;
            wire.drip()
        }
        Scenario::EndlessInterim => loop {
            wire.say("HTTP/1.1 100 Continue\r\n\r\n")?;
            sleep(Duration::from_millis(1));
        },
        Scenario::HugeBody | Scenario::CutLarge => {
            wire.say(&format!("{OK}Content-Length: {}\r\n\r\n{TEXT}", HUGE + TEXT.len() as u64))?;
            wire.repeat(b"zqzqzqzq", if scenario == Scenario::HugeBody { HUGE } else { HUGE / 2 })
        }
        Scenario::HugeChunks => {
            wire.say(&format!("{OK}Transfer-Encoding: chunked\r\n\r\n"))?;
            wire.say(&format!("{:x}\r\n{TEXT}\r\n", TEXT.len()))?;
            wire.repeat(b"8\r\nzqzqzqzq\r\n", HUGE)
        }
        Scenario::HugeUntilClose => {
            wire.say(&format!("{OK}Connection: close\r\n\r\n{TEXT}"))?;
            wire.repeat(b"zqzqzqzq", HUGE)
        }
        Scenario::Bomb => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            let block = vec![b' '; 1 << 20];
            for _ in 0..1_000 {
                encoder.write_all(&block)?;
            }
            let body = encoder.finish()?;
            wire.say(&format!("{OK}Content-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", body.len()))?;
            wire.send(&body)
        }
        Scenario::HugeError | Scenario::HugeServerError => {
            let status = if scenario == Scenario::HugeError { "400 Bad Request" } else { "500 Internal Server Error" };
            let start = "{\"__type\":\"ZqException\",\"message\":\"";
            let length = start.len() + (60 << 20) + 2;
            wire.say(&format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{start}"))?;
            wire.repeat(b"\\n", 60 << 20)?;
            wire.say("\"}")
        }
        Scenario::Flood => {
            let list = "{},".repeat((10 << 20) / 3);
            wire.answer("200 OK", "application/json", &format!("{{\"Contact\":{{\"Recordings\":[{list}{{}}]}}}}"))
        }
        Scenario::Deep => wire.answer("200 OK", "application/json", &format!("{{\"Contact\":{}", "[".repeat(1_000_000))),
        Scenario::CutSmall => wire.say(&format!("{OK}Content-Length: 1000\r\n\r\n{TEXT}")),
        Scenario::AlternatingTokens => page(wire, number % 2),
        Scenario::FreshTokens => page(wire, number),
        Scenario::Html => wire.answer("200 OK", "text/html", "<html><body>zq</body></html>"),
        Scenario::HtmlError => wire.answer("503 Service Unavailable", "text/html", &"<html>zq</html>".repeat(10_000)),
        Scenario::Redirect => {
            let location = format!("Location: http://{elsewhere}/contacts/zq\r\n");
            wire.say(&format!("HTTP/1.1 307 Temporary Redirect\r\n{location}Content-Length: 0\r\n\r\n"))
        }
        Scenario::ManyHeaders => {
            wire.say("HTTP/1.1 200 OK\r\n")?;
            wire.say(&(0..100_000).map(|header| format!("X-Zq-{header}: zq\r\n")).collect::<String>())?;
            wire.say("Content-Length: 2\r\n\r\n{}")
        }
        Scenario::LongHeader => {
            wire.say("HTTP/1.1 200 OK\r\nX-Zq: ")?;
            wire.repeat(b"zq", 100 << 20)?;
            wire.say("\r\nContent-Length: 2\r\n\r\n{}")
        }
        Scenario::EndlessHeaders => {
            wire.say("HTTP/1.1 200 OK\r\n")?;
            wire.repeat(b"X-Zq: zqzqzq\r\n", HUGE)
        }
        Scenario::Garbage => wire.repeat(b"\x00\xff\x0d\x7fzq\n", 10 << 20),
        Scenario::Hangup | Scenario::HangupAfter => Ok(()),
        Scenario::BadLength => wire.say(&format!("{OK}Content-Length: zq\r\n\r\n{{}}")),
        Scenario::TwoLengths => wire.say(&format!("{OK}Content-Length: 2\r\nContent-Length: 200\r\n\r\n{{}}")),
        Scenario::BadStatus => wire.say("HTTP/1.1 0 Zq\r\nContent-Length: 2\r\n\r\n{}"),
        Scenario::Http2 => wire.send(&[0, 0, 0, 4, 0, 0, 0, 0, 0]),
    }
}

fn page(wire: &mut Wire<'_>, token: u64) -> std::io::Result<()> {
    wire.answer("200 OK", "application/json", &format!("{{\"UserSummaryList\":[],\"NextToken\":\"zq{token}\"}}"))
}
