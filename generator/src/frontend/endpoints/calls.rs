//! Functions: their arguments, checked, and what they give.

use super::report_unsupported;
use super::scope::{Scope, Type, Typed};
use super::template::{self, check_template};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::json::Json;
use crate::frontend::names::check_name;
use crate::frontend::reader::{Object, wrong_type};
use crate::ir::{Argument, Call, Condition, Function};

/// A call, and what it gives.
struct TypedCall {
    call: Call,
    kind: Type,
    /// Whether it may give nothing.
    optional: bool,
}

/// Conditions, in order. What they make known stays in the scope.
pub(super) fn lower_conditions(
    conditions: Vec<Object<'_, '_>>,
    scope: &mut Scope,
    diagnostics: &mut Diagnostics,
) -> Vec<Condition> {
    conditions.into_iter().filter_map(|condition| lower_condition(condition, scope, diagnostics)).collect()
}

fn lower_condition(mut condition: Object<'_, '_>, scope: &mut Scope, diagnostics: &mut Diagnostics) -> Option<Condition> {
    let assign = condition.string("assign", diagnostics);
    let call = scope.in_condition(|scope| lower_call(&mut condition, scope, diagnostics));
    let place = condition.at("assign");
    condition.take("documentation");
    condition.finish_read(diagnostics);
    let TypedCall { call, kind, .. } = call?;
    if let Some(name) = assign {
        check_name(name, &place, diagnostics);
        scope.assign(name, kind, &place, diagnostics);
    }
    match &call {
        Call { function: Function::IsSet(value), negated: false } => learn_argument(value, scope),
        call => learn(call, scope),
    }
    Some(Condition { call, assign: assign.map(str::to_owned) })
}

/// Learns what must be set for a call to give anything: what its function cannot do without.
fn learn(call: &Call, scope: &mut Scope) {
    let arguments: Vec<&Argument> = match &call.function {
        // Something else may be set in their place.
        Function::IsSet(_) | Function::Coalesce(_) | Function::IfThenElse(_) => Vec::new(),
        Function::Value(value)
        | Function::Attribute(value, _)
        | Function::ParseUrl(value)
        | Function::Substring { text: value, .. }
        | Function::UriEncode(value)
        | Function::Partition(value)
        | Function::ParseArn(value) => vec![value],
        Function::BooleanEquals(left, right)
        | Function::StringEquals(left, right)
        | Function::IsValidHostLabel(left, right)
        | Function::IsVirtualHostableBucket(left, right)
        | Function::Split(left, right, _) => vec![left, right],
    };
    arguments.into_iter().for_each(|argument| learn_argument(argument, scope));
}

fn learn_argument(argument: &Argument, scope: &mut Scope) {
    match argument {
        Argument::Boolean(_) => {}
        Argument::Path(path) => scope.is_set(path.split_once('#').map_or(path, |(name, _)| name)),
        Argument::Text(text) => template::names(text).for_each(|name| scope.is_set(name)),
        Argument::Call(inner) => learn(inner, scope),
    }
}

/// `{"fn": .., "argv": ..}`.
fn lower_call(call: &mut Object<'_, '_>, scope: &Scope, diagnostics: &mut Diagnostics) -> Option<TypedCall> {
    let name = call.required_string("fn", diagnostics);
    let name_place = call.at("fn");
    let arguments = Arguments { json: call.array("argv", diagnostics).unwrap_or_default(), place: call.at("argv"), scope };
    match name? {
        "not" => lower_not(&arguments, diagnostics),
        "getAttr" => lower_attribute(&arguments, diagnostics),
        "isSet" => {
            let [value] = arguments.exactly("isSet", diagnostics)?;
            let value = arguments.any(value, diagnostics)?;
            Some(gives(Function::IsSet(value.argument), Type::Boolean))
        }
        "booleanEquals" => {
            let [left, right] = arguments.exactly("booleanEquals", diagnostics)?;
            let (left, right) = (arguments.boolean(left, diagnostics), arguments.boolean(right, diagnostics));
            Some(gives(Function::BooleanEquals(left?, right?), Type::Boolean))
        }
        "stringEquals" => {
            let [left, right] = arguments.exactly("stringEquals", diagnostics)?;
            let (left, right) = (arguments.text(left, diagnostics), arguments.text(right, diagnostics));
            Some(gives(Function::StringEquals(left?, right?), Type::Boolean))
        }
        "isValidHostLabel" => {
            let [text, with_dots] = arguments.exactly("isValidHostLabel", diagnostics)?;
            let (text, with_dots) = (arguments.text(text, diagnostics), arguments.boolean(with_dots, diagnostics));
            Some(gives(Function::IsValidHostLabel(text?, with_dots?), Type::Boolean))
        }
        "aws.isVirtualHostableS3Bucket" => {
            let [text, with_dots] = arguments.exactly("aws.isVirtualHostableS3Bucket", diagnostics)?;
            let (text, with_dots) = (arguments.text(text, diagnostics), arguments.boolean(with_dots, diagnostics));
            Some(gives(Function::IsVirtualHostableBucket(text?, with_dots?), Type::Boolean))
        }
        "parseURL" => arguments.of_text("parseURL", Function::ParseUrl, diagnostics).map(|url| may_give(url, Type::Url)),
        "uriEncode" => arguments.of_text("uriEncode", Function::UriEncode, diagnostics).map(|text| gives(text, Type::String)),
        "aws.partition" => arguments
            .of_text("aws.partition", Function::Partition, diagnostics)
            .map(|partition| gives(partition, Type::Partition)),
        "aws.parseArn" => arguments.of_text("aws.parseArn", Function::ParseArn, diagnostics).map(|arn| may_give(arn, Type::Arn)),
        "substring" => lower_substring(&arguments, diagnostics),
        "split" => lower_split(&arguments, diagnostics),
        "coalesce" => lower_coalesce(&arguments, diagnostics),
        "ite" => lower_if_then_else(&arguments, diagnostics),
        other => report_unsupported(&format!("the function `{other}`"), &name_place, diagnostics),
    }
}

fn gives(function: Function, kind: Type) -> TypedCall {
    TypedCall { call: Call { function, negated: false }, kind, optional: false }
}

fn may_give(function: Function, kind: Type) -> TypedCall {
    TypedCall { optional: true, ..gives(function, kind) }
}

fn lower_not(arguments: &Arguments<'_, '_>, diagnostics: &mut Diagnostics) -> Option<TypedCall> {
    let [value] = arguments.exactly("not", diagnostics)?;
    let call = match arguments.boolean(value, diagnostics)? {
        Argument::Call(call) => *call,
        value => Call { function: Function::Value(value), negated: false },
    };
    let call = Call { negated: !call.negated, ..call };
    Some(TypedCall { call, kind: Type::Boolean, optional: false })
}

fn lower_attribute(arguments: &Arguments<'_, '_>, diagnostics: &mut Diagnostics) -> Option<TypedCall> {
    let [value, path] = arguments.exactly("getAttr", diagnostics)?;
    let path = arguments.literal(path, diagnostics);
    let value = arguments.set(value, diagnostics)?;
    let path = path?;
    let (kind, optional) = arguments.scope.attribute(value.kind, path, &arguments.place.child(1), diagnostics)?;
    let function = match value.argument {
        Argument::Path(name) if !name.contains('#') => Function::Value(Argument::Path(format!("{name}#{path}"))),
        other => Function::Attribute(other, path.to_owned()),
    };
    Some(TypedCall { call: Call { function, negated: false }, kind, optional })
}

fn lower_substring(arguments: &Arguments<'_, '_>, diagnostics: &mut Diagnostics) -> Option<TypedCall> {
    let [text, start, end, from_the_end] = arguments.exactly("substring", diagnostics)?;
    let text = arguments.text(text, diagnostics);
    let (start, end) = (arguments.number(start, diagnostics), arguments.number(end, diagnostics));
    let from_the_end = match arguments.boolean(from_the_end, diagnostics)? {
        Argument::Boolean(value) => value,
        _ => return report_unsupported("a `substring` whose direction is not a literal", &arguments.place.child(3), diagnostics),
    };
    let (text, start, end) = (text?, start?, end?);
    if start >= end {
        let message = format!("there is nothing from {start} to {end}");
        diagnostics.error(&arguments.place, message, "let it end behind its start");
        return None;
    }
    Some(may_give(Function::Substring { text, start, end, from_the_end }, Type::String))
}

fn lower_split(arguments: &Arguments<'_, '_>, diagnostics: &mut Diagnostics) -> Option<TypedCall> {
    let [text, delimiter, limit] = arguments.exactly("split", diagnostics)?;
    let text = arguments.text(text, diagnostics);
    let delimiter = arguments.text(delimiter, diagnostics);
    let (limit, delimiter) = (arguments.number(limit, diagnostics)?, delimiter?);
    if delimiter == Argument::Text(String::new()) {
        diagnostics.error(&arguments.place.child(1), "an empty delimiter is everywhere", "write what stands between the parts");
        return None;
    }
    Some(gives(Function::Split(text?, delimiter, limit), Type::List))
}

fn lower_coalesce(arguments: &Arguments<'_, '_>, diagnostics: &mut Diagnostics) -> Option<TypedCall> {
    let [_, _, ..] = arguments.json else { return arguments.report_count("coalesce", "two or more", diagnostics) };
    let values: Vec<Typed> = arguments.all(diagnostics)?;
    let kind = arguments.common_type(&values, 0, diagnostics)?;
    let optional = values.iter().all(|value| value.optional);
    let function = Function::Coalesce(values.into_iter().map(|value| value.argument).collect());
    Some(TypedCall { call: Call { function, negated: false }, kind, optional })
}

fn lower_if_then_else(arguments: &Arguments<'_, '_>, diagnostics: &mut Diagnostics) -> Option<TypedCall> {
    let [condition, then, otherwise] = arguments.exactly("ite", diagnostics)?;
    let condition = arguments.boolean(condition, diagnostics);
    let (then, otherwise) = (arguments.any(then, diagnostics)?, arguments.any(otherwise, diagnostics)?);
    let optional = then.optional || otherwise.optional;
    let values = [then, otherwise];
    let kind = arguments.common_type(&values, 1, diagnostics)?;
    let [then, otherwise] = values.map(|value| value.argument);
    let function = Function::IfThenElse(Box::new([condition?, then, otherwise]));
    Some(TypedCall { call: Call { function, negated: false }, kind, optional })
}

/// An argument that has a place.
#[derive(Clone, Copy)]
struct Placed<'c, 'a> {
    index: usize,
    json: &'c Json<'a>,
}

/// The arguments of a call.
struct Arguments<'c, 'a> {
    json: &'c [Json<'a>],
    place: Place,
    scope: &'c Scope,
}

impl<'c, 'a> Arguments<'c, 'a> {
    /// All of them, if they are as many as the function takes.
    fn exactly<const N: usize>(&self, function: &str, diagnostics: &mut Diagnostics) -> Option<[Placed<'c, 'a>; N]> {
        let placed: Vec<Placed<'c, 'a>> = self.json.iter().enumerate().map(|(index, json)| Placed { index, json }).collect();
        match placed.try_into() {
            Ok(placed) => Some(placed),
            Err(_) => self.report_count(function, &N.to_string(), diagnostics),
        }
    }

    fn report_count<T>(&self, function: &str, expected: &str, diagnostics: &mut Diagnostics) -> Option<T> {
        let message = format!("`{function}` takes {expected} arguments, not {}", self.json.len());
        diagnostics.error(&self.place, message, "add what is missing, or drop the others");
        None
    }

    fn at(&self, argument: Placed<'_, '_>) -> Place {
        self.place.child(argument.index)
    }

    /// A value of whatever type, set or not.
    fn any(&self, argument: Placed<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Typed> {
        lower_argument(argument.json, &self.at(argument), self.scope, diagnostics)
    }

    fn all(&self, diagnostics: &mut Diagnostics) -> Option<Vec<Typed>> {
        let values: Vec<Option<Typed>> =
            self.json.iter().enumerate().map(|(index, json)| self.any(Placed { index, json }, diagnostics)).collect();
        values.into_iter().collect()
    }

    /// A value of whatever type that is set.
    fn set(&self, argument: Placed<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Typed> {
        let value = self.any(argument, diagnostics)?;
        value.expect_set(&self.at(argument), self.scope, diagnostics)?;
        Some(value)
    }

    fn boolean(&self, argument: Placed<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Argument> {
        self.of(Type::Boolean, argument, diagnostics)
    }

    fn text(&self, argument: Placed<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Argument> {
        self.of(Type::String, argument, diagnostics)
    }

    fn of(&self, kind: Type, argument: Placed<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Argument> {
        let value = self.any(argument, diagnostics)?;
        value.expect(kind, &self.at(argument), diagnostics)?;
        value.expect_set(&self.at(argument), self.scope, diagnostics)?;
        Some(value.argument)
    }

    /// A function of one text.
    fn of_text(&self, name: &str, function: fn(Argument) -> Function, diagnostics: &mut Diagnostics) -> Option<Function> {
        let [text] = self.exactly(name, diagnostics)?;
        self.text(text, diagnostics).map(function)
    }

    /// A string without insertions.
    fn literal(&self, argument: Placed<'c, 'a>, diagnostics: &mut Diagnostics) -> Option<&'c str> {
        match argument.json {
            Json::String(text) => Some(text),
            other => wrong_type(&self.at(argument), "a string", other, diagnostics),
        }
    }

    /// A literal number.
    fn number(&self, argument: Placed<'_, '_>, diagnostics: &mut Diagnostics) -> Option<u32> {
        let number = match argument.json {
            Json::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
            _ => None,
        };
        let report = || wrong_type(&self.at(argument), "a whole number that is not negative", argument.json, diagnostics);
        number.or_else(report)
    }

    /// The type of values that must have one; the first is the argument at `first`.
    fn common_type(&self, values: &[Typed], first: usize, diagnostics: &mut Diagnostics) -> Option<Type> {
        let kind = values.first()?.kind;
        for (index, value) in values.iter().enumerate() {
            value.expect(kind, &self.place.child(first + index), diagnostics)?;
        }
        Some(kind)
    }
}

/// An argument, or whatever else gives a value.
pub(super) fn lower_argument(json: &Json<'_>, place: &Place, scope: &Scope, diagnostics: &mut Diagnostics) -> Option<Typed> {
    match json {
        Json::Bool(value) => Some(Typed { argument: Argument::Boolean(*value), kind: Type::Boolean, optional: false }),
        Json::String(text) => {
            check_template(text, place, scope, diagnostics)?;
            Some(Typed { argument: Argument::Text(text.to_string()), kind: Type::String, optional: false })
        }
        Json::Object(_) => {
            let mut object = Object::new(json, place.clone(), diagnostics)?;
            let value = lower_computed(&mut object, scope, diagnostics);
            object.finish_read(diagnostics);
            value
        }
        other => wrong_type(place, "a string, a boolean, a reference or a call", other, diagnostics),
    }
}

/// `{"ref": ..}` or a call.
fn lower_computed(object: &mut Object<'_, '_>, scope: &Scope, diagnostics: &mut Diagnostics) -> Option<Typed> {
    if object.has("ref") {
        let name = object.string("ref", diagnostics)?;
        return scope.name(name, &object.at("ref"), diagnostics);
    }
    let TypedCall { call, kind, optional } = lower_call(object, scope, diagnostics)?;
    let argument = match call {
        Call { function: Function::Value(value), negated: false } => value,
        call => Argument::Call(Box::new(call)),
    };
    Some(Typed { argument, kind, optional })
}

/// A string that must be set.
pub(super) fn lower_text(json: &Json<'_>, place: &Place, scope: &Scope, diagnostics: &mut Diagnostics) -> Option<Argument> {
    let text = lower_argument(json, place, scope, diagnostics)?;
    text.expect(Type::String, place, diagnostics)?;
    text.expect_set(place, scope, diagnostics)?;
    Some(text.argument)
}
