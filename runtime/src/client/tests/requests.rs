//! What goes over the wire.

use super::desk::*;
use super::script::{Script, ok};
use super::*;

#[tokio::test]
async fn members_travel_where_they_are_bound_to() {
    let script = Script::new([ok(r#"{"Name":"Ada"}"#)]);
    let request = UpdateContact::new("a/b c").trace("t1").name("Ada").client_token("7");
    let contact = client(&script).ask(request).await.unwrap();
    assert_eq!(contact.name.as_deref(), Some("Ada"));

    let sent = script.only();
    assert_eq!(sent.method, "POST");
    assert_eq!(sent.uri, "https://desk.us-west-2.amazonaws.com/contacts/a%2Fb%20c");
    assert_eq!(sent.header("x-trace"), Some("t1"));
    assert_eq!(sent.body, r#"{"Name":"Ada","ClientToken":"7"}"#);
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("content-length"), Some("32"));
}

#[tokio::test]
async fn a_list_in_the_query_is_a_parameter_each() {
    let script = Script::new([ok("{}")]);
    client(&script).ask(ListContacts::default().states(["NEW", "A&B"])).await.unwrap();
    assert_eq!(script.only().uri.query(), Some("state=NEW&state=A%26B"));
}

#[tokio::test]
async fn without_a_body_there_is_no_content_type() {
    let script = Script::new([ok(""), ok("")]);
    let client = client(&script);
    client.ask(OpenDesk {}).await.unwrap();
    client.ask(CloseDesk {}).await.unwrap();
    let [put, delete] = &script.sent()[..] else { panic!() };
    assert_eq!((put.header("content-type"), put.header("content-length")), (None, Some("0")));
    assert_eq!((delete.header("content-type"), delete.header("content-length")), (None, None));
}

#[tokio::test]
async fn requests_are_signed_for_service_and_region_at_the_configured_time() {
    let script = Script::new([ok("")]);
    client(&script).ask(OpenDesk {}).await.unwrap();
    let sent = script.only();
    let authorization = sent.header("authorization").unwrap();
    assert!(
        authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKID/20231114/us-west-2/desk/aws4_request, "),
        "{authorization}"
    );
    assert_eq!(sent.header("x-amz-date"), Some("20231114T221320Z"));
}

#[tokio::test]
async fn the_user_agent_names_runtime_api_project_app_and_frameworks() {
    let script = Script::new([ok("")]);
    let config = config(&script)
        .app_name(aws_types::app_name::AppName::new("switchboard").unwrap())
        .framework_metadata(aws_types::sdk_ua_metadata::FrameworkMetadata::new("loom", Some("3")).unwrap());
    Core::new(&DESK, &config.build()).ask(OpenDesk {}).await.unwrap();
    let sent = script.only();
    let agent = sent.header("x-amz-user-agent").unwrap();
    let own = concat!("lib/smithwright/", env!("CARGO_PKG_VERSION"));
    for part in ["aws-sdk-rust/", "2017-08-08", own, "lib/loom/3", "app/switchboard"] {
        assert!(agent.contains(part), "{part} in {agent}");
    }
}

#[tokio::test]
async fn every_request_has_an_invocation_id_and_an_attempt() {
    let script = Script::new([ok("")]);
    client(&script).ask(OpenDesk {}).await.unwrap();
    let sent = script.only();
    assert!(sent.header("amz-sdk-invocation-id").is_some());
    assert!(sent.header("amz-sdk-request").unwrap().contains("attempt=1"));
}

#[tokio::test]
async fn fips_and_dual_stack_are_put_to_the_rules() {
    let script = Script::new([ok("")]);
    Core::new(&DESK, &config(&script).use_fips(true).use_dual_stack(true).build()).ask(OpenDesk {}).await.unwrap();
    assert_eq!(script.only().uri.host(), Some("desk-fips.us-west-2.api.aws"));
}

#[tokio::test]
async fn an_endpoint_url_keeps_its_path() {
    let script = Script::new([ok("")]);
    Core::new(&DESK, &config(&script).endpoint_url("http://localhost:8080/aws").build()).ask(OpenDesk {}).await.unwrap();
    assert_eq!(script.only().uri, "http://localhost:8080/aws/desk");
}

#[tokio::test]
async fn the_environment_may_name_an_endpoint_for_the_service() {
    #[derive(Debug)]
    struct Environment;
    impl aws_types::service_config::LoadServiceConfig for Environment {
        fn load_config(&self, key: aws_types::service_config::ServiceConfigKey<'_>) -> Option<String> {
            assert_eq!((key.service_id(), key.env(), key.profile()), ("Front Desk", "AWS_ENDPOINT_URL", "endpoint_url"));
            Some("http://desk.test".to_owned())
        }
    }
    let script = Script::new([ok("")]);
    Core::new(&DESK, &config(&script).service_config(Environment).build()).ask(OpenDesk {}).await.unwrap();
    assert_eq!(script.only().uri, "http://desk.test/desk");
}

#[tokio::test]
async fn a_token_is_a_random_uuid() {
    let script = Script::new([ok("{}"), ok("{}")]);
    let client = client(&script);
    client.ask(UpdateContact::new("1")).await.unwrap();
    client.ask(UpdateContact::new("1")).await.unwrap();
    let token = |sent: &super::script::Sent| {
        let (_, token) = sent.body.split_once(r#"{"ClientToken":""#).unwrap();
        uuid::Uuid::parse_str(token.trim_end_matches("\"}")).unwrap()
    };
    let [first, second] = &script.sent()[..] else { panic!() };
    assert_eq!(token(first).get_version_num(), 4);
    assert_ne!(token(first), token(second));
}

#[tokio::test]
async fn tokens_can_be_made_elsewhere_and_brought_along() {
    let script = Script::new([ok("{}"), ok("{}")]);
    let client = client(&script).with_token_provider(|| "made".to_owned());
    client.ask(UpdateContact::new("1")).await.unwrap();
    client.ask(UpdateContact::new("1").client_token("brought")).await.unwrap();
    let bodies: Vec<_> = script.sent().into_iter().map(|sent| sent.body).collect();
    assert_eq!(bodies, [r#"{"ClientToken":"made"}"#, r#"{"ClientToken":"brought"}"#]);
}

#[tokio::test]
async fn a_client_implements_a_trait_of_futures_that_travel() {
    trait Desk: Send + Sync + 'static {
        fn open_desk(&self, request: OpenDesk) -> impl Future<Output = Result<(), Error>> + Send;
    }
    struct Client(Core);
    impl Desk for Client {
        fn open_desk(&self, request: OpenDesk) -> impl Future<Output = Result<(), Error>> + Send {
            self.0.ask(request).send()
        }
    }
    let script = Script::new([ok("")]);
    let client = Client(client(&script));
    tokio::spawn(async move { client.open_desk(OpenDesk {}).await }).await.unwrap().unwrap();
    assert_eq!(script.only().method, "PUT");
}
