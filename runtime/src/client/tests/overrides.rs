//! What one call can have of its own.

use super::desk::*;
use super::script::{Script, answer, ok};
use super::*;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use aws_smithy_types::retry::RetryConfig;
use aws_types::endpoint_config::UseFips;

#[tokio::test]
async fn headers_are_sent_signed_and_in_place_of_the_clients() {
    let script = Script::new([ok("{}")]);
    let request = UpdateContact::new("1").trace("client");
    client(&script).ask(request).header("x-trace", "call").header("x-many", "1").header("x-many", "2").await.unwrap();
    let sent = script.only();
    let all = |name| sent.headers.get_all(name).iter().map(|it| it.to_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(all("x-trace"), ["call"]);
    assert_eq!(all("x-many"), ["1", "2"]);
    assert!(sent.header("authorization").unwrap().contains("x-trace"));
}

#[tokio::test]
async fn a_region_is_where_the_call_goes_and_what_it_is_signed_for() {
    let script = Script::new([ok("")]);
    client(&script).ask(OpenDesk {}).region("eu-west-1").await.unwrap();
    let sent = script.only();
    assert_eq!(sent.uri.host(), Some("desk.eu-west-1.amazonaws.com"));
    assert!(sent.header("authorization").unwrap().contains("/eu-west-1/desk/"));
}

#[tokio::test]
async fn an_endpoint_url_is_where_the_call_goes() {
    let script = Script::new([ok("")]);
    client(&script).ask(OpenDesk {}).endpoint_url("http://localhost:1").await.unwrap();
    assert_eq!(script.only().uri, "http://localhost:1/desk");
}

#[tokio::test]
async fn credentials_are_the_calls_alone() {
    let script = Script::new([ok(""), ok(""), ok("")]);
    let client = client(&script);
    client.ask(OpenDesk {}).await.unwrap();
    client.ask(OpenDesk {}).credentials(credentials("GUEST")).await.unwrap();
    client.ask(OpenDesk {}).await.unwrap();
    let signers: Vec<_> = script
        .sent()
        .iter()
        .map(|sent| sent.header("authorization").unwrap().split(['=', '/']).nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(signers, ["AKID", "GUEST", "AKID"]);
}

#[tokio::test(start_paused = true)]
async fn retries_are_turned_off() {
    let script = Script::new([answer(503, "")]);
    client(&script).ask(OpenDesk {}).retry(RetryConfig::disabled()).await.unwrap_err();
    assert_eq!(script.sent().len(), 1);
}

#[tokio::test]
async fn a_plugin_configures_what_has_no_setter() {
    let mut layer = Layer::new("fips");
    layer.store_put(UseFips(true));
    let script = Script::new([ok("")]);
    client(&script).ask(OpenDesk {}).plugin(StaticRuntimePlugin::new().with_config(layer.freeze())).await.unwrap();
    assert_eq!(script.only().uri.host(), Some("desk-fips.us-west-2.amazonaws.com"));
}

#[derive(Debug)]
struct Stamp(&'static str);

#[dyn_dispatch_hint]
impl Intercept for Stamp {
    fn name(&self) -> &'static str {
        "Stamp"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        context.request_mut().headers_mut().append("x-stamp", self.0);
        Ok(())
    }
}

#[tokio::test]
async fn interceptors_run_for_every_call_or_for_one() {
    let script = Script::new([ok(""), ok("")]);
    let client = client(&script).with_interceptor(Stamp("every"));
    client.ask(OpenDesk {}).interceptor(Stamp("one")).await.unwrap();
    client.ask(OpenDesk {}).await.unwrap();
    let stamps: Vec<Vec<_>> = script
        .sent()
        .iter()
        .map(|sent| sent.headers.get_all("x-stamp").iter().map(|it| it.to_str().unwrap().to_owned()).collect())
        .collect();
    assert_eq!(stamps, [vec!["every", "one"], vec!["every"]]);
}
