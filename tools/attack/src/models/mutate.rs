//! Changes of models that a person, or a bad day, could make: names that collide, references that lead elsewhere, traits that
//! do not belong, cycles, floods.

use crate::generator::Subject;
use crate::rng::{Rng, pick};
use crate::text::renamed;
use serde_json::{Value, json};

/// How many changes a mutant has, at most.
const MOST_CHANGES: usize = 3;

/// Names that mean something in Rust, in what is generated, or beside one another.
const NAMES: [&str; 70] = [
    "gen",
    "type",
    "self",
    "Self",
    "super",
    "crate",
    "try",
    "async",
    "await",
    "dyn",
    "abstract",
    "union",
    "macro_rules",
    "raw",
    "static",
    "Send",
    "Sync",
    "Fn",
    "FnOnce",
    "Sized",
    "Copy",
    "Clone",
    "Drop",
    "Box",
    "Vec",
    "String",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Default",
    "Debug",
    "From",
    "Into",
    "Iterator",
    "ToString",
    "Eq",
    "Ord",
    "Method",
    "Handlers",
    "Server",
    "Client",
    "Message",
    "Operation",
    "OperationInfo",
    "Structure",
    "Decode",
    "Encode",
    "Decoder",
    "Encoder",
    "Validate",
    "Error",
    "Exception",
    "Unrecognized",
    "UnrecognizedException",
    "ClientException",
    "Document",
    "Blob",
    "DateTime",
    "ByteStream",
    "BTreeMap",
    "Zero",
    "Text",
    "MapKey",
    "core",
    "std",
    "alloc",
    "smithwright_runtime",
];

/// What names get at their end, to be like others.
const ENDS: [&str; 12] =
    ["Exception", "Error", "Fault", "Request", "Response", "Input", "Output", "Members", "_", "2", "s", "Builder"];

/// Kinds of shapes.
const KINDS: [&str; 18] = [
    "string",
    "boolean",
    "byte",
    "short",
    "integer",
    "long",
    "float",
    "double",
    "bigInteger",
    "bigDecimal",
    "timestamp",
    "blob",
    "document",
    "structure",
    "union",
    "list",
    "map",
    "enum",
];

/// Traits, with values that are sound somewhere.
fn traits() -> Vec<(&'static str, Value)> {
    let flags = [
        "required",
        "sensitive",
        "sparse",
        "uniqueItems",
        "idempotencyToken",
        "streaming",
        "httpPayload",
        "httpLabel",
        "httpQueryParams",
        "httpResponseCode",
        "clientOptional",
        "input",
        "output",
        "internal",
        "box",
        "readonly",
        "idempotent",
        "hostLabel",
        "requiresLength",
        "httpChecksumRequired",
        "deprecated",
        "unstable",
        "eventPayload",
    ];
    let mut traits: Vec<(&str, Value)> = flags.into_iter().map(|name| (name, json!({}))).collect();
    traits.extend([
        ("jsonName", json!("same")),
        ("httpHeader", json!("X-Same")),
        ("httpQuery", json!("same")),
        ("httpPrefixHeaders", json!("X-Same-")),
        ("httpPrefixHeaders", json!("")),
        ("timestampFormat", json!("http-date")),
        ("mediaType", json!("application/json")),
        ("length", json!({ "min": 1, "max": 1 })),
        ("range", json!({ "min": -1, "max": 1e300 })),
        ("pattern", json!("^a(?=b)$")),
        ("default", json!(null)),
        ("default", json!(0)),
        ("default", json!("")),
        ("default", json!(false)),
        ("default", json!([])),
        ("enumValue", json!("Same")),
        ("error", json!("client")),
        ("httpError", json!(404)),
        ("retryable", json!({})),
        ("endpoint", json!({ "hostPrefix": "zq." })),
        ("documentation", json!("<p>`a` [b] *c*\r</p>")),
        ("title", json!("Zq")),
        ("tags", json!(["internal"])),
        ("paginated", json!({ "inputToken": "a", "outputToken": "b", "items": "c" })),
    ]);
    traits
}

/// A model of the pool, changed.
pub(super) fn mutant(subjects: &[Subject], rng: &mut Rng) -> (Subject, Vec<String>) {
    let mut subject = pick(rng, subjects).clone();
    let is_smithy = subject.is_smithy;
    let mut told = Vec::new();
    if let Some(model) = subject.model_mut() {
        for _ in 0..rng.usize(1..=MOST_CHANGES) {
            told.extend(change(model, is_smithy, rng));
        }
    }
    (subject, told)
}

fn change(model: &mut Value, is_smithy: bool, rng: &mut Rng) -> Option<String> {
    match rng.u8(..24) {
        0..=6 => rename(model, rng),
        7..=8 => copy_member(model, rng),
        9 => remove(model, rng),
        10..=12 => retarget(model, is_smithy, rng),
        13..=16 => add_trait(model, is_smithy, rng),
        17 => change_kind(model, rng),
        18 => require_cycle(model, is_smithy, rng),
        19..=20 => copy_shape(model, is_smithy, rng),
        21 => flood(model, rng),
        22 => nest(model, is_smithy, rng),
        _ => set_number(model, rng),
    }
}

/// The name of a shape without its namespace.
fn short(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or(id)
}

fn shape_ids(model: &Value) -> Vec<String> {
    model["shapes"].as_object().map(|shapes| shapes.keys().cloned().collect()).unwrap_or_default()
}

fn pick_shape(model: &Value, rng: &mut Rng) -> Option<String> {
    let ids = shape_ids(model);
    (!ids.is_empty()).then(|| pick(rng, &ids).clone())
}

fn member_names(model: &Value, shape: &str) -> Vec<String> {
    model["shapes"][shape]["members"].as_object().map(|members| members.keys().cloned().collect()).unwrap_or_default()
}

/// A shape with members, and one of these.
fn pick_member(model: &Value, rng: &mut Rng) -> Option<(String, String)> {
    let mut ids = shape_ids(model);
    ids.retain(|id| !member_names(model, id).is_empty());
    let shape = if ids.is_empty() { return None } else { pick(rng, &ids).clone() };
    let names = member_names(model, &shape);
    Some((shape, pick(rng, &names).clone()))
}

/// A name that is like another, or means something.
fn new_name(model: &Value, rng: &mut Rng) -> Option<String> {
    let existing = match rng.bool() {
        true => short(&pick_shape(model, rng)?).to_owned(),
        false => pick_member(model, rng)?.1,
    };
    Some(match rng.u8(..8) {
        0..=3 => (*pick(rng, &NAMES)).to_owned(),
        4 => format!("{existing}{}", pick(rng, &ENDS)),
        5 => ENDS.iter().find_map(|end| existing.strip_suffix(end)).filter(|name| !name.is_empty()).unwrap_or("Zq").to_owned(),
        6 => existing.to_uppercase(),
        _ => existing,
    })
}

fn rename(model: &mut Value, rng: &mut Rng) -> Option<String> {
    let old = match rng.bool() {
        true => short(&pick_shape(model, rng)?).to_owned(),
        false => pick_member(model, rng)?.1,
    };
    let new = new_name(model, rng)?;
    *model = renamed(model.take(), &old, &new);
    Some(format!("renamed {old} to {new}"))
}

fn copy_member(model: &mut Value, rng: &mut Rng) -> Option<String> {
    let (shape, member) = pick_member(model, rng)?;
    let new = match rng.u8(..4) {
        0 => member.to_uppercase(),
        1 => member
            .chars()
            .flat_map(|character| match character.is_uppercase() {
                true => vec!['_', character.to_ascii_lowercase()],
                false => vec![character],
            })
            .collect(),
        2 => format!("{member}_"),
        _ => new_name(model, rng)?,
    };
    let members = model["shapes"][&shape]["members"].as_object_mut()?;
    let copy = members.get(&member)?.clone();
    members.insert(new.clone(), copy);
    Some(format!("copied {shape}.{member} to {new}"))
}

fn remove(model: &mut Value, rng: &mut Rng) -> Option<String> {
    let shape = pick_shape(model, rng)?;
    let mut at = &mut model["shapes"][&shape];
    let mut path = shape;
    for _ in 0..rng.usize(0..3) {
        let keys: Vec<String> = at.as_object()?.iter().filter(|(_, it)| it.is_object()).map(|(key, _)| key.clone()).collect();
        if keys.is_empty() {
            break;
        }
        let key = pick(rng, &keys).clone();
        path = format!("{path}/{key}");
        at = &mut at[&key];
    }
    let keys: Vec<String> = at.as_object()?.keys().cloned().collect();
    let key = if keys.is_empty() { return None } else { pick(rng, &keys).clone() };
    at.as_object_mut()?.shift_remove(&key);
    Some(format!("removed {path}/{key}"))
}

/// What refers to a shape is made to refer to another.
fn retarget(model: &mut Value, is_smithy: bool, rng: &mut Rng) -> Option<String> {
    let new = match is_smithy && rng.bool() {
        true => {
            let names = ["String", "Integer", "Double", "Blob", "Timestamp", "Document", "Boolean", "Unit", "BigDecimal", "Long"];
            format!("smithy.api#{}", pick(rng, &names))
        }
        false => pick_shape(model, rng)?,
    };
    let key = if is_smithy { "target" } else { "shape" };
    let mut references = Vec::new();
    find_references(model, key, &mut String::new(), &mut references);
    let pointer = if references.is_empty() { return None } else { pick(rng, &references).clone() };
    *model.pointer_mut(&pointer)? = Value::String(new.clone());
    Some(format!("{pointer} is {new}"))
}

fn find_references(value: &Value, wanted: &str, pointer: &mut String, found: &mut Vec<String>) {
    let length = pointer.len();
    let mut enter = |step: &str, value: &Value| {
        pointer.push('/');
        pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        if step == wanted && value.is_string() {
            found.push(pointer.clone());
        }
        find_references(value, wanted, pointer, found);
        pointer.truncate(length);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, member)| enter(key, member)),
        Value::Array(elements) => elements.iter().enumerate().for_each(|(index, element)| enter(&index.to_string(), element)),
        _ => {}
    }
}

fn add_trait(model: &mut Value, is_smithy: bool, rng: &mut Rng) -> Option<String> {
    let (shape, member) = pick_member(model, rng)?;
    let on_member = rng.u8(..3) > 0;
    let at = match on_member {
        true => &mut model["shapes"][&shape]["members"][&member],
        false => &mut model["shapes"][&shape],
    };
    let place = if on_member { format!("{shape}.{member}") } else { shape };
    let object = at.as_object_mut()?;
    if is_smithy {
        let traits = traits();
        let (name, value) = pick(rng, &traits).clone();
        object.entry("traits").or_insert_with(|| json!({})).as_object_mut()?.insert(format!("smithy.api#{name}"), value);
        return Some(format!("{place} has `{name}`"));
    }
    let entries = [
        ("location", json!("header")),
        ("location", json!("querystring")),
        ("location", json!("uri")),
        ("location", json!("headers")),
        ("location", json!("statusCode")),
        ("locationName", json!("Same")),
        ("idempotencyToken", json!(true)),
        ("streaming", json!(true)),
        ("sensitive", json!(true)),
        ("jsonvalue", json!(true)),
        ("timestampFormat", json!("rfc822")),
        ("min", json!(1)),
        ("max", json!(0)),
        ("pattern", json!("^a$")),
        ("enum", json!(["same", "Same", "SAME", "\u{212a}", "K"])),
        ("document", json!(true)),
        ("exception", json!(true)),
        ("error", json!({ "code": "Same", "httpStatusCode": 400 })),
        ("union", json!(true)),
        ("payload", json!("Same")),
        ("required", json!(["Same"])),
        ("hostLabel", json!(true)),
        ("deprecated", json!(true)),
        ("documentation", json!("<p>`a` [b] *c*\r</p>")),
    ];
    let (key, value) = pick(rng, &entries).clone();
    object.insert(key.to_owned(), value.clone());
    Some(format!("{place} has `{key}`: {value}"))
}

fn change_kind(model: &mut Value, rng: &mut Rng) -> Option<String> {
    let shape = pick_shape(model, rng)?;
    let kind = *pick(rng, &KINDS);
    model["shapes"][&shape].as_object_mut()?.insert("type".to_owned(), json!(kind));
    Some(format!("{shape} is a {kind}"))
}

/// Structures that require one another.
fn require_cycle(model: &mut Value, is_smithy: bool, rng: &mut Rng) -> Option<String> {
    let mut ids = shape_ids(model);
    ids.retain(|id| model["shapes"][id]["type"] == "structure");
    let count = rng.usize(1..=3).min(ids.len());
    if count == 0 {
        return None;
    }
    rng.shuffle(&mut ids);
    ids.truncate(count);
    for (index, id) in ids.iter().enumerate() {
        let next = ids[(index + 1) % ids.len()].clone();
        let shape = model["shapes"][id].as_object_mut()?;
        let members = shape.entry("members").or_insert_with(|| json!({})).as_object_mut()?;
        if is_smithy {
            members.insert("zqNext".to_owned(), json!({ "target": next, "traits": { "smithy.api#required": {} } }));
        } else {
            members.insert("zqNext".to_owned(), json!({ "shape": next }));
            shape.entry("required").or_insert_with(|| json!([])).as_array_mut()?.push(json!("zqNext"));
        }
    }
    Some(format!("a required cycle of {ids:?}"))
}

/// A shape, or an operation, under another name: two operations on one path, two shapes that are alike.
fn copy_shape(model: &mut Value, is_smithy: bool, rng: &mut Rng) -> Option<String> {
    let name = new_name(model, rng)?;
    if !is_smithy && rng.bool() {
        let operations = model["operations"].as_object_mut()?;
        let old = operations.keys().next()?.clone();
        let mut copy = operations.get(&old)?.clone();
        copy["name"] = json!(name);
        operations.insert(name.clone(), copy);
        return Some(format!("copied the operation {old} to {name}"));
    }
    let id = pick_shape(model, rng)?;
    let copy = model["shapes"][&id].clone();
    let new = id.rsplit_once('#').map_or_else(|| name.clone(), |(namespace, _)| format!("{namespace}#{name}"));
    let is_operation = copy["type"] == "operation";
    model["shapes"].as_object_mut()?.insert(new.clone(), copy);
    if is_operation {
        let service = model["shapes"].as_object_mut()?.values_mut().find(|shape| shape["type"] == "service")?;
        service.as_object_mut()?.entry("operations").or_insert_with(|| json!([])).as_array_mut()?.push(json!({ "target": new }));
    } else {
        // Somebody must refer to it, or nobody looks at it.
        let key = if is_smithy { "target" } else { "shape" };
        let mut references = Vec::new();
        find_references(model, key, &mut String::new(), &mut references);
        let last = references.iter().rev().find(|pointer| model.pointer(pointer).and_then(Value::as_str) == Some(&id)).cloned();
        if let Some(place) = last.and_then(|pointer| model.pointer_mut(&pointer)) {
            *place = json!(new);
        }
    }
    Some(format!("copied {id} to {new}"))
}

/// Very many members.
fn flood(model: &mut Value, rng: &mut Rng) -> Option<String> {
    let (shape, member) = pick_member(model, rng)?;
    let count = *pick(rng, &[100, 1_000, 3_000]);
    let members = model["shapes"][&shape]["members"].as_object_mut()?;
    let copy = members.get(&member)?.clone();
    for number in 0..count {
        members.insert(format!("{member}Zq{number}"), copy.clone());
    }
    Some(format!("{count} times {shape}.{member}"))
}

/// Lists of lists, to a depth, where a member was.
fn nest(model: &mut Value, is_smithy: bool, rng: &mut Rng) -> Option<String> {
    let (shape, member) = pick_member(model, rng)?;
    let depth = *pick(rng, &[10, 100, 1_000]);
    let key = if is_smithy { "target" } else { "shape" };
    let namespace = shape.rsplit_once('#').map(|(namespace, _)| format!("{namespace}#")).unwrap_or_default();
    let inner = model["shapes"][&shape]["members"][&member][key].as_str()?.to_owned();
    let name = |level: usize| format!("{namespace}ZqList{level}");
    model["shapes"][&shape]["members"][&member][key] = json!(name(0));
    let shapes = model["shapes"].as_object_mut()?;
    for level in 0..depth {
        let target = if level + 1 == depth { inner.clone() } else { name(level + 1) };
        shapes.insert(name(level), json!({ "type": "list", "member": { key: target } }));
    }
    Some(format!("{shape}.{member} is {depth} lists deep"))
}

fn set_number(model: &mut Value, rng: &mut Rng) -> Option<String> {
    let numbers = [json!(0), json!(-1), json!(u64::MAX), json!(i64::MIN), json!(1e308), json!(0.5), json!(i32::MAX), json!(500)];
    let mut number = pick(rng, &numbers).clone();
    let told = number.to_string();
    let mut count = 0;
    visit_numbers(model, &mut |_| count += 1);
    let mut left = rng.usize(..count.max(1));
    visit_numbers(model, &mut |value| {
        if left == 0 {
            *value = number.take();
        }
        left = left.wrapping_sub(1);
    });
    Some(format!("a number is {told}"))
}

fn visit_numbers(value: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Number(_) => visit(value),
        Value::Array(elements) => elements.iter_mut().for_each(|element| visit_numbers(element, visit)),
        Value::Object(members) => {
            members.iter_mut().map(|(_, member)| member).for_each(|member| visit_numbers(member, visit));
        }
        _ => {}
    }
}
