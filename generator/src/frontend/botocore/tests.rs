use super::*;
use crate::frontend::fate::Fates;
use crate::frontend::fate::tests::{Case, Outcome, check_complete, objection};
use serde_json::Value;
use std::sync::{Arc, LazyLock};

/// A model with a place for each key: its files by name.
const MODEL: &str = include_str!("tests/model.json");

/// A model of a service with all members in the body.
const RPC_MODEL: &str = include_str!("tests/rpc-model.json");

/// Where each key of each table is put (`at`, a pointer to an object), and its `value`, perhaps in a service with all members in the
/// body and these metadata (`rpc`); and
/// `elsewhere`, where it means nothing, in the service as it is.
const CASES: &str = include_str!("tests/cases.json");

const TABLES: [(&str, Fates); 10] = [
    ("root", ROOT_KEYS),
    ("metadata", service::METADATA_KEYS),
    ("operation", operation::OPERATION_KEYS),
    ("reference", operation::REFERENCE_KEYS),
    ("shape", shape::SHAPE_KEYS),
    ("element", shape::ELEMENT_KEYS),
    ("member", members::MEMBER_KEYS),
    ("paginator", paginators::PAGINATOR_KEYS),
    ("waiter", waiters::WAITER_KEYS),
    ("acceptor", waiters::ACCEPTOR_KEYS),
];

fn outcome(model: &Value) -> Outcome {
    let [service, paginators, waiters] = ["service", "paginators", "waiters"].map(|file| model[file].to_string());
    let sources = BotocoreSources {
        service: SourceFile { name: "service-2.json", text: &service },
        paginators: Some(SourceFile { name: "paginators-1.json", text: &paginators }),
        waiters: Some(SourceFile { name: "waiters-2.json", text: &waiters }),
        endpoint_rules: None,
        sdk_extras: None,
        protocol: None,
    };
    Outcome::of(|diagnostics| read(&sources, diagnostics))
}

/// A small model of a service with all members in the body, which says this of itself.
fn rpc_model(metadata: &Value) -> Value {
    let mut model: Value = serde_json::from_str(RPC_MODEL).unwrap();
    let known = model.pointer_mut("/service/metadata").unwrap().as_object_mut().unwrap();
    known.extend(metadata.as_object().unwrap().clone());
    model
}

fn case(key: &str, case: &Value) -> Case {
    static PLAIN: LazyLock<Arc<Outcome>> = LazyLock::new(|| Arc::new(outcome(&serde_json::from_str(MODEL).unwrap())));
    let plain: Value = serde_json::from_str(MODEL).unwrap();
    let model = case.get("rpc").map(rpc_model);
    let at = |model: &Value, place: &str| {
        let place = case.get(place).and_then(Value::as_str)?;
        let mut model = model.clone();
        let object = model.pointer_mut(place).unwrap_or_else(|| panic!("there is no {place}"));
        object.as_object_mut().unwrap().insert(key.to_owned(), case["value"].clone());
        Some(outcome(&model))
    };
    Case {
        without: model.as_ref().map_or_else(|| PLAIN.clone(), |model| Arc::new(outcome(model))),
        with: at(model.as_ref().unwrap_or(&plain), "at").unwrap(),
        elsewhere: at(&plain, "elsewhere").map(|elsewhere| elsewhere == **PLAIN),
    }
}

#[test]
fn nothing_is_said_of_the_model_itself() {
    let outcome = outcome(&serde_json::from_str(MODEL).unwrap());
    assert_eq!(outcome.messages().collect::<Vec<_>>(), [&""; 0]);
}

#[test]
fn each_key_has_a_case() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    TABLES.iter().for_each(|(table, keys)| check_complete(keys, &cases[table]));
}

#[test]
fn each_key_is_used_or_harmless_or_reported_as_its_table_says() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let mut objections = Vec::new();
    for (table, keys) in TABLES {
        let object = |(key, fate): &(&str, _)| objection(key, *fate, &case(key, &cases[table][key]));
        objections.extend(keys.iter().filter_map(object).map(|objection| format!("{table}: {objection}")));
    }
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}
