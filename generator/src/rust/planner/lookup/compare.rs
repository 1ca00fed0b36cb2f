//! Strings, numbers and conditions.

use super::{Found, Item, Items, LookupError, Presence, Shapes, if_true, is, last_field};
use crate::ir::jmespath::{Comparator, Literal};
use crate::rust::plan::{Lookup, Method};
use crate::rust::types::{Primitive, Type};

/// A string: a `&str`, or an `Option` of one.
#[derive(Clone, Debug)]
pub(in crate::rust::planner) struct Text {
    /// Where it is.
    pub(in crate::rust::planner) lookup: Lookup,
    /// Whether it may not be there.
    pub(in crate::rust::planner) is_optional: bool,
}

/// A whole number, or an `Option` of one.
#[derive(Clone, Debug)]
pub(in crate::rust::planner) struct Number {
    lookup: Lookup,
    is_optional: bool,
    kind: NumberKind,
}

/// The types of numbers, as far as one can be compared with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NumberKind {
    /// A length, which of nothing is none: a comparison with it does not hold.
    Length,
    /// A value of the model.
    Primitive(Primitive),
    /// A number that stands in the expression.
    Literal,
}

impl Text {
    /// An `Option` of it.
    pub(in crate::rust::planner) fn option(self) -> Lookup {
        if self.is_optional { self.lookup } else { Lookup::Some(Box::new(self.lookup)) }
    }

    /// Whether it is a text.
    pub(in crate::rust::planner) fn equals(self, text: &str) -> Lookup {
        let text = Lookup::Text(text.to_owned());
        match self.is_optional {
            true => is(self.lookup, text),
            false => self.lookup.compared(Comparator::Equal, text),
        }
    }
}

impl Shapes<'_> {
    /// The string that was found; `None` when it is something else.
    pub(in crate::rust::planner) fn text(&self, found: &Found) -> Option<Text> {
        match found {
            Found::Text(text) => Some(text.clone()),
            Found::Literal(Literal::Text(text)) => Some(Text { lookup: Lookup::Text(text.clone()), is_optional: false }),
            Found::Item(item) if self.is_text(&item.ty) => {
                Some(Text { lookup: text(item.clone()), is_optional: item.presence != Presence::Value })
            }
            _ => None,
        }
    }

    /// Whether values of a type are strings, those of enums among them.
    pub(in crate::rust::planner) fn is_text(&self, ty: &Type) -> bool {
        match ty {
            Type::String => true,
            Type::Enumeration(name) => !self.is_of_integers(name),
            _ => false,
        }
    }

    /// The strings that were found: an iterator of them; `None` when they are something else.
    pub(in crate::rust::planner) fn texts(&self, items: Items) -> Option<Lookup> {
        let text = as_str(items.one().lookup);
        let is_text = self.is_text(&items.one().ty);
        is_text.then(|| items.closure(Method::Map, text, Type::String).iterator())
    }

    fn number(&self, found: &Found) -> Option<Number> {
        let number = |lookup, is_optional, kind| Some(Number { lookup, is_optional, kind });
        match found {
            Found::Number(number) => Some(number.clone()),
            Found::Literal(Literal::Integer(value)) => number(Lookup::Integer(*value), false, NumberKind::Literal),
            Found::Item(Item { lookup, ty: Type::Primitive(primitive), presence }) if is_integer(*primitive) => {
                let kind = NumberKind::Primitive(*primitive);
                match presence {
                    Presence::Reference => number(lookup.clone().method(Method::Copied), true, kind),
                    // A variable is a reference, a field is not.
                    _ if matches!(lookup, Lookup::Variable(_)) => None,
                    presence => number(lookup.clone(), *presence == Presence::Optional, kind),
                }
            }
            Found::Item(item) => match &item.ty {
                Type::Enumeration(name) if self.is_of_integers(name) => {
                    let value = |it: Lookup| it.method(Method::Value);
                    let option = |option: Lookup| option.closure(Method::Map, value(Lookup::variable("it")));
                    let is_optional = item.presence != Presence::Value;
                    number(item.clone().found(value, option), is_optional, NumberKind::Primitive(Primitive::I32))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The length of a list, a map or a string.
    pub(super) fn length(&self, of: Found) -> Result<Found, LookupError> {
        let number = |(lookup, is_optional)| Found::Number(Number { lookup, is_optional, kind: NumberKind::Length });
        let has_length = |ty: &Type| matches!(ty, Type::List(_) | Type::Map(..) | Type::String);
        match of {
            Found::Items(items) => Ok(number(items.count())),
            Found::Text(Text { lookup, is_optional: false }) => Ok(number((lookup.method(Method::Len), false))),
            Found::Item(item) if has_length(&item.ty) => {
                let is_optional = item.presence != Presence::Value;
                let length = |it: Lookup| it.method(Method::Len);
                let option = |option: Lookup| option.closure(Method::Map, length(Lookup::variable("it")));
                Ok(number((item.found(length, option), is_optional)))
            }
            other => other.senseless("the length"),
        }
    }

    /// Whether one of several strings is a text, or a string has it inside.
    pub(super) fn contains(&self, of: Found, text: Found) -> Result<Found, LookupError> {
        let Found::Literal(Literal::Text(text)) = text else {
            return Err(LookupError::Unsupported("`contains` of what is no literal string".to_owned()));
        };
        let it = || Lookup::variable("it");
        if let Some(Text { lookup, is_optional }) = self.text(&of) {
            let inside = |it: Lookup| it.with(Method::Contains, Lookup::Text(text.clone()));
            return Ok(Found::Condition(match is_optional {
                true => lookup.closure(Method::IsSomeAnd, inside(it())),
                false => inside(lookup),
            }));
        }
        let items = match of {
            Found::Items(items) => items,
            Found::Item(item) => item.items()?,
            other => return other.senseless("elements"),
        };
        match self.texts(items) {
            Some(texts) => {
                let is_text = it().compared(Comparator::Equal, Lookup::Text(text));
                Ok(Found::Condition(texts.closure(Method::Any, is_text)))
            }
            None => Err(LookupError::Unsupported("`contains` of what are no strings".to_owned())),
        }
    }

    /// `left || right`.
    pub(super) fn either(&self, left: Found, right: Found) -> Result<Found, LookupError> {
        let (Some(left), Some(right)) = (self.text(&left), self.text(&right)) else {
            return Ok(Found::Condition(Lookup::Or(Box::new(left.condition()?), Box::new(right.condition()?))));
        };
        if right.lookup == Lookup::Text(String::new()) && left.is_optional {
            return Ok(Found::Text(Text { lookup: left.lookup.with(Method::UnwrapOr, right.lookup), is_optional: false }));
        }
        // An empty one is as good as none.
        let is_full = Lookup::Not(Box::new(Lookup::variable("it").method(Method::IsEmpty)));
        let left = left.option().closure(Method::Filter, is_full);
        let lookup = Lookup::Lazy(Box::new(left), Method::OrElse, Box::new(right.option()));
        Ok(Found::Text(Text { lookup, is_optional: true }))
    }

    /// A comparison.
    pub(in crate::rust::planner) fn compare(
        &self,
        left: Found,
        comparator: Comparator,
        right: Found,
    ) -> Result<Found, LookupError> {
        let is_equality = matches!(comparator, Comparator::Equal | Comparator::NotEqual);
        if let (Some(left), Some(right), true) = (self.text(&left), self.text(&right), is_equality) {
            return Ok(Found::Condition(compare_texts(left, comparator, right)));
        }
        if let (Some(left), Some(right)) = (self.number(&left), self.number(&right)) {
            return compare_numbers(left, comparator, right).map(Found::Condition);
        }
        let message = format!("a comparison of {} with {}", left.kind(), right.kind());
        if let (Found::Literal(Literal::Boolean(value)), true) = (right, is_equality)
            && let Ok(condition) = left.equals_boolean(value)
        {
            return Ok(Found::Condition(if_true(condition, comparator == Comparator::Equal)));
        }
        Err(LookupError::Unsupported(message))
    }
}

/// The string that a value is.
fn text(item: Item) -> Lookup {
    let field = last_field(&item.lookup).filter(|_| item.presence == Presence::Reference);
    match (item.presence, &item.ty, field) {
        (Presence::Optional, Type::String, _) => item.lookup.method(Method::AsDeref),
        (_, Type::String, Some((whole, field, true))) => whole.closure(Method::AndThen, field.method(Method::AsDeref)),
        (_, _, Some((whole, field, false))) => whole.closure(Method::Map, as_str(field)),
        _ => item.found(as_str, |option| option.closure(Method::Map, as_str(Lookup::variable("it")))),
    }
}

fn as_str(text: Lookup) -> Lookup {
    text.method(Method::AsStr)
}

fn is_integer(primitive: Primitive) -> bool {
    matches!(primitive, Primitive::I8 | Primitive::I16 | Primitive::I32 | Primitive::I64)
}

fn compare_texts(left: Text, comparator: Comparator, right: Text) -> Lookup {
    match left.is_optional || right.is_optional {
        true => left.option().compared(comparator, right.option()),
        false => left.lookup.compared(comparator, right.lookup),
    }
}

fn compare_numbers(left: Number, comparator: Comparator, right: Number) -> Result<Lookup, LookupError> {
    let is_equality = matches!(comparator, Comparator::Equal | Comparator::NotEqual);
    let are_alike = left.kind == right.kind || left.kind == NumberKind::Literal || right.kind == NumberKind::Literal;
    let some = |number: Number| if number.is_optional { number.lookup } else { Lookup::Some(Box::new(number.lookup)) };
    match (left.is_optional, right.is_optional) {
        _ if !are_alike => Err(LookupError::Unsupported("a comparison of numbers of two types".to_owned())),
        (false, false) => Ok(left.lookup.compared(comparator, right.lookup)),
        // None is greater or less than no number, and as a length it is not even another.
        (true, false) if !is_equality || left.kind == NumberKind::Length => {
            Ok(left.lookup.closure(Method::IsSomeAnd, Lookup::variable("it").compared(comparator, right.lookup)))
        }
        _ if is_equality => Ok(some(left).compared(comparator, some(right))),
        _ => Err(LookupError::Unsupported("an order of numbers that may not be there".to_owned())),
    }
}
