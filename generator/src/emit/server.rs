//! The server crate: one line per operation; the runtime's macro does the rest.

use super::{Job, docs};
use crate::config::Role;
use crate::rust::names::Name;
use crate::rust::plan::Plan;
use crate::rust::visible::plain;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn jobs(plan: &Plan) -> Vec<Job<'_>> {
    vec![Job::rust(plan, Role::Server, &[], || emit_lib(plan))]
}

fn emit_lib(plan: &Plan) -> TokenStream {
    let (api, service) = (plan.home.api(&plan.service.key, 0).import_api(), plan.service.name.name());
    let docs = docs::inner(&[
        format!("{}: serves any implementation of [`{service}`](api::{service}).", plain(&plan.service.title)),
        String::new(),
        "[`Server`] is a `tower::Service`: it runs under hyper, in axum's `fallback_service`, in a Lambda adapter.".to_owned(),
    ]);
    let of_server = docs::outer(&[format!(
        "Serves an implementation of [`{service}`](api::{service}) as a `tower::Service`. Cheap to clone."
    )]);
    let lines = plan.operations.iter().map(|operation| {
        let (method, request) = (&operation.method, operation.request.name.name());
        quote!(#method(api::#request),)
    });
    let protocols: Vec<Name> = plan.service.protocols.iter().map(|protocol| Name::new(protocol)).collect();
    quote! {
        #docs
        #![forbid(unsafe_code)]

        #api
        #(use smithwright_runtime::protocol::#protocols;)*

        smithwright_runtime::server! {
            #of_server
            api::#service, api::Error, [#(#protocols),*];
            #(#lines)*
        }
    }
}
