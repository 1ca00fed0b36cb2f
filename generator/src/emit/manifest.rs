//! The crates' manifests.

use super::Job;
use crate::rust::plan::Plan;

pub(super) fn jobs(plan: &Plan) -> Vec<Job<'_>> {
    vec![
        Job::text("api/Cargo.toml", plan, "#", || api(plan)),
        Job::text("client/Cargo.toml", plan, "#", || client(plan)),
        Job::text("server/Cargo.toml", plan, "#", || server(plan)),
    ]
}

fn api(plan: &Plan) -> String {
    let description = format!("{}: requests, responses, errors, the trait and the wire codec.", plan.service.title);
    manifest(plan, "api", &description, "smithwright-runtime.workspace = true\n")
}

fn client(plan: &Plan) -> String {
    let key = &plan.service.key;
    let dependencies = format!(
        "{key}-api.workspace = true\nsmithwright-runtime = {{ workspace = true, features = [\"client\"] }}\n\n\
         [features]\ndefault = [\"tls\"]\n# HTTPS; without it, bring an HTTP client in the `SdkConfig`.\ntls = [\"smithwright-runtime/tls\"]\n"
    );
    manifest(plan, "client", &format!("{}: the client, over HTTPS.", plan.service.title), &dependencies)
}

fn server(plan: &Plan) -> String {
    let key = &plan.service.key;
    let dependencies =
        format!("{key}-api.workspace = true\nsmithwright-runtime = {{ workspace = true, features = [\"server\"] }}\n");
    manifest(plan, "server", &format!("{}: serves any implementation of the trait.", plan.service.title), &dependencies)
}

fn manifest(plan: &Plan, role: &str, description: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{}-{role}\"\ndescription = \"{description}\"\nversion.workspace = true\nedition.workspace = true\n\
         rust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n\n[lints]\nworkspace = true\n\n\
         [dependencies]\n{dependencies}",
        plan.service.key
    )
}
