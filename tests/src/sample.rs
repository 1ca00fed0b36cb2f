//! Messages of a model, as they travel: made from the IR alone, so that they do not repeat a slip of the generated code.

use crate::pattern::{fits, matching_text};
use anyhow::{Context, bail};
use serde_json::{Map, Value, json};
use smithwright::ir::{
    Binding, Bound, Constraints, Length, Member, Model, Operation, Range, Scalar, Shape, ShapeId, ShapeKind, TimestampFormat,
    UriSegment,
};
use std::collections::{BTreeMap, BTreeSet};

/// How often a shape may stand inside of itself.
const MAX_RECURSION: usize = 2;

/// What must survive a journey: quotes, escapes, slashes, several bytes a character.
const TEXT: &str = "a/b c+\"\\é\u{1F600}&=%";

/// An enum value and a union member that no model knows.
const UNKNOWN: &str = "NewerThanTheModel";

/// What a sample holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What is required.
    Least,
    /// Every member.
    All,
    /// Every member, with enum values and union members that the model does not know.
    Unknown,
}

/// A request as it travels.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The method.
    pub method: String,
    /// The path, percent-encoded.
    pub path: String,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// The headers of members, in lower case.
    pub headers: Vec<(String, String)>,
    /// The body; `None` when the operation has none.
    pub body: Option<Value>,
}

/// Makes samples; each time, an enum has the next of its values, a union the next of its members.
#[derive(Debug)]
pub struct Sampler<'m> {
    model: &'m Model,
    turns: BTreeMap<&'m ShapeId, usize>,
    texts: BTreeMap<&'m ShapeId, String>,
    /// The union members that occurred: union, member.
    pub variants: BTreeSet<(&'m str, &'m str)>,
    /// The shapes around the one at hand.
    around: Vec<&'m ShapeId>,
}

impl<'m> Sampler<'m> {
    /// A sampler at the beginning.
    pub fn new(model: &'m Model) -> Self {
        Self { model, turns: BTreeMap::new(), texts: BTreeMap::new(), variants: BTreeSet::new(), around: Vec::new() }
    }

    /// A request of an operation.
    pub fn request(&mut self, operation: &'m Operation, extent: Extent) -> anyhow::Result<Message> {
        let members = match &operation.input {
            Some(input) => self.members(input)?,
            None => &[],
        };
        let (mut labels, mut query, mut headers, mut body) = (BTreeMap::new(), Vec::new(), Vec::new(), Map::new());
        for member in members.iter().filter(|member| included(member, extent)) {
            let Some(value) = self.member(member, extent)? else { continue };
            match &member.binding {
                Binding::Body => drop(body.insert(member.body_name().to_owned(), value)),
                Binding::Label(name) => drop(labels.insert(name.as_str(), text(&value)?)),
                Binding::Query(name) => query.extend(texts(&value)?.into_iter().map(|text| (name.clone(), text))),
                Binding::Header(name) => headers.push((name.to_lowercase(), text(&value)?)),
                other => bail!("Connect has no binding like {other:?}; `cargo xtask conformance` tests the others"),
            }
        }
        let http = operation.http.as_ref().context("an operation without a path")?;
        let mut path = String::new();
        for segment in &http.uri.segments {
            path.push('/');
            match segment {
                UriSegment::Literal(text) => path.push_str(text),
                UriSegment::Label(name) | UriSegment::GreedyLabel(name) => {
                    path.push_str(&percent_encoded(labels.get(name.as_str()).context("a label without a value")?));
                }
            }
        }
        let has_body = members.iter().any(|member| member.binding == Binding::Body);
        let body = has_body.then_some(Value::Object(body));
        Ok(Message { method: http.method.as_str().to_owned(), path, query, headers, body })
    }

    /// The body of an operation's response; null when it answers nothing.
    pub fn response(&mut self, operation: &'m Operation, extent: Extent) -> anyhow::Result<Value> {
        match &operation.output {
            Some(output) => self.body(output, extent),
            None => Ok(Value::Null),
        }
    }

    /// The body of a response or an error.
    pub fn body(&mut self, id: &'m ShapeId, extent: Extent) -> anyhow::Result<Value> {
        self.value(id, None, extent)?.with_context(|| format!("{id} has no finite value"))
    }

    /// The most members that a union which the shape reaches has: so many samples show all of them.
    pub fn rounds(&self, id: &ShapeId) -> usize {
        let (mut most, mut reached, mut todo) = (1, BTreeSet::new(), vec![id]);
        while let Some(id) = todo.pop() {
            let Some(shape) = self.model.shapes.get(id).filter(|_| reached.insert(id)) else { continue };
            match &shape.kind {
                ShapeKind::Structure(it) => todo.extend(it.members.iter().map(|member| &member.target)),
                ShapeKind::Union(it) => {
                    most = most.max(it.members.len());
                    todo.extend(it.members.iter().map(|member| &member.target));
                }
                ShapeKind::List(it) => todo.push(&it.member),
                ShapeKind::Map(it) => todo.push(&it.value),
                ShapeKind::Scalar(_) | ShapeKind::Enumeration(_) | ShapeKind::IntegerEnumeration(_) => {}
            }
        }
        most
    }

    fn shape(&self, id: &ShapeId) -> anyhow::Result<&'m Shape> {
        self.model.shapes.get(id).with_context(|| format!("no shape {id}"))
    }

    fn members(&self, id: &ShapeId) -> anyhow::Result<&'m [Member]> {
        match &self.shape(id)?.kind {
            ShapeKind::Structure(structure) => Ok(&structure.members),
            _ => bail!("{id} is no structure"),
        }
    }

    fn member(&mut self, member: &'m Member, extent: Extent) -> anyhow::Result<Option<Value>> {
        let format = match (member.timestamp_format, &member.binding) {
            (Some(format), _) => Some(format),
            (None, Binding::Body) => None,
            (None, Binding::Header(_)) => Some(TimestampFormat::HttpDate),
            (None, Binding::Label(_) | Binding::Query(_)) => Some(TimestampFormat::DateTime),
            (None, _) => None,
        };
        self.value(&member.target, format, extent)
    }

    /// A value of a shape; `None` where only one without end would do.
    fn value(&mut self, id: &'m ShapeId, format: Option<TimestampFormat>, extent: Extent) -> anyhow::Result<Option<Value>> {
        let shape = self.shape(id)?;
        if self.around.iter().filter(|around| **around == id).count() >= MAX_RECURSION {
            return Ok(None);
        }
        self.around.push(id);
        let value = self.value_of(id, shape, format, extent);
        self.around.pop();
        value
    }

    fn value_of(
        &mut self,
        id: &'m ShapeId,
        shape: &'m Shape,
        format: Option<TimestampFormat>,
        extent: Extent,
    ) -> anyhow::Result<Option<Value>> {
        let least = |length: Option<Length>| length.and_then(|length| length.min).unwrap_or(0).max(1) as usize;
        let may_be_empty = shape.constraints.length.and_then(|length| length.min).unwrap_or(0) == 0;
        Ok(Some(match &shape.kind {
            ShapeKind::Scalar(scalar) => self.scalar(id, *scalar, &shape.constraints, format)?,
            ShapeKind::Enumeration(_) if extent == Extent::Unknown => json!(UNKNOWN),
            ShapeKind::Enumeration(enumeration) => {
                let turn = self.turn(id);
                json!(enumeration.values[turn % enumeration.values.len()].value)
            }
            ShapeKind::IntegerEnumeration(enumeration) => {
                let turn = self.turn(id);
                json!(enumeration.values[turn % enumeration.values.len()].value)
            }
            ShapeKind::List(list) => {
                let mut elements = Vec::new();
                for _ in 0..least(shape.constraints.length) {
                    elements.extend(self.value(&list.member, None, extent)?);
                }
                if elements.is_empty() && !may_be_empty {
                    return Ok(None);
                }
                Value::Array(elements)
            }
            ShapeKind::Map(map) => {
                let key = self.value(&map.key, None, extent)?;
                let (Some(Value::String(key)), Some(value)) = (key, self.value(&map.value, None, extent)?) else {
                    return Ok(may_be_empty.then(|| json!({})));
                };
                Value::Object(Map::from_iter([(key, value)]))
            }
            ShapeKind::Structure(structure) => {
                let mut object = Map::new();
                for member in structure.members.iter().filter(|member| included(member, extent)) {
                    match self.member(member, extent)? {
                        Some(value) => drop(object.insert(member.body_name().to_owned(), value)),
                        None if member.required => return Ok(None),
                        None => {}
                    }
                }
                Value::Object(object)
            }
            ShapeKind::Union(_) if extent == Extent::Unknown => json!({UNKNOWN: {"Numbers": [1, 2.5, null], "Text": TEXT}}),
            ShapeKind::Union(union) => {
                let turn = self.turn(id);
                for index in 0..union.members.len() {
                    let member = &union.members[(turn + index) % union.members.len()];
                    if let Some(value) = self.member(member, extent)? {
                        self.variants.insert((&id.0, &member.name));
                        return Ok(Some(Value::Object(Map::from_iter([(member.body_name().to_owned(), value)]))));
                    }
                }
                return Ok(None);
            }
        }))
    }

    fn turn(&mut self, id: &'m ShapeId) -> usize {
        let turn = self.turns.entry(id).or_default();
        *turn += 1;
        *turn - 1
    }

    fn scalar(
        &mut self,
        id: &'m ShapeId,
        scalar: Scalar,
        constraints: &Constraints,
        format: Option<TimestampFormat>,
    ) -> anyhow::Result<Value> {
        let integer = |value: i64| json!(within(value as f64, constraints.range).map_or(value, |bound| bound as i64));
        let float = |value: f64| json!(within(value, constraints.range).unwrap_or(value));
        Ok(match scalar {
            Scalar::Boolean => json!(self.turn(id).is_multiple_of(2)),
            Scalar::String => json!(self.text(id, constraints)?),
            Scalar::Byte => integer(-7),
            Scalar::Short => integer(-1234),
            Scalar::Integer => integer(1_234_567),
            Scalar::Long => integer((1 << 53) + 1),
            Scalar::Float => float(0.25),
            Scalar::Double => float(1_234.567_890_123),
            Scalar::Timestamp(own) => match format.or(own) {
                None | Some(TimestampFormat::EpochSeconds) => {
                    [json!(1_706_933_106), json!(1_706_933_106.125)][self.turn(id) % 2].clone()
                }
                Some(TimestampFormat::DateTime) => json!("2024-02-03T04:05:06.25Z"),
                Some(TimestampFormat::HttpDate) => json!("Sat, 03 Feb 2024 04:05:06 GMT"),
            },
            Scalar::Blob | Scalar::BigInteger | Scalar::BigDecimal | Scalar::Document | Scalar::Unit => {
                bail!("no samples of {scalar:?} yet")
            }
        })
    }

    fn text(&mut self, id: &'m ShapeId, constraints: &Constraints) -> anyhow::Result<String> {
        if let Some(text) = self.texts.get(id) {
            return Ok(text.clone());
        }
        let text = match &constraints.pattern {
            Some(pattern) => matching_text(pattern, constraints.length),
            None => Some(long_enough(constraints.length)),
        };
        let text = text.filter(|text| fits(text, constraints.length)).with_context(|| format!("no sample of {id} matches"))?;
        self.texts.insert(id, text.clone());
        Ok(text)
    }
}

fn included(member: &Member, extent: Extent) -> bool {
    // Without one, the client would make one up.
    member.required || member.idempotency_token || extent != Extent::Least
}

fn long_enough(length: Option<Length>) -> String {
    let Length { min, max } = length.unwrap_or(Length { min: None, max: None });
    let cut: String = TEXT.chars().take(max.unwrap_or(u64::MAX) as usize).collect();
    let missing = (min.unwrap_or(0) as usize).saturating_sub(cut.chars().count());
    cut + &"x".repeat(missing)
}

/// The bound that a value lies beyond, if it does.
fn within(value: f64, range: Option<Range>) -> Option<f64> {
    let Range { min, max } = range?;
    let number = |bound: Bound| match bound {
        Bound::Integer(value) => value as f64,
        Bound::Float(value) => value,
    };
    min.map(number).filter(|min| value < *min).or(max.map(number).filter(|max| value > *max))
}

fn texts(value: &Value) -> anyhow::Result<Vec<String>> {
    match value {
        Value::Array(elements) => elements.iter().map(text).collect(),
        value => Ok(vec![text(value)?]),
    }
}

fn text(value: &Value) -> anyhow::Result<String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        _ => bail!("{value} has no text form"),
    }
}

/// Everything but RFC 3986's unreserved characters.
pub fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}
