//! What comes of endpoint rules: URL, headers and signature, and who tells them what.

use super::desk::Error;
use super::script::{Script, Sent, ok};
use super::*;
use crate::client::ServiceInfo;
use crate::codegen::*;
use crate::endpoint::rules::*;
use crate::error::ClientErrorKind;
use aws_types::endpoint_config::AccountIdEndpointMode;

static ROOMS: ServiceInfo =
    ServiceInfo { name: "Rooms", version: "2020-01-01", signing_name: "rooms", endpoint: &RULES, ..ServiceInfo::PLAIN };

static RULES: EndpointRules = EndpointRules::new(
    &[
        string("Room"),
        string("Floor").or_string("ground"),
        boolean("Quiet").or_boolean(false),
        string("Account").built_in(BuiltIn::AccountId),
        string("Mode").built_in(BuiltIn::AccountIdEndpointMode),
        string("Region").built_in(BuiltIn::Region),
    ],
    &[
        when(&[is_true("Quiet")]).endpoint("https://quiet.test").auth_schemes(&[scheme("none")]),
        when(&[equal("{Floor}", "global")])
            .endpoint("https://global.test")
            .auth_schemes(&[scheme("sigv4a").name("halls").regions(&["*"]), scheme("unknown")]),
        when(&[equal("{Floor}", "first")])
            .endpoint("https://first.test")
            .auth_schemes(&[
                scheme("unknown"),
                scheme("sigv4").name("halls").region("eu-north-1").disable_double_encoding(true),
                scheme("sigv4a").name("other"),
            ])
            .headers(&[("x-floor", &[Argument::Path("Floor"), Argument::Text("{Region}!")])]),
        when(&[is_set("Account"), equal("{Account}", "no body")]).error("nobody has a room"),
        when(&[is_set("Account")]).endpoint("https://{Account}.{Mode}.test"),
        when(&[is_set("Room"), equal("{Floor}", "raw")]).endpoint("https://{Room}.test"),
        when(&[is_set("Room")]).endpoint("https://{Floor}.test/{Room}"),
        otherwise().error("no room on {Floor}"),
    ],
);

#[derive(Clone, Debug, Default, PartialEq)]
struct Book {
    room: Option<String>,
    quiet: Option<bool>,
}

request! {
    Book: default {
        text room,
        value quiet: bool,
    }
}

impl Validate for Book {}

impl Operation for Book {
    type Response = ();
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::new("Book", "GET", "/a%20b", &[]);

    bindings! {}

    fn tell_endpoint(&self, endpoint: &mut EndpointParameters) {
        endpoint.tell("Room", &self.room);
        endpoint.tell("Quiet", &self.quiet);
    }
}

impl Presignable for Book {}

fn room(name: &str) -> Book {
    Book { room: Some(name.to_owned()), quiet: None }
}

fn rooms(script: &Script) -> Core {
    Core::new(&ROOMS, &config(script).build())
}

fn on(floor: &'static str) -> EndpointParameters {
    EndpointParameters::new().with("Floor", floor)
}

/// What is sent by a client that tells the rules this.
async fn sent(settings: EndpointParameters, request: Book) -> Sent {
    let script = Script::new([ok("")]);
    rooms(&script).with_endpoint_parameters(settings).ask(request).await.unwrap();
    script.only()
}

async fn refused(settings: EndpointParameters, request: Book) -> ClientError {
    let error = rooms(&Script::default()).with_endpoint_parameters(settings).ask(request).await.unwrap_err();
    let Error::Client(error) = error else { panic!("{error:?}") };
    error
}

fn scope(sent: &Sent) -> &str {
    let authorization = sent.header("authorization").unwrap();
    authorization.split_once("Credential=AKID/").unwrap().1.split_once(',').unwrap().0
}

#[tokio::test]
async fn rules_are_told_what_the_request_says() {
    assert_eq!(sent(EndpointParameters::new(), room("a")).await.uri, "https://ground.test/a/a%20b");
}

#[tokio::test]
async fn rules_are_told_the_clients_settings_and_a_request_goes_first() {
    assert_eq!(sent(on("third"), room("a")).await.uri, "https://third.test/a/a%20b");
    let settings = on("third").with("Room", "client");
    assert_eq!(sent(settings.clone(), Book::default()).await.uri, "https://third.test/client/a%20b");
    assert_eq!(sent(settings, room("request")).await.uri, "https://third.test/request/a%20b");
}

#[tokio::test]
async fn what_rules_refuse_is_not_sent() {
    let error = refused(EndpointParameters::new(), Book::default()).await;
    assert_eq!(error.kind(), ClientErrorKind::Construction);
    assert!(error.to_string().contains("no room on ground"), "{error}");
}

#[tokio::test]
async fn an_endpoint_says_what_requests_are_signed_for_and_which_headers_they_have() {
    let sent = sent(on("first"), room("a")).await;
    assert_eq!(scope(&sent), "20231114/eu-north-1/halls/aws4_request");
    let floors: Vec<&str> = sent.headers.get_all("x-floor").iter().map(|value| value.to_str().unwrap()).collect();
    assert_eq!(floors, ["first", "us-west-2!"]);
}

#[tokio::test]
async fn an_endpoint_that_says_nothing_of_it_is_signed_for_as_usual() {
    assert_eq!(scope(&sent(on("third"), room("a")).await), "20231114/us-west-2/rooms/aws4_request");
}

#[tokio::test]
async fn the_path_is_signed_as_it_is_where_the_endpoint_wants_it() {
    static ONCE: EndpointRules = EndpointRules::new(
        &[],
        &[otherwise().endpoint("https://same.test").auth_schemes(&[scheme("sigv4").disable_double_encoding(true)])],
    );
    static TWICE: EndpointRules = EndpointRules::new(&[], &[otherwise().endpoint("https://same.test")]);
    static SERVICES: [ServiceInfo; 2] = [
        ServiceInfo { name: "Rooms", version: "1", signing_name: "rooms", endpoint: &ONCE, ..ServiceInfo::PLAIN },
        ServiceInfo { name: "Rooms", version: "1", signing_name: "rooms", endpoint: &TWICE, ..ServiceInfo::PLAIN },
    ];
    let mut signatures = Vec::new();
    for service in &SERVICES {
        let script = Script::new([ok("")]);
        let layer = crate::client::tests::config(&script).build();
        Core::new(service, &layer).ask(room("a")).await.unwrap();
        signatures.push(script.only().header("authorization").unwrap().to_owned());
    }
    let signature = |text: &String| text.split_once("Signature=").unwrap().1.to_owned();
    assert_ne!(signature(&signatures[0]), signature(&signatures[1]));
}

#[tokio::test]
async fn an_endpoint_may_want_no_signature() {
    let sent = sent(EndpointParameters::new(), Book { quiet: Some(true), ..Book::default() }).await;
    assert_eq!((sent.uri.host(), sent.header("authorization")), (Some("quiet.test"), None));
}

#[cfg(not(feature = "sigv4a"))]
#[tokio::test]
async fn an_endpoint_that_wants_what_nobody_knows_is_not_called() {
    let error = refused(on("global"), room("a")).await;
    assert!(format!("{error:?}{error}").contains("sigv4a"), "{error}");
}

#[cfg(feature = "sigv4a")]
#[tokio::test]
async fn a_request_may_be_signed_for_several_regions() {
    let sent = sent(on("global"), room("a")).await;
    assert!(sent.header("authorization").unwrap().starts_with("AWS4-ECDSA-P256-SHA256 Credential=AKID/20231114/halls/"));
    assert_eq!(sent.header("x-amz-region-set"), Some("*"));
}

async fn sent_of_account(account: &'static str, mode: Option<AccountIdEndpointMode>) -> Result<Sent, Error> {
    let script = Script::new([ok("")]);
    let credentials =
        Credentials::builder().access_key_id("AKID").secret_access_key("secret").account_id(account).provider_name("test");
    let mut config = config(&script).credentials_provider(SharedCredentialsProvider::new(credentials.build()));
    config.set_account_id_endpoint_mode(mode);
    Core::new(&ROOMS, &config.build()).ask(room("a")).await?;
    Ok(script.only())
}

#[tokio::test]
async fn credentials_say_whose_account_it_is_unless_that_is_disabled() {
    assert_eq!(sent_of_account("123456789012", None).await.unwrap().uri.host(), Some("123456789012.preferred.test"));
    let required = sent_of_account("123456789012", Some(AccountIdEndpointMode::Required)).await.unwrap();
    assert_eq!(required.uri.host(), Some("123456789012.required.test"));
    let disabled = sent_of_account("123456789012", Some(AccountIdEndpointMode::Disabled)).await.unwrap();
    assert_eq!(disabled.uri.host(), Some("ground.test"));
}

#[tokio::test]
async fn an_account_that_is_no_label_of_a_host_is_refused() {
    for account in ["evil.test/", "a@b", "a b", ""] {
        let error = sent_of_account(account, None).await.unwrap_err();
        assert!(error.to_string().contains("is not a label of a host"), "{account}: {error}");
    }
}

#[tokio::test]
async fn rules_may_say_themselves_what_is_wrong_with_an_account() {
    let error = sent_of_account("no body", None).await.unwrap_err();
    assert!(error.to_string().contains("nobody has a room"), "{error}");
}

#[tokio::test]
async fn a_request_does_not_make_another_url_of_its_endpoint() {
    for name in ["a@evil", "evil.test?", "evil.test#", "evil.test/..", "evil.test//", "evil test", "é"] {
        let error = refused(on("raw"), room(name)).await;
        assert_eq!(error.kind(), ClientErrorKind::Construction, "{name}: {error}");
    }
}

#[tokio::test]
async fn rules_are_asked_for_presigned_requests_too() {
    let request = rooms(&Script::default())
        .with_endpoint_parameters(on("first"))
        .ask(room("a"))
        .presigned(std::time::Duration::from_secs(60))
        .await
        .unwrap();
    assert_eq!(request.uri().host(), Some("first.test"));
    assert!(request.uri().query().unwrap().contains("eu-north-1%2Fhalls"), "{}", request.uri());
}
