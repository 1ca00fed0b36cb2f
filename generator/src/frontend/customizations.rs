//! What AWS's own SDKs do for single services, beside what models say.
//!
//! This is the one place that knows services by name: it gives a model what it would have if there were traits for it. Whatever comes
//! behind the front ends sees [`Customizations`], and no names. A service whose model has not what an entry speaks of is none of those
//! that the entry is for, and stays as it is.

use crate::ir::{Binding, Customizations, Operation, Scalar, Service, Shape, ShapeId, ShapeKind};
use std::collections::BTreeMap;

/// What a service's clients do.
#[derive(Clone, Copy, Debug)]
enum Custom {
    /// Send a header with every request.
    Header(&'static str, Value),
    /// Send something else in place of an empty label.
    EmptyLabel(&'static str, &'static str),
    /// Call an operation at the URL that one of its members holds.
    EndpointMember(&'static str, &'static str),
    /// Presign an operation as `GET`, with the members of its body in the query.
    PresignInQuery(&'static str),
    /// Put nothing before hosts, whatever operations say: the endpoint rules do.
    NoHostPrefix,
}

/// The value of a header.
#[derive(Clone, Copy, Debug)]
enum Value {
    /// This text.
    Text(&'static str),
    /// The version of the API.
    Version,
}

/// Services, by their SDK ids.
const SERVICES: &[(&str, &[Custom])] = &[
    // Its answers are HAL otherwise.
    ("API Gateway", &[Custom::Header("accept", Value::Text("application/json"))]),
    // `-` is the account of whoever signs.
    ("Glacier", &[Custom::Header("x-amz-glacier-version", Value::Version), Custom::EmptyLabel("accountId", "-")]),
    ("Machine Learning", &[Custom::EndpointMember("Predict", "PredictEndpoint")]),
    ("Polly", &[Custom::PresignInQuery("SynthesizeSpeech")]),
    // The account would stand there twice, or where the rules do not want it.
    ("S3 Control", &[Custom::NoHostPrefix]),
];

/// The header of a tree hash, which tells what else a request needs.
const TREE_HASH: &str = "x-amz-sha256-tree-hash";

/// What clients of a service do. What operations say that they do not is dropped.
pub(super) fn of(
    service: &Service,
    operations: &mut BTreeMap<String, Operation>,
    shapes: &BTreeMap<ShapeId, Shape>,
) -> Customizations {
    let mut customizations = Customizations::default();
    let own = SERVICES.iter().filter(|(sdk_id, _)| *sdk_id == service.sdk_id).flat_map(|(_, own)| *own);
    for custom in own {
        match *custom {
            Custom::Header(name, Value::Text(text)) => customizations.headers.push((name, text.to_owned())),
            Custom::Header(name, Value::Version) => customizations.headers.push((name, service.version.clone())),
            Custom::EmptyLabel(label, text) => drop(customizations.empty_labels.insert(label, text)),
            Custom::EndpointMember(operation, member) if operations.contains_key(operation) => {
                customizations.endpoint_members.insert(operation.to_owned(), member);
            }
            Custom::PresignInQuery(operation) if operations.contains_key(operation) => {
                customizations.presigned_in_query.insert(operation.to_owned());
            }
            Custom::EndpointMember(..) | Custom::PresignInQuery(_) => {}
            Custom::NoHostPrefix => operations.values_mut().for_each(|operation| operation.host_prefix = None),
        }
    }
    let hashed = operations.values().filter(|operation| takes_tree_hash(operation, shapes));
    customizations.tree_hashes = hashed.map(|operation| operation.name.clone()).collect();
    customizations
}

/// Whether a request has a header for the tree hash of its body.
fn takes_tree_hash(operation: &Operation, shapes: &BTreeMap<ShapeId, Shape>) -> bool {
    let input = operation.input.as_ref().and_then(|input| shapes.get(input));
    let Some(ShapeKind::Structure(input)) = input.map(|input| &input.kind) else { return false };
    let is_header = |binding: &Binding| matches!(binding, Binding::Header(name) if name.eq_ignore_ascii_case(TREE_HASH));
    let is_blob = |target| shapes.get(target).is_some_and(|shape| shape.kind == ShapeKind::Scalar(Scalar::Blob));
    input.members.iter().any(|member| is_header(&member.binding))
        && input.members.iter().any(|member| member.binding == Binding::Payload && is_blob(&member.target))
}
