//! Endpoint rules with every function: whatever a program and a request tell them, there is an endpoint or an error, what is inserted into
//! a host does not end it, and parts of a text are parts of it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use smithwright_fuzz::diagrams;
use smithwright_runtime::endpoint::rules::*;
use smithwright_runtime::endpoint::{EndpointError, EndpointParameters, Parameter, ResolvedEndpoint};

const PARAMETERS: &[Parameter] =
    &[string("Region"), string("Text"), string("Delimiter"), strings("List"), boolean("Flag").or_boolean(false)];

fuzz_target!(|input: &[u8]| {
    let Some((choices, text)) = input.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let mut lines = text.split('\n');
    let mut next = || lines.next().unwrap_or_default().to_owned();
    let (region, text, delimiter) = (next(), next(), next());
    let told = EndpointParameters::new()
        .with("Region", region)
        .with("Text", text.clone())
        .with("Delimiter", delimiter.clone())
        .with("List", lines.map(str::to_owned).collect::<Vec<_>>())
        .with("Flag", choices % 2 == 0);
    check_host(&told);
    check_url(&told, &text);
    check_arn(&told, &text);
    check_parts(&told, &text, &delimiter);
    let _ = diagrams::of(PARAMETERS, *choices).resolve(&told);
});

/// What is in front of the path of a URL, its scheme or user; the same for whoever takes a backslash for a slash.
fn authority(url: &str) -> &str {
    let behind_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    behind_scheme.split(['/', '\\', '?', '#']).next().unwrap_or_default()
}

/// No text that is inserted leads to another host.
fn check_host(told: &EndpointParameters) {
    static RULES: EndpointRules = EndpointRules::new(
        PARAMETERS,
        &[
            when(&[is_virtual_hostable_bucket("{Text}", true)]).endpoint("https://{Text}.bucket.example.com/{Delimiter}"),
            when(&[is_valid_host_label("{Text}", false), is_true("Flag")]).endpoint("https://{Text}.label.example.com"),
            when(&[partition("{Region}").assign("partition"), is_true("Flag")])
                .endpoint("https://{List#[0]}{Text}.{Region}.{partition#name}.example.com"),
            otherwise().endpoint("https://{Region}.{Text}.{List#[-1]}.example.com/{Text}"),
        ],
    );
    match RULES.resolve(told) {
        Ok(endpoint) => {
            let authority = authority(&endpoint.url);
            assert!(endpoint.url.starts_with("https://"), "{endpoint:?}");
            assert!(authority.ends_with(".example.com") && !authority.contains('@'), "{endpoint:?} leads elsewhere");
        }
        Err(error) => assert!(matches!(error, EndpointError::Host { .. } | EndpointError::Unset(_)), "{error:?}"),
    }
}

/// A URL is made of its parts, and its host is the one that HTTP sees.
fn check_url(told: &EndpointParameters, whole: &str) {
    static RULES: EndpointRules = EndpointRules::new(
        PARAMETERS,
        &[when(&[parse_url("{Text}").assign("url")])
            .endpoint("{url#scheme}://{url#authority}{url#path}")
            .properties(&[("behind", text("{url#scheme}://{Region}.{url#authority}{url#normalizedPath}"))])],
    );
    let Ok(ResolvedEndpoint { url, .. }) = RULES.resolve(told) else { return };
    let uri: http::Uri = url.parse().unwrap_or_else(|error| panic!("{url:?} is no URL: {error}"));
    let host = uri.host().unwrap_or_default();
    assert!(!host.is_empty() && authority(&url).starts_with(host), "{url:?} leads to {host:?}");
    // A scheme is the same in capitals.
    assert!(whole.contains('@') || url.eq_ignore_ascii_case(whole), "{whole:?} became {url:?}");
}

/// An ARN begins with its parts.
fn check_arn(told: &EndpointParameters, text: &str) {
    static RULES: EndpointRules = EndpointRules::new(
        PARAMETERS,
        &[when(&[parse_arn("{Text}").assign("arn")])
            .error("arn:{arn#partition}:{arn#service}:{arn#region}:{arn#accountId}:{arn#resourceId[0]}")],
    );
    match RULES.resolve(told) {
        Err(EndpointError::Rule(start)) => assert!(text.starts_with(&start), "{text:?} begins with {start:?}"),
        other => assert_eq!(other, Err(EndpointError::NoRule)),
    }
}

/// Parts of a text are parts of it, and what is encoded is decoded again.
fn check_parts(told: &EndpointParameters, text: &str, delimiter: &str) {
    static PARTS: EndpointRules = EndpointRules::new(
        PARAMETERS,
        &[when(&[split("{Text}", "{Delimiter}", 2).assign("parts"), get("parts#[1]").assign("second")])
            .error("{parts#[0]}{Delimiter}{second}")],
    );
    static START: EndpointRules =
        EndpointRules::new(PARAMETERS, &[when(&[substring("{Text}", 0, 5, false).assign("part")]).error("{part}")]);
    static END: EndpointRules =
        EndpointRules::new(PARAMETERS, &[when(&[substring("{Text}", 0, 5, true).assign("part")]).error("{part}")]);
    static ENCODED: EndpointRules =
        EndpointRules::new(PARAMETERS, &[when(&[uri_encode("{Text}").assign("encoded")]).error("{encoded}")]);
    if let Err(EndpointError::Rule(parts)) = PARTS.resolve(told) {
        assert!(!delimiter.is_empty() && parts == text, "{text:?} was split into {parts:?}");
    }
    if let Err(EndpointError::Rule(start)) = START.resolve(told) {
        assert!(start.len() == 5 && text.starts_with(&start), "{text:?} begins with {start:?}");
    }
    if let Err(EndpointError::Rule(end)) = END.resolve(told) {
        assert!(end.len() == 5 && text.ends_with(&end), "{text:?} ends with {end:?}");
    }
    let Err(EndpointError::Rule(encoded)) = ENCODED.resolve(told) else { panic!("{text:?} is not encoded") };
    assert_eq!(decoded(&encoded), text.as_bytes(), "{encoded:?}");
}

/// What is percent-encoded.
fn decoded(text: &str) -> Vec<u8> {
    let mut rest = text.as_bytes();
    let mut bytes = Vec::new();
    while let [first, behind @ ..] = rest {
        let digits = behind.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        (bytes, rest) = match digits {
            Some(digits) => {
                bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
                (bytes, &behind[2..])
            }
            None => {
                assert!(first.is_ascii_alphanumeric() || b"-_.~".contains(first), "{text:?} is not encoded");
                bytes.push(*first);
                (bytes, behind)
            }
        };
    }
    bytes
}
