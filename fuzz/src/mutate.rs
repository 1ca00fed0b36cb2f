//! Mutations of JSON as a tree: bytes changed at random are hardly ever JSON, and never get past the parser.

use fastrand::Rng;
use serde_json::{Map, Value};

/// What stands between the files of one input.
pub const BETWEEN_FILES: u8 = 0;

/// How many changes are made at once, at most.
const MAX_CHANGES: usize = 4;

/// How often bytes are changed, in percent: parsers are to be tested, too, and numbers of many digits are lost in a tree.
const BYTES_PERCENT: u8 = 10;

/// The same, where it is the parser that is tested.
const MORE_BYTES_PERCENT: u8 = 50;

/// A libFuzzer mutator of a JSON text: changes it, and gives the new size.
pub fn json(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    mutate(data, size, max_size, Rng::with_seed(seed.into()), MORE_BYTES_PERCENT)
}

/// A libFuzzer mutator of files of JSON: changes one of them, and gives the new size.
pub fn files(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    mutate(data, size, max_size, Rng::with_seed(seed.into()), BYTES_PERCENT)
}

fn mutate(data: &mut [u8], size: usize, max_size: usize, mut rng: Rng, bytes_percent: u8) -> usize {
    let mut files: Vec<Vec<u8>> = data[..size].split(|byte| *byte == BETWEEN_FILES).map(<[u8]>::to_vec).collect();
    let index = rng.usize(..files.len());
    let changed = change(&files[index], &mut rng).filter(|_| rng.u8(..100) >= bytes_percent);
    let text = changed.map(|file| {
        files[index] = file;
        files.join(&BETWEEN_FILES)
    });
    match text.filter(|text| text.len() <= max_size) {
        Some(text) => {
            data[..text.len()].copy_from_slice(&text);
            text.len()
        }
        None => libfuzzer_sys::fuzzer_mutate(data, size, max_size),
    }
}

/// The JSON after some changes; nothing when it is none.
fn change(file: &[u8], rng: &mut Rng) -> Option<Vec<u8>> {
    let mut root: Value = serde_json::from_slice(file).ok()?;
    for _ in 0..rng.usize(1..=MAX_CHANGES) {
        // What is taken from elsewhere refers to what is there: names that nobody knows lead nowhere.
        let (count, keys) = (count(&root), keys(&root));
        let key = keys.get(rng.usize(..keys.len().max(1))).map_or_else(String::new, |key| (*key).to_owned());
        let donor = visit(&mut root, &mut rng.usize(..count), &mut |value| value.clone())?;
        let index = &mut rng.usize(..count);
        visit(&mut root, index, &mut |value| change_node(value, donor.clone(), key.clone(), rng))?;
    }
    serde_json::to_vec(&root).ok()
}

fn change_node(node: &mut Value, donor: Value, key: String, rng: &mut Rng) {
    match node {
        Value::Object(members) if rng.u8(..8) > 0 => change_object(members, donor, key, rng),
        Value::Array(elements) if rng.u8(..8) > 0 => change_array(elements, donor, rng),
        Value::String(text) if rng.bool() => change_text(text, key, rng),
        _ if rng.bool() => *node = donor,
        _ => *node = word(rng),
    }
}

fn change_object(members: &mut Map<String, Value>, donor: Value, key: String, rng: &mut Rng) {
    let own = members.keys().nth(rng.usize(..members.len().max(1))).cloned();
    match (rng.u8(..4), own) {
        (0, Some(own)) => drop(members.shift_remove(&own)),
        (1, Some(own)) => drop(members.shift_remove(&own).map(|value| members.insert(key, value))),
        (2, Some(own)) => drop(members.insert(own, donor)),
        _ => drop(members.insert(key, donor)),
    }
}

fn change_array(elements: &mut Vec<Value>, donor: Value, rng: &mut Rng) {
    let index = rng.usize(..=elements.len());
    match elements.get(index).cloned() {
        Some(_) if rng.bool() => drop(elements.remove(index)),
        Some(element) if rng.bool() => elements.push(element),
        _ => elements.insert(index, donor),
    }
}

fn change_text(text: &mut String, other: String, rng: &mut Rng) {
    const PARTS: [&str; 16] = ["", "/", "{", "}", "+", "?", "&", "=", "#", "$", ".", "-", " ", "é", "{a}", "A9"];
    let at = text.char_indices().map(|(index, _)| index).nth(rng.usize(..text.len() + 1)).unwrap_or(text.len());
    match rng.u8(..4) {
        0 => *text = other,
        1 => drop((at < text.len()).then(|| text.remove(at))),
        _ => text.insert_str(at, PARTS[rng.usize(..PARTS.len())]),
    }
}

/// A value that models do not expect everywhere.
fn word(rng: &mut Rng) -> Value {
    let words = [
        Value::Null,
        true.into(),
        false.into(),
        0.into(),
        (-1).into(),
        1.5.into(),
        u64::MAX.into(),
        i64::MIN.into(),
        1e300.into(),
        "".into(),
        "a".into(),
        "1e999999999".into(),
        Value::Array(Vec::new()),
        Value::Object(Map::new()),
    ];
    words[rng.usize(..words.len())].clone()
}

fn count(value: &Value) -> usize {
    1 + children(value).map(count).sum::<usize>()
}

/// Calls the closure with the value of this index, the root being the first.
fn visit<T>(value: &mut Value, index: &mut usize, found: &mut dyn FnMut(&mut Value) -> T) -> Option<T> {
    match index.checked_sub(1) {
        None => Some(found(value)),
        Some(left) => {
            *index = left;
            match value {
                Value::Array(elements) => elements.iter_mut().find_map(|child| visit(child, index, found)),
                Value::Object(members) => members.values_mut().find_map(|child| visit(child, index, found)),
                _ => None,
            }
        }
    }
}

fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(elements) => Box::new(elements.iter()),
        Value::Object(members) => Box::new(members.values()),
        _ => Box::new(std::iter::empty()),
    }
}

fn keys(value: &Value) -> Vec<&str> {
    let own = value.as_object().into_iter().flat_map(|members| members.keys().map(String::as_str));
    own.chain(children(value).flat_map(keys)).collect()
}
