//! Models that somebody made to bring the generator down: each is refused, in little memory and on a small stack, and what is said of
//! it is short.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use serde_json::{Map, Value, json};
use smithwright::config::{Crates, ServiceConfig};
use smithwright::diagnostic::{Diagnostics, MAX_DIAGNOSTICS};
use smithwright::frontend::SourceFile;
use smithwright::frontend::botocore::{self, BotocoreSources};
use smithwright::frontend::smithy::{self, SmithySources};
use smithwright::ir::Model;
use smithwright::{Request, plan};

/// How many of a thing there are: more than a stack of the threads below has room for, if each took a step of it.
const MANY: usize = 20_000;

/// The stack of a thread that reads a model.
const STACK: usize = 1 << 20;

#[derive(Clone, Copy)]
enum Format {
    Botocore,
    Smithy,
}

/// What is said of a model that is refused.
#[track_caller]
fn refused(format: Format, text: String) -> Diagnostics {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let config = ServiceConfig::default();
        let mut diagnostics = Diagnostics::default();
        let model = read(format, &text, &mut diagnostics);
        let key = "desk".parse().unwrap();
        let request = Request { key: &key, folder: "models/desk", config: &config, home: &Crates::default().into() };
        let plan = model.and_then(|model| plan(request, model, &mut diagnostics));
        (plan.is_some(), diagnostics)
    });
    let (is_accepted, diagnostics) = thread.unwrap().join().unwrap();
    assert!(!is_accepted, "it is accepted: {diagnostics}");
    assert!(diagnostics.list.len() <= MAX_DIAGNOSTICS);
    assert!(diagnostics.to_string().len() < 500_000);
    diagnostics
}

fn read(format: Format, text: &str, diagnostics: &mut Diagnostics) -> Option<Model> {
    let file = SourceFile { name: "model.json", text };
    match format {
        Format::Smithy => smithy::read(&SmithySources { model: file, service: None, protocol: None }, diagnostics),
        Format::Botocore => {
            let sources = BotocoreSources {
                service: file,
                paginators: None,
                waiters: None,
                endpoint_rules: None,
                sdk_extras: None,
                protocol: None,
            };
            botocore::read(&sources, diagnostics)
        }
    }
}

#[track_caller]
fn check(format: Format, model: impl ToString, expected: &str) {
    let diagnostics = refused(format, model.to_string());
    assert!(diagnostics.list.iter().any(|it| it.message.contains(expected)), "{diagnostics}");
}

/// A Smithy model of a service with one operation, which takes `Input`, and the shapes that are given.
fn smithy_model(shapes: impl IntoIterator<Item = (String, Value)>) -> Value {
    let mut all: Map<String, Value> = shapes.into_iter().map(|(name, shape)| (id(&name), shape)).collect();
    let traits = json!({ "aws.auth#sigv4": { "name": "desk" }, "aws.protocols#restJson1": {} });
    let service = json!({ "type": "service", "version": "1", "operations": [target("Put")], "resources": [target("R0")], "traits": traits });
    all.entry(id("Desk")).or_insert(service);
    all.entry(id("R0")).or_insert(json!({ "type": "resource" }));
    all.entry(id("Put")).or_insert(put());
    all.entry(id("Input")).or_insert(structure([]));
    json!({ "smithy": "2.0", "shapes": all })
}

fn put() -> Value {
    json!({ "type": "operation", "input": target("Input"), "output": { "target": "smithy.api#Unit" }, "traits": http("/x") })
}

fn http(uri: &str) -> Value {
    json!({ "smithy.api#http": { "method": "PUT", "uri": uri } })
}

fn id(name: &str) -> String {
    format!("desk#{name}")
}

fn target(name: &str) -> Value {
    json!({ "target": id(name) })
}

fn structure(members: impl IntoIterator<Item = (String, Value)>) -> Value {
    json!({ "type": "structure", "members": members.into_iter().collect::<Map<_, _>>() })
}

fn member(name: &str, target_name: &str) -> (String, Value) {
    (name.to_owned(), target(target_name))
}

/// A botocore model of a service with one operation, which takes `Input`.
fn botocore_model(shapes: impl IntoIterator<Item = (String, Value)>) -> Value {
    let metadata = json!({ "apiVersion": "1", "endpointPrefix": "desk", "protocol": "rest-json", "serviceFullName": "Desk", "serviceId": "Desk" });
    let put = json!({ "http": { "method": "PUT", "requestUri": "/x" }, "input": { "shape": "Input" } });
    json!({ "metadata": metadata, "operations": { "Put": put }, "shapes": shapes.into_iter().collect::<Map<_, _>>() })
}

#[test]
fn values_in_values() {
    let deep = format!("{}1{}", "[".repeat(MANY), "]".repeat(MANY));
    let trait_value =
        smithy_model([]).to_string().replacen(r#""smithy.api#http":"#, &format!(r#""desk#deep":{deep},"smithy.api#http":"#), 1);
    check(Format::Smithy, trait_value, "recursion limit exceeded");
    check(Format::Botocore, format!(r#"{{"metadata": {deep}}}"#), "recursion limit exceeded");
    check(Format::Botocore, "{\"a\":".repeat(MANY), "recursion limit exceeded");
}

#[test]
fn numbers_that_no_type_holds() {
    let shape = |max: &str| format!(r#"{{"type": "long", "max": {max}}}"#);
    let model =
        |max: &str| botocore_model([]).to_string().replace(r#""shapes":{}"#, &format!(r#""shapes":{{"Input": {}}}"#, shape(max)));
    check(Format::Botocore, model("1e999"), "number out of range");
    check(Format::Botocore, model(&"9".repeat(300)), "is not a value of the kind that it bounds");
    check(Format::Botocore, model(&"9".repeat(MANY)), "number out of range");
}

#[test]
fn resources_in_resources_and_in_themselves() {
    let resource = |number: usize| {
        let next = format!("R{}", (number + 1) % MANY);
        (format!("R{number}"), json!({ "type": "resource", "resources": [target(&next)], "read": target("Lost") }))
    };
    check(Format::Smithy, smithy_model((0..MANY).map(resource)), "the shape `desk#Lost` is not defined");
}

#[test]
fn mixins_in_themselves() {
    let mixin = |number: usize| {
        let next = format!("M{}", (number + 1) % MANY);
        (
            format!("M{number}"),
            json!({ "type": "structure", "members": {}, "mixins": [target(&next)], "traits": { "smithy.api#mixin": {} } }),
        )
    };
    check(Format::Smithy, smithy_model((0..MANY).map(mixin)), "is mixed into itself");
}

#[test]
fn mixins_that_multiply() {
    let mixin = |number: usize| {
        let members = [member(&format!("m{number}"), "Input")].into_iter().collect::<Map<_, _>>();
        let mixins: Vec<Value> = (number > 0).then(|| target(&format!("M{}", number - 1))).into_iter().collect();
        (
            format!("M{number}"),
            json!({ "type": "structure", "members": members, "mixins": mixins, "traits": { "smithy.api#mixin": {} } }),
        )
    };
    let expected = "mixins add more than 200000 members, references and traits altogether";
    check(Format::Smithy, smithy_model((0..MANY).map(mixin)), expected);
}

#[test]
fn structures_that_many_operations_share() {
    let members = (0..5_000).map(|number| member(&format!("m{number}"), "Text"));
    let names = (0..100).map(|number| format!("Put{number}"));
    let operations = names.clone().enumerate().map(|(number, name)| {
        let operation = json!({ "type": "operation", "input": target("Input"), "output": target("Input"), "traits": http(&format!("/{number}")) });
        (name, operation)
    });
    let resource = json!({ "type": "resource", "operations": names.map(|name| target(&name)).collect::<Vec<_>>() });
    let shapes =
        [("Input".to_owned(), structure(members)), ("Text".to_owned(), json!({ "type": "string" })), ("R0".to_owned(), resource)];
    check(
        Format::Smithy,
        smithy_model(shapes.into_iter().chain(operations)),
        "operations share structures with more than 200000 members",
    );
}

#[test]
fn types_in_types() {
    let link = |required: Value| {
        move |number: usize| {
            let name = if number == 0 { "Input".to_owned() } else { format!("S{number}") };
            let next = if number + 1 < MANY { format!("S{}", number + 1) } else { "Text".to_owned() };
            (name, json!({ "type": "structure", "required": required, "members": { "next": { "shape": next } } }))
        }
    };
    let text = ("Text".to_owned(), json!({ "type": "string" }));
    for required in [json!(["next"]), json!([])] {
        let model = botocore_model((0..MANY).map(link(required)).chain([text.clone()]));
        check(Format::Botocore, model, "`Input` holds others so deeply that Rust does not compile it");
    }
    let list = |number: usize| {
        (format!("L{number}"), json!({ "type": "list", "member": { "shape": format!("L{}", (number + 1) % MANY) } }))
    };
    let input = ("Input".to_owned(), json!({ "type": "structure", "members": { "l": { "shape": "L0" } } }));
    check(Format::Botocore, botocore_model((0..MANY).map(list).chain([input])), "lists and maps in `L");
}

#[test]
fn members_traits_and_labels_without_number() {
    let members = (0..MANY).map(|number| member(&format!("m{number}"), "Input"));
    check(Format::Smithy, smithy_model([("Input".to_owned(), structure(members))]), "20000 members, where 10000 will do");
    let traits: Map<String, Value> = (0..MANY).map(|number| (format!("desk#t{number}"), json!({}))).collect();
    let input = json!({ "type": "structure", "members": {}, "traits": traits });
    check(Format::Smithy, smithy_model([("Input".to_owned(), input)]), "20000 traits, where 500 will do");
    let uri: String = (0..MANY).map(|number| format!("/{{l{number}}}")).collect();
    let operation = json!({ "type": "operation", "input": target("Input"), "output": target("Input"), "traits": http(&uri) });
    check(Format::Smithy, smithy_model([("Put".to_owned(), operation)]), "it is longer than 2048 characters");
}

#[test]
fn three_hundred_thousand_keys_that_nobody_knows() {
    let keys: String = (0..300_000).map(|number| format!(r#""key{number}":1,"#)).collect();
    let diagnostics = refused(Format::Botocore, format!("{{{keys}{}", &botocore_model([]).to_string()[1..]));
    assert_eq!(diagnostics.list.len(), MAX_DIAGNOSTICS);
    assert!(diagnostics.to_string().ends_with("and 299,901 more errors"), "{diagnostics}");
}

#[test]
fn a_name_of_a_megabyte() {
    let name = "Long".repeat(1 << 18);
    let diagnostics =
        refused(Format::Botocore, botocore_model([(name, json!({ "type": "structure", "members": {}, "odd": 1 }))]).to_string());
    assert!(diagnostics.list.iter().any(|it| it.message.ends_with("has 1048576 characters, where 160 will do")), "{diagnostics}");
    assert!(diagnostics.to_string().len() < 10_000);
}

/// A service with one operation, on which waiters wait by these expressions.
fn with_waiters(expressions: &[String]) -> Value {
    let waiter = |expression: &String| {
        let output = json!({ "path": expression, "expected": "a", "comparator": "stringEquals" });
        json!({ "acceptors": [{ "state": "success", "matcher": { "output": output } }] })
    };
    let waiters: Map<String, Value> =
        expressions.iter().enumerate().map(|(index, expression)| (format!("W{index}"), waiter(expression))).collect();
    let mut model = smithy_model([]);
    model["shapes"][id("Put")]["traits"]["smithy.waiters#waitable"] = waiters.into();
    model
}

#[test]
fn expressions_that_would_take_for_ever_are_left_out() {
    let deep = ["(", "!", "[?", "a[?", "a.", "a || ", "length("].map(|part| part.repeat(490 / part.len()));
    let doubled = format!("a{}", " | (@ || @)".repeat(40));
    let expressions: Vec<String> = deep.into_iter().chain([doubled, "a".repeat(1_000_000)]).collect();
    let count = expressions.len();
    let model = with_waiters(&expressions).to_string();
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        let mut diagnostics = Diagnostics::default();
        let model = read(Format::Smithy, &model, &mut diagnostics);
        (model.map(|model| model.waiters.len()), diagnostics)
    });
    let (waiters, diagnostics) = thread.unwrap().join().unwrap();
    assert_eq!(waiters, Some(0), "{diagnostics}");
    assert_eq!(diagnostics.list.len(), count, "{diagnostics}");
}
