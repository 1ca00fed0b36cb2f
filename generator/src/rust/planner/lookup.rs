//! From JMESPath to Rust: what an expression finds is looked up in the planned structures, so that it is of a type, and one that
//! names nothing is found out here.
//!
//! JMESPath's null is an `Option`'s `None`. Where JMESPath would stop with an error, as for the length of null, nothing is found, and a
//! condition about it does not hold, as in AWS's other clients.

mod compare;
mod items;
mod shapes;

use crate::ir::jmespath::{Expression, Literal};
use crate::rust::names::Name;
use crate::rust::plan::{Lookup, Method};
use crate::rust::types::{Primitive, Type};
pub(super) use compare::{Number, Text};
pub(super) use items::Items;
pub(super) use shapes::Shapes;

/// Why an expression cannot be looked up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum LookupError {
    /// A structure has no such member.
    #[error("`{structure}` has no member `{member}`")]
    NoMember {
        /// The structure.
        structure: String,
        /// The member.
        member: String,
    },
    /// Something is asked of a value that it does not have.
    #[error("{asked} of {of}")]
    Senseless {
        /// What is asked.
        asked: &'static str,
        /// What it is asked of.
        of: &'static str,
    },
    /// What makes sense and is not written yet.
    #[error("not supported yet: {0}")]
    Unsupported(String),
}

/// What an expression finds.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// One value of the model.
    Item(Item),
    /// Several values of the model.
    Items(Items),
    /// A list that the expression makes of values of the model.
    Array(Array),
    /// Such a list of each of several values.
    Arrays(Items, Array),
    /// A string.
    Text(Text),
    /// A number.
    Number(Number),
    /// A condition.
    Condition(Lookup),
    /// A value that stands in the expression.
    Literal(Literal),
    /// A request and its response.
    Messages {
        /// The request.
        input: Item,
        /// The response.
        output: Item,
    },
}

/// A list that an expression makes of values of the model, which all are of one type.
#[derive(Clone, Debug)]
pub(super) struct Array {
    /// `Option`s of references to them.
    lookup: Lookup,
    /// Their type.
    ty: Type,
}

/// A value of the model.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Where it is.
    pub(super) lookup: Lookup,
    /// Its type, without box.
    pub(super) ty: Type,
    /// Whether it is there.
    pub(super) presence: Presence,
}

/// Whether a value is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// It always is: the lookup is the value's place.
    Value,
    /// Not always: the lookup is the place of an `Option`.
    Optional,
    /// Not always: the lookup is an `Option` of a reference.
    Reference,
}

impl Found {
    /// What it is, for messages.
    fn kind(&self) -> &'static str {
        match self {
            Self::Item(item) => kind(&item.ty),
            Self::Items(_) => "several values",
            Self::Array(_) => "a list that the expression makes",
            Self::Arrays(..) => "several lists that the expression makes",
            Self::Text(_) | Self::Literal(Literal::Text(_)) => "a string",
            Self::Number(_) | Self::Literal(Literal::Integer(_)) => "a number",
            Self::Condition(_) | Self::Literal(Literal::Boolean(_)) => "a boolean",
            Self::Literal(Literal::Null) => "null",
            Self::Messages { .. } => "two messages",
        }
    }

    fn senseless<T>(&self, asked: &'static str) -> Result<T, LookupError> {
        Err(LookupError::Senseless { asked, of: self.kind() })
    }

    /// The one value of the model that it is.
    pub(super) fn item(self, asked: &'static str) -> Result<Item, LookupError> {
        match self {
            Self::Item(item) => Ok(item),
            other => other.senseless(asked),
        }
    }

    /// The condition that it is.
    pub(super) fn condition(self) -> Result<Lookup, LookupError> {
        self.equals_boolean(true)
    }

    /// Whether it is this boolean; nothing is neither.
    pub(super) fn equals_boolean(self, value: bool) -> Result<Lookup, LookupError> {
        match self {
            Self::Condition(condition) => Ok(if_true(condition, value)),
            Self::Literal(Literal::Boolean(literal)) => Ok(Lookup::Boolean(literal == value)),
            Self::Item(item) if item.ty == Type::Primitive(Primitive::Bool) => Ok(item.equals_boolean(value)),
            other => other.senseless("a condition"),
        }
    }
}

/// A condition, or its opposite.
fn if_true(condition: Lookup, value: bool) -> Lookup {
    if value { condition } else { Lookup::Not(Box::new(condition)) }
}

fn is(left: Lookup, right: Lookup) -> Lookup {
    left.compared(crate::ir::jmespath::Comparator::Equal, Lookup::Some(Box::new(right)))
}

/// What a value is, for messages.
fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::Primitive(Primitive::Bool) => "a boolean",
        Type::Primitive(_) | Type::BigInteger | Type::BigDecimal => "a number",
        Type::String => "a string",
        Type::Enumeration(_) => "an enum",
        Type::Timestamp => "a timestamp",
        Type::Blob | Type::Stream => "bytes",
        Type::EventStream(_) => "a stream of events",
        Type::Document => "a document",
        Type::Unit => "nothing",
        Type::Structure(_) => "a structure",
        Type::Union(_) => "a union",
        Type::List(_) => "a list",
        Type::Map(..) => "a map",
        Type::Sparse(inner) | Type::Boxed(inner) => kind(inner),
    }
}

impl Item {
    /// A variable that holds a reference to a value.
    pub(super) fn variable(name: &str, ty: Type) -> Self {
        Self { lookup: Lookup::variable(name), ty, presence: Presence::Value }
    }

    /// What `self` is.
    pub(super) fn this(ty: Type) -> Self {
        Self { lookup: Lookup::This, ty, presence: Presence::Value }
    }

    /// An `Option` of a reference to it.
    pub(super) fn reference(self) -> Lookup {
        match self.presence {
            Presence::Value => Lookup::Some(Box::new(Lookup::Reference(Box::new(self.lookup)))),
            Presence::Optional => self.lookup.method(Method::AsRef),
            Presence::Reference => self.lookup,
        }
    }

    /// Whether it is there, and this boolean.
    fn equals_boolean(self, value: bool) -> Lookup {
        let test = |place: Lookup, is_optional| match is_optional {
            true => is(place, Lookup::Boolean(value)),
            false => if_true(place, value),
        };
        match (self.presence, last_field(&self.lookup)) {
            (Presence::Value, _) => test(self.lookup, false),
            (Presence::Optional, _) => test(self.lookup, true),
            (Presence::Reference, Some((whole, field, is_optional))) => {
                whole.closure(Method::IsSomeAnd, test(field, is_optional))
            }
            (Presence::Reference, None) => test(self.lookup.method(Method::Copied), true),
        }
    }

    /// What is found in it, where it is there: `value` if it always is, `option` on an `Option` of a reference to it.
    fn found(self, value: impl FnOnce(Lookup) -> Lookup, option: impl FnOnce(Lookup) -> Lookup) -> Lookup {
        match self.presence {
            Presence::Value => value(self.lookup),
            Presence::Optional => option(self.lookup.method(Method::AsRef)),
            Presence::Reference => option(self.lookup),
        }
    }

    /// A part of it, which may not be there, by a method that gives an `Option` of a reference.
    fn part(self, ty: &Type, find: impl Fn(Lookup) -> Lookup) -> Self {
        let option = |lookup: Lookup| lookup.closure(Method::AndThen, find(Lookup::variable("it")));
        Self { lookup: self.found(&find, option), ty: unboxed(ty), presence: Presence::Reference }
    }

    /// A field of it.
    fn field(self, name: &Name, ty: &Type, is_optional: bool) -> Self {
        let (lookup, presence) = match (self.presence, is_optional) {
            (Presence::Value, false) => (self.lookup.field(name), Presence::Value),
            (Presence::Value, true) => (self.lookup.field(name), Presence::Optional),
            (_, true) => {
                let inner = Lookup::variable("it").field(name).method(Method::AsRef);
                (self.reference().closure(Method::AndThen, inner), Presence::Reference)
            }
            (_, false) => {
                let inner = Lookup::Reference(Box::new(Lookup::variable("it").field(name)));
                (self.reference().closure(Method::Map, inner), Presence::Reference)
            }
        };
        Self { lookup, ty: unboxed(ty), presence }
    }
}

/// The structure that a field is looked up in, the field, and whether it is an `Option`.
fn last_field(lookup: &Lookup) -> Option<(Lookup, Lookup, bool)> {
    let Lookup::Closure(whole, method, inner) = lookup else { return None };
    match (method, &**inner) {
        (Method::AndThen, Lookup::Method(field, Method::AsRef)) => Some(((**whole).clone(), (**field).clone(), true)),
        (Method::Map, Lookup::Reference(field)) => Some(((**whole).clone(), (**field).clone(), false)),
        _ => None,
    }
}

/// A type without its box.
fn unboxed(ty: &Type) -> Type {
    match ty {
        Type::Boxed(inner) => (**inner).clone(),
        other => other.clone(),
    }
}

impl Shapes<'_> {
    /// What an expression finds in a value.
    pub(super) fn find(&self, expression: &Expression, current: &Found) -> Result<Found, LookupError> {
        match expression {
            Expression::Current => Ok(current.clone()),
            Expression::Literal(literal) => Ok(Found::Literal(literal.clone())),
            Expression::Member(left, name) => self.find_member(self.find(left, current)?, name),
            Expression::Index(left, index) => find_index(self.find(left, current)?, *index),
            Expression::Then(left, right) => self.find(right, &self.find(left, current)?),
            Expression::Projection { of, each } => self.find_each(of, each, current),
            Expression::Comparison(left, comparator, right) => {
                self.compare(self.find(left, current)?, *comparator, self.find(right, current)?)
            }
            Expression::And(left, right) => {
                let (left, right) = (self.find(left, current)?.condition()?, self.find(right, current)?.condition()?);
                Ok(Found::Condition(Lookup::And(Box::new(left), Box::new(right))))
            }
            Expression::Or(left, right) => self.either(self.find(left, current)?, self.find(right, current)?),
            Expression::Not(inner) => Ok(Found::Condition(Lookup::Not(Box::new(self.find(inner, current)?.condition()?)))),
            Expression::Call(function, arguments) => self.call(function, arguments, current),
            Expression::List(elements) => self.array(elements, current).map(Found::Array),
        }
    }

    fn find_member(&self, left: Found, name: &str) -> Result<Found, LookupError> {
        let item = match (left, name) {
            (Found::Messages { input, .. }, "input") => return Ok(Found::Item(input)),
            (Found::Messages { output, .. }, "output") => return Ok(Found::Item(output)),
            (left, _) => left.item("a member")?,
        };
        match item.ty.clone() {
            Type::Structure(structure) => {
                let Some(field) = self.field(&structure, name) else {
                    return Err(LookupError::NoMember {
                        structure: structure.name().plain().to_owned(),
                        member: name.to_owned(),
                    });
                };
                Ok(Found::Item(item.field(&field.name, &field.ty, field.is_optional())))
            }
            Type::Map(key, value) if *key == Type::String && !matches!(*value, Type::Sparse(_)) => {
                let key = Lookup::Text(name.to_owned());
                Ok(Found::Item(item.part(&value, |map| map.with(Method::Get, key.clone()))))
            }
            Type::Union(_) => Err(LookupError::Unsupported("a member of a union".to_owned())),
            _ => Found::Item(item).senseless("a member"),
        }
    }

    fn call(&self, function: &str, arguments: &[Expression], current: &Found) -> Result<Found, LookupError> {
        match (function, arguments) {
            ("length", [of]) => self.length(self.find(of, current)?),
            ("keys", [of]) => self.find(of, current)?.item("keys")?.keys().map(Found::Items),
            ("contains", [of, text]) => self.contains(self.find(of, current)?, self.find(text, current)?),
            (function, arguments) => {
                let message = format!("the function `{function}` of {} arguments", arguments.len());
                Err(LookupError::Unsupported(message))
            }
        }
    }
}

fn find_index(left: Found, index: i64) -> Result<Found, LookupError> {
    let find = |list: Lookup| match index {
        0 => Some(list.method(Method::First)),
        -1 => Some(list.method(Method::Last)),
        1.. => Some(list.with(Method::Get, Lookup::Integer(index))),
        _ => None,
    };
    let unsupported = || LookupError::Unsupported("an index that counts from the end".to_owned());
    match left {
        Found::Item(item) => {
            let Type::List(element) = item.ty.clone() else { return Found::Item(item).senseless("an element") };
            find(item.lookup.clone()).ok_or_else(unsupported)?;
            Ok(Found::Item(item.part(&element, |list| find(list.clone()).unwrap_or(list))))
        }
        Found::Items(items) => items.nth(index).map(Found::Item).ok_or_else(unsupported),
        other => other.senseless("an element"),
    }
}

#[cfg(test)]
mod tests;
