use super::*;
use crate::frontend::SourceFile;
use crate::frontend::fate::tests::{Case, Outcome, check_complete, objection};
use crate::frontend::smithy::{SmithySources, read};
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};

/// A model with a place for each trait.
const MODEL: &str = include_str!("tests/model.json");

/// Where each trait is put (`at`, a shape or a member), and its `value`; `without` another trait of the service, or with others
/// `beside` it, in a model of `version` 1.0, and `elsewhere`, where it means nothing.
const CASES: &str = include_str!("tests/cases.json");

fn outcome(model: &Value) -> Outcome {
    let text = model.to_string();
    let model = SourceFile { name: "model.json", text: &text };
    Outcome::of(|diagnostics| read(&SmithySources { model, service: None, protocol: None }, diagnostics))
}

/// The traits of a shape, `Put`, or of a member, `Put$text`.
fn traits<'v>(model: &'v mut Value, at: &str) -> &'v mut Value {
    let (shape, member) = at.split_once('$').map_or((at, None), |(shape, member)| (shape, Some(member)));
    let shape = &mut model["shapes"][format!("desk#{shape}")];
    assert!(shape.is_object(), "there is no `{at}`");
    let owner = match member {
        None => shape,
        Some(member @ ("member" | "key" | "value")) => &mut shape[member],
        Some(member) => &mut shape["members"][member],
    };
    assert!(owner.is_object(), "there is no `{at}`");
    &mut owner["traits"]
}

/// The model with a trait.
fn give(model: &Value, id: &str, at: &str, value: &Value) -> Value {
    let mut model = model.clone();
    traits(&mut model, at)[id] = value.clone();
    model
}

fn absolute(name: &str) -> String {
    if name.contains('#') { name.to_owned() } else { format!("{PRELUDE}{name}") }
}

fn case(name: &str, case: &Value) -> Case {
    static PLAIN: LazyLock<Arc<Outcome>> = LazyLock::new(|| Arc::new(outcome(&serde_json::from_str(MODEL).unwrap())));
    let mut model: Value = serde_json::from_str(MODEL).unwrap();
    if let Some(version) = case.get("version") {
        model["smithy"] = version.clone();
    }
    if let Some(other) = case.get("without").and_then(Value::as_str) {
        traits(&mut model, "Desk").as_object_mut().unwrap().remove(other).unwrap();
    }
    for (id, value) in case.get("beside").and_then(Value::as_object).into_iter().flatten() {
        model = give(&model, id, "Desk", value);
    }
    let (id, value) = (absolute(name), &case["value"]);
    let at = |key: &str| case.get(key).and_then(Value::as_str).map(|at| outcome(&give(&model, &id, at, value)));
    let is_plain = ["version", "without", "beside"].iter().all(|key| case.get(key).is_none());
    let without = if is_plain { PLAIN.clone() } else { Arc::new(outcome(&model)) };
    let elsewhere = at("elsewhere").map(|elsewhere| elsewhere == *without);
    Case { without, with: at("at").unwrap(), elsewhere }
}

#[test]
fn nothing_is_said_of_the_model_itself() {
    let outcome = outcome(&serde_json::from_str(MODEL).unwrap());
    assert_eq!(outcome.messages().collect::<Vec<_>>(), [&""; 0]);
}

#[test]
fn each_trait_has_a_case() {
    check_complete(TRAITS, &serde_json::from_str(CASES).unwrap());
}

#[test]
fn each_trait_is_used_or_harmless_or_reported_as_the_table_says() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let objections: Vec<String> =
        TRAITS.iter().filter_map(|(name, fate)| objection(name, *fate, &case(name, &cases[name]))).collect();
    assert!(objections.is_empty(), "{}", objections.join("\n"));
}

#[test]
fn each_namespace_is_harmless_or_reported_as_the_table_says() {
    for (namespace, fate) in NAMESPACES {
        let name = format!("{namespace}#anything");
        assert_eq!(objection(&name, *fate, &case(&name, &json!({ "at": "Put", "value": {} }))), None);
    }
}

#[test]
fn a_trait_that_is_used_is_refused_where_nobody_reads_it() {
    for (name, _) in TRAITS.iter().filter(|(_, fate)| *fate == Fate::Used) {
        let case = case(name, &json!({ "at": "Shelf", "value": {} }));
        let expected = format!("`{}` means nothing here", absolute(name));
        let said: Vec<_> = case.with.messages().filter(|message| **message == expected).collect();
        assert_eq!(said.len(), 1, "{name}");
    }
}

#[test]
fn a_trait_that_nobody_knows_is_passed_over_and_warned_of() {
    for id in ["desk#mine", "smithy.api#later", "aws.api#later"] {
        for at in ["Desk", "Shelf", "Put", "Nested", "Nested$text", "Texts$member", "Mood$GOOD"] {
            let case = case(id, &json!({ "at": at, "value": { "x": 1 } }));
            assert_eq!(objection(id, Fate::Warned(""), &case), None, "{id} at {at}");
        }
    }
}

#[test]
fn a_key_that_the_specification_of_a_trait_does_not_have_is_passed_over_and_warned_of() {
    for (id, at, value) in [
        ("aws.api#service", "Desk", json!({})),
        ("aws.auth#sigv4", "Desk", json!({ "name": "desk" })),
        ("aws.protocols#restJson1", "Desk", json!({})),
        ("smithy.api#http", "Put", json!({ "method": "POST", "uri": "/x" })),
        ("smithy.api#required", "Nested$text", json!({})),
        ("smithy.api#length", "Text", json!({ "max": 3 })),
        ("smithy.api#enum", "Plain", json!([{ "value": "a" }])),
        ("smithy.api#paginated", "Desk", json!({})),
        ("smithy.rules#clientContextParams", "Desk", json!({ "Room": { "type": "string" } })),
        ("smithy.rules#staticContextParams", "Put", json!({ "Room": { "value": "a" } })),
        (
            "smithy.waiters#waitable",
            "Get",
            json!({ "Done": { "acceptors": [{ "state": "success", "matcher": { "success": true } }] } }),
        ),
    ] {
        let model: Value = serde_json::from_str(MODEL).unwrap();
        let mut with = value.clone();
        let innermost = match &mut with {
            Value::Array(values) => &mut values[0],
            Value::Object(entries) if id.contains("Params") || id.contains("waitable") => entries.values_mut().next().unwrap(),
            other => other,
        };
        innermost["later"] = json!({ "x": 1 });
        let (without, with) = (outcome(&give(&model, id, at, &value)), outcome(&give(&model, id, at, &with)));
        let case = Case { without: Arc::new(without), with, elsewhere: None };
        assert_eq!(objection("later", Fate::Warned(""), &case), None, "{id}");
    }
}
