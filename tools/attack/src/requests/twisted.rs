//! Requests that mean one thing to one reader and another to the next: none gets through a proxy as something else.

use super::Case;
use super::arena::{Arena, Target};
use super::service::{Operation, Service};
use super::upstream::SECRET;
use super::wire::{self, Ending};
use crate::process::{ACCESS_KEY, REGION};
use std::borrow::Cow;
use std::time::Duration;

/// How long a small request may be waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a request owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    /// It is refused as the client's fault, and nothing reaches the upstream.
    Refused,
    /// It is answered with status 400, and nothing reaches the upstream.
    BadRequest,
    /// It reaches the upstream.
    Passed,
    /// It is answered somehow; what reaches the upstream is the same operation, once.
    Answered,
}

/// The cases.
pub(super) fn cases(service: &Service) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |what: String, due: Due, request: Vec<u8>| {
        for target in [Target::Proxy, Target::Desk] {
            let (what, request) = (format!("{what}, {target:?}"), request.clone());
            cases.push(Case::new(what, move |arena, _| check(arena, target, &request, due)));
        }
    };
    for part in ["%2e%2e", "%2E%2E", "..", ".", "%2e", ".%2e", "%2e.", ""] {
        add(format!("the label {part:?}"), Due::Refused, get(&format!("/contacts/{part}/instance"), ""));
        add(format!("the last label {part:?}"), Due::Refused, get(&format!("/contacts/instance/{part}"), ""));
    }
    for part in
        ["a%2Fb", "%2F", "..%2f..", "a%5Cb", "a%00b", "a%0d%0aX-Zq:%20zq", "a;b", "a%3Fb=c", "a%23b", "%25%32%65", "a%20b"]
    {
        add(format!("the label {part:?}"), Due::Answered, get(&format!("/contacts/{part}/instance"), ""));
    }
    for bytes in INVALID {
        add(format!("the label {bytes}"), Due::BadRequest, get(&format!("/contacts/{bytes}/instance"), ""));
        add(format!("the last label {bytes}"), Due::BadRequest, get(&format!("/contacts/instance/{bytes}"), ""));
    }
    for (operation, header) in service.operations.iter().filter_map(|it| Some((it, it.headers.first()?))).take(2) {
        for value in [&b"\xff"[..], b"\xc0\xaf", b"a\xed\xa0\x80"] {
            let mut bytes =
                request(&operation.method, &service.target(operation), &format!("{header}: ZQVALUE\r\n"), &body(operation));
            replace(&mut bytes, b"ZQVALUE", value);
            add(format!("the header {header} with bytes {value:02x?}"), Due::BadRequest, bytes);
        }
    }
    for (what, bytes) in ambiguous() {
        add(what.to_owned(), Due::Answered, bytes);
    }
    for bytes in INVALID {
        cases.push(Case::new(format!("the query {bytes}"), move |arena, _| query(arena, bytes)));
    }
    cases.push(Case::new("an upstream's page", |arena, _| page(arena)));
    cases.push(Case::new("another host's name", |arena, _| foreign_host(arena)));
    cases
}

/// Bytes that are not UTF-8, percent-encoded: overlong, none at all, a surrogate, too large, a part alone.
const INVALID: [&str; 6] = ["%C0%AF", "%FF", "%ED%A0%80", "%F4%90%80%80", "%80", "a%E2%82"];

/// Invalid bytes in the query of an operation which takes it when there are none.
fn query(arena: &mut Arena, bytes: &'static str) -> anyhow::Result<Option<String>> {
    let with = |value: &str| {
        let operations = arena.service.operations.iter().filter(|operation| !operation.has_body);
        let requests = operations.filter_map(|operation| {
            let target = format!("{}?{}={value}", arena.service.target(operation), operation.queries.first()?);
            Some(request(&operation.method, &target, "", ""))
        });
        requests.take(30).collect::<Vec<_>>()
    };
    let (harmless, hostile) = (with("zq"), with(bytes));
    for (harmless, hostile) in harmless.into_iter().zip(hostile) {
        // What is refused anyway says nothing.
        if check(arena, Target::Proxy, &harmless, Due::Passed)?.is_some() {
            continue;
        }
        for target in [Target::Proxy, Target::Desk] {
            if let Some(wrong) = check(arena, target, &hostile, Due::BadRequest)? {
                return Ok(Some(format!("{target:?}: {wrong}")));
            }
        }
        return Ok(None);
    }
    Ok(Some("no operation takes a query".to_owned()))
}

fn body(operation: &Operation) -> String {
    if operation.has_body { "{}".to_owned() } else { String::new() }
}

fn get(target: &str, headers: &str) -> Vec<u8> {
    request("GET", target, headers, "")
}

/// A request; `ZQHOST` stands for the server's address.
fn request(method: &str, target: &str, headers: &str, body: &str) -> Vec<u8> {
    let scope = format!("{ACCESS_KEY}/20200101/{REGION}/connect/aws4_request");
    let kind = if body.is_empty() {
        String::new()
    } else {
        format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len())
    };
    format!(
        "{method} {target} HTTP/1.1\r\nHost: ZQHOST\r\n{kind}{headers}\
         Authorization: AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature={}\r\nConnection: close\r\n\r\n{body}",
        "0".repeat(64)
    )
    .into_bytes()
}

/// Requests of which two readers may think differently.
fn ambiguous() -> Vec<(&'static str, Vec<u8>)> {
    let post = |headers: &str, body: &str| {
        format!("POST /contacts/zq/zq HTTP/1.1\r\nHost: ZQHOST\r\nContent-Type: application/json\r\n{headers}\r\n{body}")
            .into_bytes()
    };
    let inner = "GET /contacts/zq/smuggled HTTP/1.1\r\nHost: ZQHOST\r\n\r\n";
    vec![
        ("two lengths", post("Content-Length: 2\r\nContent-Length: 60\r\n", &format!("{{}}{inner}"))),
        ("a list of lengths", post("Content-Length: 2, 2\r\n", "{}")),
        ("a length with a sign", post("Content-Length: +2\r\n", "{}")),
        ("a negative length", post("Content-Length: -1\r\n", "{}")),
        ("a huge length", post("Content-Length: 99999999999999999999\r\n", "{}")),
        ("a length and chunks", post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", &format!("0\r\n\r\n{inner}"))),
        ("chunks of another case", post("Transfer-Encoding: CHUNKED\r\nContent-Length: 5\r\n", &format!("0\r\n\r\n{inner}"))),
        ("an encoding that is none", post("Transfer-Encoding: xchunked\r\nContent-Length: 2\r\n", "{}")),
        ("a blank before the colon", post("Transfer-Encoding : chunked\r\nContent-Length: 2\r\n", "{}")),
        ("a folded header", post("Content-Length: 2\r\nX-Zq: a\r\n b\r\n", "{}")),
        ("a lone line feed", b"GET /contacts/zq/zq HTTP/1.1\nHost: ZQHOST\nConnection: close\n\n".to_vec()),
        (
            "a lone carriage return",
            b"GET /contacts/zq/zq HTTP/1.1\r\nHost: ZQHOST\r\nX-Zq: a\rb\r\nConnection: close\r\n\r\n".to_vec(),
        ),
        (
            "a NUL in a header",
            b"GET /contacts/zq/zq HTTP/1.1\r\nHost: ZQHOST\r\nX-Zq: a\0b\r\nConnection: close\r\n\r\n".to_vec(),
        ),
        ("a chunk of a huge size", post("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n{}\r\n0\r\n\r\n")),
        ("a chunk's size that is none", post("Transfer-Encoding: chunked\r\n", "zq\r\n{}\r\n0\r\n\r\n")),
        ("trailers", post("Transfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\nContent-Length: 9\r\n\r\n")),
        ("no host", b"GET /contacts/zq/zq HTTP/1.1\r\nConnection: close\r\n\r\n".to_vec()),
        ("two hosts", b"GET /contacts/zq/zq HTTP/1.1\r\nHost: ZQHOST\r\nHost: zq\r\nConnection: close\r\n\r\n".to_vec()),
        (
            "an absolute target",
            b"GET http://ZQHOST/contacts/zq/zq HTTP/1.1\r\nHost: ZQHOST\r\nConnection: close\r\n\r\n".to_vec(),
        ),
        ("a fragment", b"GET /contacts/zq/zq#zq HTTP/1.1\r\nHost: ZQHOST\r\nConnection: close\r\n\r\n".to_vec()),
        ("an authority", b"CONNECT ZQHOST HTTP/1.1\r\nHost: ZQHOST\r\nConnection: close\r\n\r\n".to_vec()),
        ("an asterisk", b"OPTIONS * HTTP/1.1\r\nHost: ZQHOST\r\nConnection: close\r\n\r\n".to_vec()),
        ("two slashes", b"GET //contacts/zq/zq HTTP/1.1\r\nHost: ZQHOST\r\nConnection: close\r\n\r\n".to_vec()),
        ("HTTP/1.0", b"GET /contacts/zq/zq HTTP/1.0\r\nHost: ZQHOST\r\n\r\n".to_vec()),
        ("an override of the method", get("/contacts/zq/zq", "X-HTTP-Method-Override: DELETE\r\n")),
        ("an override of the path", get("/contacts/zq/zq", "X-Original-URL: /instance\r\nX-Rewrite-URL: /instance\r\n")),
        ("many small headers", get("/contacts/zq/zq", &"X-Zq: a\r\n".repeat(90))),
        ("an upgrade", get("/contacts/zq/zq", "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n")),
        ("an expectation", post("Expect: 100-continue\r\nContent-Length: 2\r\n", "{}")),
    ]
}

fn replace(bytes: &mut Vec<u8>, old: &[u8], new: &[u8]) {
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(old.len()).position(|window| window == old) {
        bytes.splice(at + found..at + found + old.len(), new.iter().copied());
        at += found + new.len();
    }
}

/// Sends a request as it is; what is wrong with what becomes of it.
fn check(arena: &mut Arena, target: Target, request: &[u8], due: Due) -> anyhow::Result<Option<String>> {
    let address = arena.address(target);
    let mut bytes = request.to_vec();
    replace(&mut bytes, b"ZQHOST", address.to_string().as_bytes());
    arena.upstream.take();
    let ending = wire::exchange(address, &bytes, PATIENCE);
    let status = match &ending {
        Ending::Answer(answer) => Some(answer.status),
        _ => None,
    };
    let is_due = match (due, status) {
        (_, None) => false,
        (Due::Refused, Some(status)) => (400..500).contains(&status),
        (Due::BadRequest, Some(status)) => status == 400,
        (Due::Passed, Some(status)) => status == 200 && !arena.upstream.is_idle(),
        (Due::Answered, Some(status)) => status != 500,
    };
    let arrived = arena.upstream.take();
    if !is_due {
        return Ok(Some(format!("{due:?} is due, and it is {ending}; the upstream got {arrived:?}")));
    }
    Ok(check_arrived(arena, &bytes, matches!(due, Due::Refused | Due::BadRequest), &arrived))
}

/// What is wrong with what has reached the upstream on account of one request.
pub(super) fn check_arrived(
    arena: &Arena,
    bytes: &[u8],
    nothing_is_due: bool,
    arrived: &[super::upstream::Arrived],
) -> Option<String> {
    let line = request_line(bytes);
    let mut words = line.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let sent = arena.service.route(method, target).map(|operation| operation.name.as_str());
    if arrived.len() > 1 {
        return Some(format!("one request became {}: {arrived:?}", arrived.len()));
    }
    let arrived = arrived.first()?;
    if nothing_is_due {
        return Some(format!("it reached the upstream: {arrived:?}"));
    }
    let path = arrived.target.split('?').next().unwrap_or_default();
    if path.split('/').any(|part| matches!(super::service::decoded(part).as_str(), "." | "..")) {
        return Some(format!("a dot segment reached the upstream: {arrived:?}"));
    }
    let reached = arena.service.route(&arrived.method, &arrived.target).map(|operation| operation.name.as_str());
    if reached != sent {
        return Some(format!("{line:?} is {sent:?}, and the upstream got {reached:?}: {arrived:?}"));
    }
    arrived.signature.as_ref().map(|wrong| format!("{wrong}: {arrived:?}"))
}

/// The first line that says something: a server may skip empty ones in front of it (RFC 9112, 2.2), and hyper does.
fn request_line(bytes: &[u8]) -> Cow<'_, str> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    String::from_utf8_lossy(lines.find(|line| !matches!(*line, b"" | b"\r")).unwrap_or_default())
}

/// What an upstream says to its own people stays in the log.
fn page(arena: &mut Arena) -> anyhow::Result<Option<String>> {
    arena.upstream.answer_html(true);
    let address = arena.address(Target::Proxy);
    let mut bytes = get("/contacts/zq/zq", "");
    replace(&mut bytes, b"ZQHOST", address.to_string().as_bytes());
    let ending = wire::exchange(address, &bytes, PATIENCE);
    arena.upstream.answer_html(false);
    Ok(match ending {
        Ending::Answer(answer) if answer.text.contains(SECRET) => Some("the upstream's text is in the proxy's answer".to_owned()),
        Ending::Answer(answer) if answer.status >= 500 => None,
        other => Some(other.to_string()),
    })
}

/// A page that a browser loaded from another name must not be able to use the proxy.
fn foreign_host(arena: &mut Arena) -> anyhow::Result<Option<String>> {
    let mut bytes = get("/contacts/zq/zq", "");
    replace(&mut bytes, b"ZQHOST", b"zq.example.com");
    arena.upstream.take();
    let ending = wire::exchange(arena.address(Target::Proxy), &bytes, PATIENCE);
    let arrived = arena.upstream.take();
    Ok(match ending {
        Ending::Answer(answer) if (400..500).contains(&answer.status) && arrived.is_empty() => None,
        other => Some(format!("{other}, and the upstream got {arrived:?}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_before_a_request_are_none_of_it() {
        for text in ["GET /a HTTP/1.1\r\nHost: b", "\nGET /a HTTP/1.1\nHost: b", "\r\n\n\r\nGET /a HTTP/1.1\r\n"] {
            assert_eq!(request_line(text.as_bytes()).trim_end(), "GET /a HTTP/1.1", "{text:?}");
        }
        assert_eq!(request_line(b"\r\n"), "");
    }
}
