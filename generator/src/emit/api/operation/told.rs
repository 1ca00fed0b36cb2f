//! What a request tells the endpoint rules.

use crate::ir::ParameterValue;
use crate::rust::plan::{Step, Told, ToldValue};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn emit_told(told: &[Told]) -> Option<TokenStream> {
    let lines = told.iter().map(emit_line);
    (!told.is_empty()).then(|| {
        quote! {
            fn tell_endpoint(&self, endpoint: &mut rt::EndpointParameters) {
                #(#lines)*
            }
        }
    })
}

fn emit_line(told: &Told) -> TokenStream {
    let name = &told.parameter;
    match &told.value {
        ToldValue::Static(ParameterValue::Boolean(value)) => quote!(endpoint.set(#name, #value);),
        ToldValue::Static(ParameterValue::String(text)) => quote!(endpoint.set(#name, #text);),
        ToldValue::Static(ParameterValue::StringArray(texts)) => quote!(endpoint.set(#name, [#(#texts),*]);),
        ToldValue::Field(field) => quote!(endpoint.tell(#name, &self.#field);),
        ToldValue::First(steps) => {
            let values = emit_values(steps);
            quote!(endpoint.tell_first(#name, #values);)
        }
        ToldValue::All(steps) => {
            let values = emit_values(steps);
            quote!(endpoint.tell_all(#name, #values);)
        }
    }
}

/// The values at a path, as an iterator of references.
fn emit_values(steps: &[Step]) -> TokenStream {
    let mut values = Values::One(quote!(self));
    for step in steps {
        values = values.step(step);
    }
    match values {
        Values::One(value) => quote!([&#value]),
        Values::Some(values) => values,
    }
}

/// What a path leads to so far.
enum Values {
    /// One value, which is there.
    One(TokenStream),
    /// An iterator of references.
    Some(TokenStream),
}

impl Values {
    fn step(self, step: &Step) -> Self {
        match (self, step) {
            (Self::One(value), Step::Field { name, optional: false }) => Self::One(quote!(#value.#name)),
            (Self::One(value), Step::Field { name, optional: true }) => Self::Some(quote!(#value.#name.iter())),
            (Self::One(value), Step::Elements { sparse: false }) => Self::Some(quote!(#value.iter())),
            (Self::One(value), Step::Elements { sparse: true }) => Self::Some(quote!(#value.iter().flatten())),
            (Self::One(value), Step::Keys) => Self::Some(quote!(#value.keys())),
            (Self::Some(values), Step::Field { name, optional: false }) => Self::Some(quote!(#values.map(|it| &it.#name))),
            (Self::Some(values), Step::Field { name, optional: true }) => Self::Some(quote!(#values.flat_map(|it| &it.#name))),
            (Self::Some(values), Step::Elements { sparse: false }) => Self::Some(quote!(#values.flatten())),
            (Self::Some(values), Step::Elements { sparse: true }) => Self::Some(quote!(#values.flatten().flatten())),
            (Self::Some(values), Step::Keys) => Self::Some(quote!(#values.flat_map(|it| it.keys()))),
        }
    }
}
