//! The client's waiters: one method each, and a function that judges answers.

use super::api;
use crate::emit::docs;
use crate::emit::lookup::emit_lookup;
use crate::ir::WaiterState;
use crate::rust::plan::{Cases, Judgement, Lookup, Plan, Waiter, WaiterBinding};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn emit_waiters(plan: &Plan) -> TokenStream {
    let api = api(plan).import_api();
    let methods = plan.waiters.iter().map(emit_method);
    let judges = plan.waiters.iter().map(emit_judge);
    let uses_all = plan.waiters.iter().any(|waiter| uses_all(&waiter.output));
    let all = uses_all.then(|| quote!(, all));
    quote! {
        use crate::Client;
        #api
        use smithwright_runtime::client::{Poll, State, Wait, WaitTimes #all};

        impl Client {
            #(#methods)*
        }

        #(#judges)*
    }
}

fn emit_method(waiter: &Waiter) -> TokenStream {
    let Waiter { name, method, judge, operation, request, docs, .. } = waiter;
    let docs = docs::outer(&docs::wrapped(docs));
    let request = request.name();
    let times = [waiter.min_delay, waiter.max_delay, waiter.max_wait].map(Literal::u64_unsuffixed);
    quote! {
        #docs
        #[inline]
        pub fn #method(&self, request: api::#request) -> Wait<'_, api::#request> {
            Wait::new(self.#operation(request), #name, WaitTimes::from_secs(#(#times),*), #judge)
        }
    }
}

fn emit_judge(waiter: &Waiter) -> TokenStream {
    let Waiter { judge, request, output, error, .. } = waiter;
    let request = request.name();
    let input = waiter.uses_input.then(|| quote!(let input = poll.request();));
    let output_name = if output.looks() { quote!(it) } else { quote!(_) };
    let error_name = if error.looks() { quote!(error) } else { quote!(_) };
    let (output, error) = (emit_judgement(output), emit_judgement(error));
    quote! {
        #[inline]
        fn #judge(poll: &Poll<'_, api::#request>) -> Option<State> {
            #input
            match poll.answer() {
                Ok(#output_name) => #output,
                Err(#error_name) => #error,
            }
        }
    }
}

fn emit_judgement(judgement: &Judgement) -> TokenStream {
    let Judgement { bindings, cases, otherwise } = judgement;
    let otherwise = emit_state(*otherwise);
    let judged = match cases {
        Cases::Match { subject, is_optional, arms } => {
            let subject = emit_lookup(subject);
            let arms = arms.iter().map(|(state, values)| {
                let state = emit_state(Some(*state));
                let values = values.iter().map(emit_lookup);
                let pattern = quote!(#(#values)|*);
                if *is_optional { quote!(Some(#pattern) => #state,) } else { quote!(#pattern => #state,) }
            });
            quote!(match #subject { #(#arms)* _ => #otherwise, })
        }
        Cases::Chain(cases) if cases.is_empty() => otherwise,
        Cases::Chain(cases) => {
            let cases = cases.iter().map(|(condition, state)| {
                let (condition, state) = (emit_lookup(condition), emit_state(Some(*state)));
                quote!(if #condition { #state } else)
            });
            let chain = quote!(#(#cases)* { #otherwise });
            if bindings.is_empty() { quote!({ #chain }) } else { chain }
        }
    };
    if bindings.is_empty() {
        return judged;
    }
    let bindings = bindings.iter().map(|WaiterBinding { name, lookup, is_closure }| {
        let lookup = emit_lookup(lookup);
        if *is_closure { quote!(let #name = || #lookup;) } else { quote!(let #name = #lookup;) }
    });
    quote!({ #(#bindings)* #judged })
}

fn emit_state(state: Option<WaiterState>) -> TokenStream {
    match state {
        None => quote!(None),
        Some(WaiterState::Success) => quote!(Some(State::Success)),
        Some(WaiterState::Failure) => quote!(Some(State::Failure)),
        Some(WaiterState::Retry) => quote!(Some(State::Retry)),
    }
}

fn uses_all(judgement: &Judgement) -> bool {
    let Cases::Chain(cases) = &judgement.cases else { return false };
    cases.iter().any(|(condition, _)| asks_for_all(condition))
}

/// Whether one of the conditions that it joins asks for all of something.
fn asks_for_all(condition: &Lookup) -> bool {
    match condition {
        Lookup::All(..) => true,
        Lookup::Or(left, right) => asks_for_all(left) || asks_for_all(right),
        _ => false,
    }
}
