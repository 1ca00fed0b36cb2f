//! Rules changed at random: whatever is in a model is refused with a place or gives rules, and whatever rules are told gives an endpoint
//! or says why not. Nothing panics.

use super::{Suite, load, suite};
use serde_json::{Value, json};
use smithwright_runtime::endpoint::{EndpointParameters, ParameterValue};

const ROUNDS: u64 = 3_000;

/// Numbers from a seed: <https://prng.di.unimi.it/splitmix64.c>.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((number ^ (number >> 31)) % end.max(1) as u64).unwrap()
    }
}

fn hostile() -> Vec<Value> {
    let deep = (0..60).fold(json!({ "ref": "Region" }), |inner, _| json!({ "fn": "not", "argv": [inner] }));
    let texts = [
        "",
        "{",
        "}",
        "{}",
        "{Region}",
        "{p#",
        "{parts#[9999999999]}",
        "[-1]",
        "a[0].b",
        "Region",
        "Text",
        "isSet",
        "ite",
        "é",
        "\0",
    ];
    let others = [json!(null), json!(true), json!(-1), json!(1e300), json!(4_294_967_296_u64), json!([]), json!({}), deep];
    texts.into_iter().map(Value::from).chain(others).collect()
}

/// Pointers to all values.
fn places(value: &Value, place: String, places_: &mut Vec<String>) {
    match value {
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(index, element)| places(element, format!("{place}/{index}"), places_));
        }
        Value::Object(members) => {
            let step = |name: &str| name.replace('~', "~0").replace('/', "~1");
            members.iter().for_each(|(name, member)| places(member, format!("{place}/{}", step(name)), places_));
        }
        _ => {}
    }
    places_.push(place);
}

fn mutate(rules: &mut Value, random: &mut Random) {
    let mut all = Vec::new();
    places(rules, String::new(), &mut all);
    let hostile = hostile();
    let value = match random.below(2) {
        0 => hostile[random.below(hostile.len())].clone(),
        _ => rules.pointer(&all[random.below(all.len())]).unwrap().clone(),
    };
    *rules.pointer_mut(&all[random.below(all.len())]).unwrap() = value;
}

fn told(rules: &Value, random: &mut Random) -> EndpointParameters {
    let mut told = EndpointParameters::new();
    let names = rules["parameters"].as_object().map(|it| it.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    for name in names {
        let value: ParameterValue = match random.below(6) {
            0 => continue,
            1 => true.into(),
            2 => ["", "a--b"].into(),
            3 => "arn:aws:s3:us-east-1:1:a/b".into(),
            4 => "https://[::1]:1/é".into(),
            _ => "\u{fdfd}--x-s3".into(),
        };
        told.set(name.leak(), value);
    }
    told
}

#[test]
fn nothing_panics_whatever_is_in_the_rules() {
    let folder = crate::repository_root().join("tests/endpoints");
    let suites = suite::read_all(&[folder]).unwrap();
    let (mut accepted, mut refused) = (0, 0);
    for seed in 0..ROUNDS {
        let mut random = Random(seed);
        let mut rules: Value = serde_json::from_str(&suites[random.below(suites.len())].rules).unwrap();
        for _ in 0..=random.below(3) {
            mutate(&mut rules, &mut random);
        }
        match load(&Suite { name: format!("seed {seed}"), rules: rules.to_string(), model: None, cases: Vec::new() }) {
            Ok(loaded) => {
                accepted += 1;
                for _ in 0..4 {
                    let _ = loaded.resolve(&told(&rules, &mut random));
                }
            }
            Err(diagnostics) => {
                refused += 1;
                assert!(diagnostics.list.iter().all(|it| !it.help.is_empty()), "{diagnostics}");
            }
        }
    }
    assert!(accepted > 100 && refused > 100, "{accepted} accepted, {refused} refused");
}
