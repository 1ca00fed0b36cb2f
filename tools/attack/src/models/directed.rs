//! Models that are wrong in a way that must be told: each is refused or warned of, with a place.

use crate::generator::Subject;
use crate::rng::{Rng, pick};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A change of a sound model, and what it is.
struct Wrong {
    what: String,
    /// JSON pointers into the model, and what is put there.
    changes: Vec<(&'static str, Value)>,
}

/// The mutant of this number, in turns.
pub(super) fn mutant(subjects: &[Subject], number: u64, rng: &mut Rng) -> Result<(Subject, Vec<String>), String> {
    let mut list = wrongs(rng);
    let count = list.len() as u64 + BOTOCORE + RAW;
    match (number % count).checked_sub(list.len() as u64) {
        None => {
            let wrong = list.swap_remove((number % count) as usize);
            let mut model = base();
            for (pointer, value) in wrong.changes {
                set(&mut model, pointer, value)?;
            }
            Ok((Subject::new("the directed model".to_owned(), true, BTreeMap::from([("model", model)])), vec![wrong.what]))
        }
        Some(index) if index < BOTOCORE => same_error_code(subjects, rng),
        Some(index) => raw(index - BOTOCORE, subjects, rng),
    }
}

/// How many there are of botocore's format, and of raw text.
const BOTOCORE: u64 = 1;
const RAW: u64 = 6;

fn set(model: &mut Value, pointer: &str, value: Value) -> Result<(), String> {
    let (parent, key) = pointer.rsplit_once('/').ok_or("no pointer")?;
    let unescaped = key.replace("~1", "/").replace("~0", "~");
    match model.pointer_mut(parent) {
        Some(Value::Object(members)) => drop(members.insert(unescaped, value)),
        _ => return Err(format!("the directed model has no {parent}")),
    }
    Ok(())
}

/// A sound model: two operations, structures, an error.
fn base() -> Value {
    let target = |name: &str| json!({ "target": name });
    json!({
        "smithy": "2.0",
        "shapes": {
            "zq#Desk": {
                "type": "service",
                "version": "2020-01-01",
                "operations": [target("zq#Put"), target("zq#Take")],
                "traits": {
                    "aws.protocols#restJson1": {},
                    "aws.api#service": { "sdkId": "Desk", "arnNamespace": "desk", "endpointPrefix": "desk" },
                    "aws.auth#sigv4": { "name": "desk" },
                    "smithy.api#title": "Desk",
                },
            },
            "zq#Put": {
                "type": "operation",
                "input": target("zq#PutInput"),
                "output": target("zq#PutOutput"),
                "errors": [target("zq#NoSuchThing")],
                "traits": { "smithy.api#http": { "method": "POST", "uri": "/put/{id}", "code": 200 } },
            },
            "zq#Take": {
                "type": "operation",
                "input": target("zq#TakeInput"),
                "output": target("zq#TakeOutput"),
                "traits": { "smithy.api#http": { "method": "POST", "uri": "/take/{id}", "code": 200 } },
            },
            "zq#PutInput": {
                "type": "structure",
                "members": {
                    "id": { "target": "smithy.api#String", "traits": { "smithy.api#required": {}, "smithy.api#httpLabel": {} } },
                    "first": { "target": "smithy.api#String", "traits": {} },
                    "second": { "target": "smithy.api#String", "traits": {} },
                    "number": { "target": "smithy.api#Integer", "traits": {} },
                    "thing": { "target": "zq#Thing", "traits": {} },
                },
                "traits": { "smithy.api#input": {} },
            },
            "zq#PutOutput": { "type": "structure", "members": {
                "thing": { "target": "zq#Thing", "traits": {} },
                "next": { "target": "smithy.api#String", "traits": {} },
            } },
            "zq#TakeInput": {
                "type": "structure",
                "members": {
                    "id": { "target": "smithy.api#String", "traits": { "smithy.api#required": {}, "smithy.api#httpLabel": {} } },
                },
                "traits": { "smithy.api#input": {} },
            },
            "zq#TakeOutput": { "type": "structure", "members": { "thing": { "target": "zq#Thing", "traits": {} } } },
            "zq#Thing": { "type": "structure", "members": {
                "a": { "target": "smithy.api#String", "traits": {} },
                "other": { "target": "zq#Other", "traits": {} },
            } },
            "zq#Other": { "type": "structure", "members": {
                "thing": { "target": "zq#Thing", "traits": {} },
            } },
            "zq#NoSuchThing": {
                "type": "structure",
                "members": { "message": { "target": "smithy.api#String" } },
                "traits": { "smithy.api#error": "client", "smithy.api#httpError": 404 },
            },
        },
    })
}

const FIRST: &str = "/shapes/zq#PutInput/members/first/traits";
const SECOND: &str = "/shapes/zq#PutInput/members/second/traits";

fn wrongs(rng: &mut Rng) -> Vec<Wrong> {
    let headers = ["Host", "host", "Authorization", "Transfer-Encoding", "Content-Length", "Connection", "Trailer", "Upgrade"];
    let header = *pick(rng, &headers);
    let code = *pick(rng, &[500, 404, 302, 99, 100, 1_000, 0, -1]);
    let both =
        |trait_: &str, first: &str, second: &str| vec![(FIRST, json!({ trait_: first })), (SECOND, json!({ trait_: second }))];
    let wrong = |what: &str, changes: Vec<(&'static str, Value)>| Wrong { what: what.to_owned(), changes };
    vec![
        wrong("two operations on one method and path", vec![("/shapes/zq#Take/traits/smithy.api#http/uri", json!("/put/{id}"))]),
        wrong("one JSON name twice", both("smithy.api#jsonName", "same", "same")),
        wrong("a JSON name that is another member's", vec![(FIRST, json!({ "smithy.api#jsonName": "second" }))]),
        wrong("one query name twice", both("smithy.api#httpQuery", "same", "same")),
        wrong("one header name twice", both("smithy.api#httpHeader", "X-Same", "x-same")),
        wrong(&format!("the header {header}"), vec![(FIRST, json!({ "smithy.api#httpHeader": header }))]),
        wrong(&format!("the status {code} for success"), vec![("/shapes/zq#Take/traits/smithy.api#http/code", json!(code))]),
        wrong("an empty signing name", vec![("/shapes/zq#Desk/traits/aws.auth#sigv4", json!({ "name": "" }))]),
        wrong(
            "schemes that clients do not know",
            vec![("/shapes/zq#Desk/traits/smithy.api#auth", json!(["aws.auth#cognitoUserPools"]))],
        ),
        wrong(
            "a waiter whose matcher nobody knows",
            vec![(
                "/shapes/zq#Take/traits/smithy.waiters#waitable",
                json!({
                    "ThingTaken": { "acceptors": [{ "state": "success", "matcher": { "guess": true } }] },
                }),
            )],
        ),
        wrong(
            "a required cycle",
            vec![
                ("/shapes/zq#Thing/members/other/traits", json!({ "smithy.api#required": {} })),
                ("/shapes/zq#Other/members/thing/traits", json!({ "smithy.api#required": {} })),
            ],
        ),
        wrong(
            "a structure that requires itself",
            vec![("/shapes/zq#Other/members/thing", json!({ "target": "zq#Other", "traits": { "smithy.api#required": {} } }))],
        ),
        wrong(
            "an idempotency token that is a number",
            vec![("/shapes/zq#PutInput/members/number/traits", json!({ "smithy.api#idempotencyToken": {} }))],
        ),
        wrong("an error that is also an output", vec![("/shapes/zq#Take/output", json!({ "target": "zq#NoSuchThing" }))]),
        wrong("a label without a member", vec![("/shapes/zq#Take/traits/smithy.api#http/uri", json!("/take/{id}/{other}"))]),
        wrong("a trait that nobody knows", vec![("/shapes/zq#Thing/members/a/traits", json!({ "smithy.api#zq": {} }))]),
        wrong(
            "a range that nothing is in",
            vec![("/shapes/zq#PutInput/members/number/traits", json!({ "smithy.api#range": { "min": 2, "max": 1 } }))],
        ),
        wrong("a length that nothing has", vec![(FIRST, json!({ "smithy.api#length": { "min": 2, "max": 1 } }))]),
        wrong("a pattern that is none", vec![(FIRST, json!({ "smithy.api#pattern": "(" }))]),
    ]
}

/// Two errors of botocore's format with one code.
fn same_error_code(subjects: &[Subject], rng: &mut Rng) -> Result<(Subject, Vec<String>), String> {
    let has_errors = |subject: &&Subject| {
        let errors = |value: &Value| {
            let shapes = value["shapes"].as_object();
            shapes.map_or(0, |shapes| shapes.values().filter(|shape| shape["exception"] == true).count())
        };
        !subject.is_smithy && subject.files.get("service-2").is_some_and(|model| errors(model) > 1)
    };
    let found: Vec<&Subject> = subjects.iter().filter(has_errors).collect();
    if found.is_empty() {
        return Err("no fixture has two errors".to_owned());
    }
    let mut subject = (*pick(rng, &found)).clone();
    let model = subject.model_mut().ok_or("no model")?;
    // There, codes are those of a protocol before, which clients do not tell errors by.
    if let Some(metadata) = model["metadata"].as_object_mut() {
        metadata.remove("awsQueryCompatible");
    }
    let shapes = model["shapes"].as_object_mut().ok_or("no shapes")?;
    let errors = shapes.values_mut().filter(|shape| shape["exception"] == true);
    errors.take(2).for_each(|shape| shape["error"] = json!({ "code": "Same", "httpStatusCode": 400 }));
    Ok((subject, vec!["one error code twice".to_owned()]))
}

/// Texts that no tree of JSON is: they must be refused, briefly.
fn raw(index: u64, subjects: &[Subject], rng: &mut Rng) -> Result<(Subject, Vec<String>), String> {
    let mut subject = pick(rng, subjects).clone();
    let model = subject.model_mut().ok_or("no model")?.to_string();
    let inner = model.strip_prefix('{').ok_or("no object")?;
    let (what, text) = match index {
        0 => ("one key twice", format!("{{\"shapes\":{{}},{inner}")),
        1 => ("100,000 arrays", format!("{{\"zq\":{}{},{inner}", "[".repeat(100_000), "]".repeat(100_000))),
        2 => {
            let keys: String = (0..300_000).map(|number| format!("\"zq{number}\":0,")).collect();
            ("300,000 unknown keys", format!("{{{keys}{inner}"))
        }
        3 => ("half of it", model[..model.floor_char_boundary(rng.usize(1..model.len()))].to_owned()),
        4 => ("a lone surrogate", format!("{{\"zq\\ud800\":\"\\udc00\",{inner}")),
        _ => ("a huge number", format!("{{\"zq\":1e{},{inner}", "9".repeat(100_000))),
    };
    subject.raw = Some(text);
    Ok((subject, vec![what.to_owned()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator::Outcome;

    #[test]
    fn what_is_made_wrong_is_sound_before() {
        let subject = Subject::new("base".to_owned(), true, BTreeMap::from([("model", base())]));
        match subject.generate() {
            Outcome::Accepted(_, diagnostics) => assert!(diagnostics.is_empty(), "{diagnostics:?}"),
            Outcome::Refused(diagnostics) => panic!("{diagnostics:?}"),
        }
    }
}
