//! The trait: one method per operation.

use super::docs;
use crate::rust::plan::{Operation, Plan};
use crate::rust::visible::plain;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit_service(plan: &Plan) -> TokenStream {
    let name = plan.service.name.name();
    let docs = docs::outer(&[
        format!("{}: one method per operation.", plain(&plan.service.title)),
        String::new(),
        "The client implements it over HTTPS, the server serves any implementation of it, and a test fakes it. An operation that"
            .to_owned(),
        "is not implemented answers so: methods that a newer model adds break nobody. Write the others as `async fn`.".to_owned(),
    ]);
    let methods = plan.operations.iter().map(emit_method);
    quote! {
        #docs
        pub trait #name: Send + Sync + 'static {
            #(#methods)*
        }
    }
}

fn emit_method(operation: &Operation) -> TokenStream {
    let (method, request) = (&operation.method, &operation.request.name);
    let response = &operation.response.name;
    let docs = docs::outer(&[operation.docs.clone(), error_docs(operation)].concat());
    quote! {
        #docs
        fn #method(&self, request: #request) -> impl Future<Output = Result<#response, crate::Error>> + Send {
            rt::not_implemented(request)
        }
    }
}

/// The type that an operation answers.
fn error_docs(operation: &Operation) -> Vec<String> {
    let links: Vec<String> = operation.errors.iter().map(|error| format!("[`{0}`](Error::{0})", error.variant)).collect();
    if links.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), "# Errors".to_owned(), String::new()];
    lines.extend(docs::wrapped(&format!("{}.", links.join(", "))));
    lines
}
