//! What an operation says of where others are called.

use crate::emit::lookup::emit_lookup;
use crate::rust::plan::{Description, Operation};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit_description(operation: &Operation, description: &Description) -> TokenStream {
    let request = &operation.request.name;
    let [endpoints, address, minutes] = [&description.endpoints, &description.address, &description.minutes].map(emit_lookup);
    let question = description.question.as_ref().map(|(operation_field, identifiers)| {
        let others = (operation.request.fields.len() > 2).then(|| quote!(..Self::default()));
        quote! {
            fn about(operation: String, identifiers: ::std::collections::BTreeMap<String, String>) -> Self {
                Self { #operation_field: Some(operation), #identifiers: Some(identifiers), #others }
            }
        }
    });
    quote! {
        impl rt::DescribesEndpoints for #request {
            fn endpoints(response: &Self::Response) -> Vec<rt::DiscoveredEndpoint> {
                #endpoints.map(|it| rt::DiscoveredEndpoint::new(#address, #minutes)).collect()
            }

            #question
        }
    }
}
