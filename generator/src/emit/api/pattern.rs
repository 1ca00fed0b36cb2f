//! The patterns of the model, each once.

use super::docs;
use crate::rust::plan::{Check, Field, PatternStatic, Plan, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

pub(super) fn emit_patterns(plan: &Plan) -> TokenStream {
    let requests = plan.operations.iter().flat_map(|operation| &operation.request.fields);
    let types = plan.types.iter().flat_map(|item| match &item.kind {
        TypeKind::Structure(structure) if structure.validated => structure.fields.iter().collect(),
        TypeKind::Union(union) if union.validated => union.variants.iter().map(|variant| &variant.field).collect(),
        _ => Vec::new(),
    });
    let patterns: BTreeSet<&PatternStatic> = requests.chain(types).flat_map(patterns_of).collect();
    let docs = docs::inner(&["The patterns of the model, compiled when they are first needed."]);
    let statics = patterns.iter().map(|pattern| {
        let PatternStatic { name, regex, whole } = pattern;
        let kind = if *whole { quote!(whole) } else { quote!(part) };
        quote!(pub(crate) static #name: rt::Pattern = rt::Pattern::#kind(#regex);)
    });
    quote! {
        #docs
        #(#statics)*
    }
}

/// The patterns that a field is checked against.
fn patterns_of(field: &Field) -> Vec<&PatternStatic> {
    fn collect<'p>(checks: &'p [Check], patterns: &mut Vec<&'p PatternStatic>) {
        for check in checks {
            match check {
                Check::Pattern(pattern) => patterns.push(pattern),
                Check::Each(checks) | Check::Keys(checks) | Check::Values(checks) => collect(checks, patterns),
                Check::Length(..) | Check::Range(..) | Check::Unique | Check::Inside => {}
            }
        }
    }
    let mut patterns = Vec::new();
    collect(&field.checks, &mut patterns);
    patterns
}
