//! The server crate: a line an operation; the runtime's macro does the rest.

use super::client::api_crate;
use super::{Job, docs};
use crate::render::{Body, Invocation, Source};
use crate::rust::plan::Plan;
use quote::quote;

pub(super) fn jobs(plan: &Plan) -> Vec<Job<'_>> {
    vec![Job::source("server/src/lib.rs".to_owned(), plan, || emit_lib(plan))]
}

fn emit_lib(plan: &Plan) -> Source {
    let api = api_crate(plan);
    let service = &plan.service;
    let name = &service.name;
    let docs = docs::inner(&[
        format!("{}: serves any implementation of [`{name}`].", service.title),
        String::new(),
        "[`Server`] is a `tower::Service`: it runs under hyper, in axum's `fallback_service`, in a Lambda adapter.".to_owned(),
    ]);
    let uses = quote! {
        #docs
        use #api::*;
    };
    Source::new().items(uses).invocation(Invocation {
        name: "smithwright_runtime::server",
        head: format!("/// Serves an implementation of [`{name}`] as a `tower::Service`. Cheap to clone.\n{name}, Error"),
        body: Body::Lines(
            plan.operations.iter().map(|operation| format!("{}({}),", operation.method, operation.request.name)).collect(),
        ),
    })
}
