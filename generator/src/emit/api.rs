//! The API crate: types, the service's one error, the trait, the wire codec.

mod enumeration;
mod error;
mod expression;
mod operation;
mod pattern;
mod service;
mod structure;
mod union;
mod validate;
mod wire;

use super::{Job, docs};
use crate::config::Role;
use crate::rust::names::Name;
use crate::rust::plan::{Operation, Plan, TypeItem, TypeKind};
use crate::rust::visible::plain;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn jobs(plan: &Plan) -> Vec<Job<'_>> {
    let mut jobs = vec![
        Job::rust(plan, Role::Api, &[], || emit_lib(plan)),
        Job::rust(plan, Role::Api, &["error"], || error::emit_error(plan)),
        Job::rust(plan, Role::Api, &["operation"], || emit_operation_modules(plan)),
        Job::rust(plan, Role::Api, &["pattern"], || pattern::emit_patterns(plan)),
        Job::rust(plan, Role::Api, &["service"], || service::emit_service(plan)),
    ];
    if !plan.types.is_empty() {
        jobs.push(Job::rust(plan, Role::Api, &["types"], || emit_type_modules(plan)));
    }
    jobs.extend(plan.operations.iter().map(|operation| {
        Job::rust(plan, Role::Api, &["operation", &operation.module], move || operation::emit_operation(operation))
    }));
    jobs.extend(plan.types.iter().map(|item| Job::rust(plan, Role::Api, &["types", &item.module], move || emit_type(item))));
    jobs
}

fn emit_lib(plan: &Plan) -> TokenStream {
    let service = &plan.service;
    let name = service.name.name();
    let docs = docs::inner(&[
        format!("{} ({}): what its client, its server and a fake of it share.", plain(&service.title), plain(&service.version)),
        String::new(),
        format!(
            "[`{name}`] has one method per operation. Requests are values with one setter per member; every operation fails with"
        ),
        "[`Error`]. The codec comes with the types and knows both directions.".to_owned(),
    ]);
    let has_types = !plan.types.is_empty();
    let types = has_types.then(|| {
        quote! {
            #[rustfmt::skip]
            mod types;
        }
    });
    let exports = has_types.then(|| {
        quote! {
            pub use types::*;
        }
    });
    let runtime = match &service.exports {
        None => quote!(*),
        Some(names) => quote!({#(#names),*}),
    };
    quote! {
        #docs
        #![forbid(unsafe_code)]

        #[rustfmt::skip]
        mod error;
        #[rustfmt::skip]
        mod operation;
        #[rustfmt::skip]
        mod pattern;
        #[rustfmt::skip]
        mod service;
        #types

        pub use error::Error;
        pub use operation::*;
        pub use service::#name;
        pub use smithwright_runtime::api::#runtime;
        #exports
    }
}

fn emit_operation_modules(plan: &Plan) -> TokenStream {
    let modules = plan.operations.iter().map(|operation| Name::new(&operation.module));
    let exports = plan.operations.iter().map(|operation| {
        let module = Name::new(&operation.module);
        let names = emit_names(&operation_types(operation));
        quote!(pub use #module::#names;)
    });
    let docs = docs::inner(&["Requests and responses, by operation."]);
    quote! {
        #docs
        #(mod #modules;)*
        #(#exports)*
    }
}

fn operation_types(operation: &Operation) -> Vec<Name> {
    [&operation.request, &operation.response].into_iter().flat_map(structure::public_names).collect()
}

fn emit_type_modules(plan: &Plan) -> TokenStream {
    let modules = plan.types.iter().map(|item| Name::new(&item.module));
    let exports = plan.types.iter().map(|item| {
        let module = Name::new(&item.module);
        let names = match &item.kind {
            TypeKind::Structure(structure) => structure::public_names(structure),
            TypeKind::Union(_) | TypeKind::Enumeration(_) | TypeKind::IntegerEnumeration(_) => {
                vec![item.kind.name().name().clone()]
            }
        };
        let names = emit_names(&names);
        quote!(pub use #module::#names;)
    });
    let docs = docs::inner(&["Structures, unions, enums and errors."]);
    quote! {
        #docs
        #(mod #modules;)*
        #(#exports)*
    }
}

fn emit_type(item: &TypeItem) -> TokenStream {
    match &item.kind {
        TypeKind::Structure(structure) => structure::emit_structure_file(structure),
        TypeKind::Union(union) => union::emit_union(union),
        TypeKind::Enumeration(enumeration) => enumeration::emit_enumeration(enumeration),
        TypeKind::IntegerEnumeration(enumeration) => enumeration::emit_integer_enumeration(enumeration),
    }
}

/// `Name` or `{A, B}`.
fn emit_names(names: &[Name]) -> TokenStream {
    match names {
        [name] => quote!(#name),
        names => quote!({#(#names),*}),
    }
}
