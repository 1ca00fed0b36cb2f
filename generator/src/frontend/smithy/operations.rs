//! Operations.

use super::ast::{AstKind, AstShape, Reference, shape_name};
use super::auth::Schemes;
use super::check::{check_host_prefix, check_labels};
use super::documentation::lower_documentation;
use super::paginated::lower_paginator;
use super::traits::Traits;
use super::waitable::WAITABLE;
use super::{Definitions, discovery, prelude};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::checksum::lower_checksums;
use crate::frontend::endpoints::{lower_operation_context, lower_static_context};
use crate::frontend::host::lower_host_prefix;
use crate::frontend::http::{lower_gzip, lower_method, lower_success_status, lower_uri};
use crate::frontend::operations::report_repeated_error;
use crate::frontend::speech::Speech;
use crate::ir::{ContextParameter, HostPrefix, HttpBinding, Operation, ShapeId};
use std::collections::{BTreeMap, BTreeSet};

/// What lowering operations needs.
pub(super) struct Lowering<'m, 'j> {
    /// The service.
    pub(super) service: &'m AstShape<'j>,
    /// All shapes.
    pub(super) definitions: &'m Definitions<'j>,
    /// What the shapes of the closure are called.
    pub(super) names: &'m BTreeMap<&'j str, ShapeId>,
    /// What counts for the service's protocols.
    pub(super) speech: Speech,
    /// How requests can be authenticated.
    pub(super) schemes: Schemes,
}

impl<'j> Lowering<'_, 'j> {
    /// Lowers operations.
    pub(super) fn run(&self, ids: &BTreeSet<&'j str>, diagnostics: &mut Diagnostics) -> BTreeMap<String, Operation> {
        let mut operations = BTreeMap::new();
        let describing = discovery::lower_service(self.service, ids, diagnostics);
        for id in ids {
            let Some(operation) = self.definitions.shapes.get(id) else { continue };
            let name = shape_name(id);
            let Some(mut lowered) = self.lower(name, operation, diagnostics) else { continue };
            lowered.discovery = describing.as_ref().and_then(|it| it.of(id, &lowered, diagnostics)).or(lowered.discovery);
            if operations.insert(name.to_owned(), lowered).is_some() {
                let help = "an operation cannot be renamed: drop one of them";
                diagnostics.error(&operation.place, format!("several operations are called `{name}`"), help);
            }
        }
        operations
    }

    fn lower(&self, name: &str, operation: &AstShape<'j>, diagnostics: &mut Diagnostics) -> Option<Operation> {
        let mut traits = operation.traits.clone();
        let input = operation.message("input");
        let http = self.lower_http(operation, &mut traits, diagnostics);
        let host_prefix = self.lower_endpoint(input, &mut traits, diagnostics);
        let lowered_input = self.lower_message(input, diagnostics);
        let output = self.lower_message(operation.message("output"), diagnostics);
        let errors = self.lower_errors(operation, diagnostics);
        let paginated = traits.take("paginated");
        let paginator = paginated.and_then(|it| lower_paginator(&it, self.service, diagnostics));
        // Read beside the operations.
        traits.take(WAITABLE);
        let idempotent = traits.flag("idempotent", diagnostics);
        let readonly = traits.flag("readonly", diagnostics);
        let checksum = traits.object("aws.protocols#httpChecksum", diagnostics);
        let checksum_required = traits.flag("httpChecksumRequired", diagnostics);
        let (request_checksum, response_checksum) = lower_checksums(checksum, checksum_required, diagnostics);
        let compression = traits.object("requestCompression", diagnostics);
        let gzip = compression.is_some_and(|compression| lower_gzip(compression, diagnostics));
        let auth = self.schemes.lower_operation(&mut traits, diagnostics);
        let context = lower_context(&mut traits, diagnostics);
        let discovery = discovery::lower_operation(&mut traits, diagnostics);
        let documentation = lower_documentation(&mut traits, diagnostics);
        traits.finish(diagnostics);
        Some(Operation {
            name: name.to_owned(),
            http: http?,
            input: lowered_input,
            output,
            errors,
            paginator,
            auth,
            idempotent,
            readonly,
            host_prefix,
            context,
            request_checksum,
            response_checksum,
            discovery,
            gzip,
            documentation,
            place: operation.place.clone(),
        })
    }

    /// `smithy.api#http`, if it counts, with a member for each of its labels.
    fn lower_http(
        &self,
        operation: &AstShape<'j>,
        traits: &mut Traits<'j>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Option<HttpBinding>> {
        if !self.speech.binds_http {
            traits.take("http");
            return Some(None);
        }
        let (http, uri_place) = lower_http(operation, traits, diagnostics)?;
        let input = operation.message("input").and_then(|input| self.definitions.target(input));
        check_labels(&http.uri, &uri_place, input, diagnostics);
        Some(Some(http))
    }

    /// `smithy.api#endpoint`, whose labels members of the input fill.
    fn lower_endpoint(
        &self,
        input: Option<&Reference<'j>>,
        traits: &mut Traits<'j>,
        diagnostics: &mut Diagnostics,
    ) -> Option<HostPrefix> {
        let mut endpoint = traits.object("endpoint", diagnostics)?;
        let place = endpoint.at("hostPrefix");
        let prefix = endpoint.required_string("hostPrefix", diagnostics);
        endpoint.finish_read(diagnostics);
        let prefix = lower_host_prefix(prefix?, &place, diagnostics)?;
        let input = input.and_then(|input| self.definitions.target(input));
        check_host_prefix(&prefix, &place, input, self.definitions, diagnostics);
        Some(prefix)
    }

    fn lower_message(&self, reference: Option<&Reference<'j>>, diagnostics: &mut Diagnostics) -> Option<ShapeId> {
        let reference = reference?;
        if self.definitions.resolve(reference, diagnostics)?.kind != AstKind::Structure {
            let message = format!("`{}` is not a structure", reference.target);
            diagnostics.error(&reference.place, message, "an operation takes and answers structures");
        }
        self.names.get(reference.target).cloned()
    }

    /// The operation's errors, and after them those that all operations of the service have.
    fn lower_errors(&self, operation: &AstShape<'j>, diagnostics: &mut Diagnostics) -> Vec<ShapeId> {
        let mut errors = Vec::new();
        let mut seen = BTreeSet::new();
        let own = operation.references("errors").map(|reference| (reference, true));
        for (reference, is_own) in own.chain(self.service.references("errors").map(|reference| (reference, false))) {
            let Some(target) = self.definitions.resolve(reference, diagnostics) else { continue };
            if target.kind != AstKind::Structure || !target.traits.has("error") || reference.target == prelude::UNIT {
                let help = "give the structure the trait `smithy.api#error`, or drop it from the errors";
                diagnostics.error(&reference.place, format!("`{}` is not an error", reference.target), help);
            }
            let Some(error) = self.names.get(reference.target) else { continue };
            if seen.insert(error) {
                errors.push(error.clone());
            } else if is_own {
                report_repeated_error(error, &reference.place, diagnostics);
            }
        }
        errors
    }
}

/// What an operation tells the endpoint rules, beside its members.
fn lower_context(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Vec<ContextParameter> {
    let fixed = traits.object("smithy.rules#staticContextParams", diagnostics);
    let fixed = fixed.map(|it| lower_static_context(it, diagnostics)).unwrap_or_default();
    let found = traits.object("smithy.rules#operationContextParams", diagnostics);
    let found = found.map(|it| lower_operation_context(it, diagnostics)).unwrap_or_default();
    [fixed, found].concat()
}

/// `smithy.api#http`, and where its URI stands.
fn lower_http(operation: &AstShape<'_>, traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<(HttpBinding, Place)> {
    if !traits.has("http") {
        let help = "add it: the service's protocol needs a method and a URI";
        diagnostics.error(&operation.place, "the operation has no trait `smithy.api#http`", help);
        return None;
    }
    let mut http = traits.object("http", diagnostics)?;
    let method = http.required_string("method", diagnostics);
    let method = method.and_then(|name| lower_method(name, &http.at("method"), diagnostics));
    let uri = http.required_string("uri", diagnostics);
    let uri_place = http.at("uri");
    let uri = uri.and_then(|text| lower_uri(text, &uri_place, diagnostics));
    let code = http.unsigned("code", diagnostics).unwrap_or(200);
    let status = lower_success_status(code, &http.at("code"), diagnostics);
    http.finish_read(diagnostics);
    Some((HttpBinding { method: method?, uri: uri?, status: status? }, uri_place))
}
