//! An upstream that writes down what a proxy sends, and checks that it is signed for what it is.

use crate::process::{REGION, SECRET_KEY};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the upstream's pages say, which nobody else may read.
pub(super) const SECRET: &str = "zq-internal-host-10-0-0-1";

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(super) struct Arrived {
    pub(super) method: String,
    pub(super) target: String,
    /// What is wrong with its signature.
    pub(super) signature: Option<String>,
}

/// It listens until the campaign ends.
pub(super) struct Upstream {
    pub(super) address: SocketAddr,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    answers_html: Arc<AtomicBool>,
}

impl Upstream {
    pub(super) fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let upstream =
            Self { address: listener.local_addr()?, arrived: Arc::default(), answers_html: Arc::new(AtomicBool::new(false)) };
        let (arrived, html) = (upstream.arrived.clone(), upstream.answers_html.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (arrived, html) = (arrived.clone(), html.clone());
                std::thread::spawn(move || drop(serve(stream, &arrived, &html)));
            }
        });
        Ok(upstream)
    }

    /// What has arrived since the last time.
    pub(super) fn take(&self) -> Vec<Arrived> {
        std::mem::take(&mut *lock(&self.arrived))
    }

    /// Whether nothing has arrived since the last time.
    pub(super) fn is_idle(&self) -> bool {
        lock(&self.arrived).is_empty()
    }

    /// Whether it answers a page instead of JSON.
    pub(super) fn answer_html(&self, html: bool) {
        self.answers_html.store(html, Ordering::Relaxed);
    }
}

fn lock(arrived: &Mutex<Vec<Arrived>>) -> MutexGuard<'_, Vec<Arrived>> {
    arrived.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(stream: TcpStream, arrived: &Mutex<Vec<Arrived>>, html: &AtomicBool) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let mut words = line.split_whitespace();
        let (method, target) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or_default().to_owned());
        let mut headers: Vec<(String, String)> = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 || line.trim_end().is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body)?;
        let signature = check_signature(&method, &target, &headers, &body).err();
        lock(arrived).push(Arrived { method, target, signature });
        let (status, kind, body) = match html.load(Ordering::Relaxed) {
            true => ("503 Service Unavailable", "text/html", format!("<html><body>{SECRET}</body></html>")),
            false => ("200 OK", "application/json", "{}".to_owned()),
        };
        // In one piece: of several, the second waits until the proxy has acknowledged the first.
        let answer = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        writer.write_all(answer.as_bytes())?;
    }
}

/// Checks a signature as AWS does, over what has arrived: whoever signs one path and sends another is found out.
fn check_signature(method: &str, target: &str, headers: &[(String, String)], body: &[u8]) -> Result<(), String> {
    let header = |name: &str| headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str());
    let authorization = header("authorization").ok_or("it is not signed")?;
    let part = |name: &str| authorization.split([' ', ',']).find_map(|part| part.strip_prefix(name));
    let scope = part("Credential=").and_then(|it| it.split_once('/')).map(|(_, scope)| scope).ok_or("no credential")?;
    let (signed, signature) = (part("SignedHeaders=").ok_or("no headers")?, part("Signature=").ok_or("no signature")?);
    let date = header("x-amz-date").ok_or("no date")?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut pairs: Vec<(String, String)> = query.split('&').filter(|it| !it.is_empty()).map(pair).collect();
    pairs.sort();
    let query: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut canonical = format!("{method}\n{}\n{}\n", encoded(path.as_bytes(), true), query.join("&"));
    for name in signed.split(';') {
        let values: Vec<&str> = headers.iter().filter(|(it, _)| it == name).map(|(_, value)| value.as_str()).collect();
        let value = values.join(",").split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(canonical, "{name}:{value}");
    }
    let hash = header("x-amz-content-sha256").map_or_else(|| hex(&Sha256::digest(body)), str::to_owned);
    let _ = write!(canonical, "\n{signed}\n{hash}");
    let text = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", hex(&Sha256::digest(canonical.as_bytes())));
    let mut key = format!("AWS4{SECRET_KEY}").into_bytes();
    if !scope.contains(REGION) {
        return Err(format!("it is signed for {scope}"));
    }
    for step in scope.split('/') {
        key = mac(&key, step.as_bytes())?;
    }
    match hex(&mac(&key, text.as_bytes())?) == signature {
        true => Ok(()),
        false => Err("it is signed for another request".to_owned()),
    }
}

fn pair(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    let again = |text: &str| encoded(super::service::decoded(text).as_bytes(), false);
    (again(name), again(value))
}

fn encoded(bytes: &[u8], keeps_slashes: bool) -> String {
    let mut text = String::new();
    for byte in bytes {
        let stays = byte.is_ascii_alphanumeric() || b"-._~".contains(byte) || (keeps_slashes && *byte == b'/');
        match stays {
            true => text.push(char::from(*byte)),
            false => drop(write!(text, "%{byte:02X}")),
        }
    }
    text
}

fn mac(key: &[u8], text: &[u8]) -> Result<Vec<u8>, String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|error| error.to_string())?;
    mac.update(text);
    Ok(mac.finalize().into_bytes().to_vec())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
