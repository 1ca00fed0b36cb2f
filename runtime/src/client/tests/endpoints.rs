//! Where calls may go: text that is no region or no endpoint sends nobody anywhere.

use super::desk::*;
use super::script::{Script, ok};
use super::*;
use crate::error::ClientErrorKind;

async fn call_at(url: &str) -> Result<http::Uri, Error> {
    let script = Script::new([ok("")]);
    Core::new(&DESK, &config(&script).endpoint_url(url).build()).ask(OpenDesk {}).await?;
    Ok(script.only().uri)
}

fn construction(error: Error) -> String {
    let Error::Client(error) = error else { panic!("{error:?}") };
    assert_eq!(error.kind(), ClientErrorKind::Construction);
    error.to_string()
}

#[tokio::test]
async fn a_region_that_is_no_label_of_a_host_is_refused() {
    let long = "a".repeat(64);
    for region in [
        "us-east-1@evil.com",
        "x.evil.com#",
        "x.evil.com/",
        "x.evil.com?",
        "evil.com:80",
        "us-east-1\r\nx: y",
        "us-east-1, x=y",
        "us east 1",
        "é",
        "-us-east-1",
        "us-east-1-",
        "",
        &long,
    ] {
        let script = Script::default();
        let client = client(&script);
        let error = construction(client.ask(OpenDesk {}).region(region.to_owned()).await.unwrap_err());
        assert!(error.contains("is not a label of a host"), "{region}: {error}");
        let at_a_url = client.ask(OpenDesk {}).region(region.to_owned()).endpoint_url("http://desk.test").await.unwrap_err();
        assert!(construction(at_a_url).contains("is not a label of a host"), "{region}: it would be signed for");
    }
}

#[tokio::test]
async fn a_region_need_not_be_known() {
    for region in ["eu-moon-1", "aws-global", "LOCAL", "1"] {
        let script = Script::new([ok("")]);
        client(&script).ask(OpenDesk {}).region(region).await.unwrap();
        assert_eq!(script.only().uri.host().unwrap().to_lowercase(), format!("desk.{}.amazonaws.com", region.to_lowercase()));
    }
}

#[tokio::test]
async fn an_endpoint_url_has_a_host_and_perhaps_a_port_and_a_path() {
    for (url, sent) in [
        ("http://desk.test", "http://desk.test/desk"),
        ("https://desk.test:8443/", "https://desk.test:8443/desk"),
        ("http://[::1]:80/base/", "http://[::1]:80/base/desk"),
        ("http://desk.test/a/.b/c..d/%2F", "http://desk.test/a/.b/c..d/%2F/desk"),
    ] {
        assert_eq!(call_at(url).await.unwrap(), sent);
    }
}

#[tokio::test]
async fn an_endpoint_url_with_more_than_that_is_refused() {
    for (url, expected) in [
        ("http://key:secret@desk.test", "user information"),
        ("http://desk.test@evil.test/", "user information"),
        ("http://desk.test/?x=1", "a query"),
        ("http://desk.test#evil", "a fragment"),
        ("ftp://desk.test", "http:// or https://"),
        ("desk.test", "http:// or https://"),
        ("/desk", "http:// or https://"),
        ("no url", "not a URL"),
        ("", "not a URL"),
    ] {
        let error = construction(call_at(url).await.unwrap_err());
        assert!(error.contains(expected), "{url}: {error}");
        assert!(!error.contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn an_endpoint_url_with_a_path_that_signers_shorten_is_refused() {
    for path in ["base/../x", "base/./x", "..", ".", "a//b", "/", "/a", "a//", "%2e%2e/x", "a/%2E", ".%2e"] {
        let error = construction(call_at(&format!("http://desk.test/{path}")).await.unwrap_err());
        assert!(error.contains("empty or dot segments"), "{path}: {error}");
    }
}
