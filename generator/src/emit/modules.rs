//! What is included where a service is wanted as modules of a crate: a module for each role.

use super::{Job, features};
use crate::config::Role;
use crate::home::INCLUDED;
use crate::rust::names::Name;
use crate::rust::plan::Plan;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn jobs(plan: &Plan) -> Vec<Job<'_>> {
    vec![Job::included(INCLUDED, plan, || emit_modules(plan))]
}

fn emit_modules(plan: &Plan) -> TokenStream {
    let roles = || [Role::Api, Role::Client, Role::Server].into_iter().filter(|role| plan.home.has(*role));
    let checks = roles().flat_map(|role| features::needed(&plan.service, role)).map(|feature| Name::new(feature.check()));
    let modules = roles().map(|role| Name::new(&role.to_string()));
    // A crate offers all that it has; a program that includes it uses a part. And it has lints of its own.
    quote! {
        #(smithwright_runtime::#checks! {})*

        #(
            #[allow(clippy::all, clippy::nursery, clippy::pedantic, dead_code, unreachable_pub, unused_imports)]
            pub mod #modules;
        )*
    }
}
