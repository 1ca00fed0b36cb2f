//! Several values of a model: an iterator.

use super::{Array, Found, Item, LookupError, Presence, Shapes, unboxed};
use crate::ir::jmespath::{Expression, Projected};
use crate::rust::plan::{Lookup, Method};
use crate::rust::types::Type;

/// Values of a list or a map, and what becomes of each of them.
#[derive(Clone, Debug)]
pub(in crate::rust::planner) struct Items {
    /// The list or map.
    source: Item,
    /// Which values of it.
    which: Which,
    /// What becomes of each.
    steps: Vec<Step>,
    /// What they are at last.
    pub(in crate::rust::planner) ty: Type,
}

/// What is taken of a list or a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    /// A list's elements.
    Elements,
    /// A map's values.
    Values,
    /// A map's keys.
    Keys,
}

/// A step of an iterator.
#[derive(Clone, Debug)]
enum Step {
    Flatten,
    Closure(Method, Lookup),
}

impl Item {
    /// The elements of a list.
    pub(in crate::rust::planner) fn items(self) -> Result<Items, LookupError> {
        let Type::List(element) = &self.ty else { return Found::Item(self).senseless("elements") };
        let element = (**element).clone();
        Ok(Items::new(self, Which::Elements, element))
    }

    fn values(self) -> Result<Items, LookupError> {
        let Type::Map(_, value) = &self.ty else { return Found::Item(self).senseless("values") };
        let value = (**value).clone();
        Ok(Items::new(self, Which::Values, value))
    }

    /// The keys of a map.
    pub(super) fn keys(self) -> Result<Items, LookupError> {
        let Type::Map(key, _) = &self.ty else { return Found::Item(self).senseless("keys") };
        let key = (**key).clone();
        Ok(Items::new(self, Which::Keys, key))
    }
}

impl Items {
    fn new(source: Item, which: Which, ty: Type) -> Self {
        Self { source, which, steps: Vec::new(), ty }.settled()
    }

    /// Without the nulls of a sparse list or map.
    fn settled(mut self) -> Self {
        match self.ty {
            Type::Sparse(inner) => {
                self.steps.push(Step::Flatten);
                self.ty = *inner;
                self.settled()
            }
            ty => Self { ty, ..self },
        }
    }

    /// With the elements of each, where each is a list.
    fn flattened(mut self) -> Self {
        if let Type::List(element) = self.ty {
            self.steps.push(Step::Flatten);
            return Self { ty: *element, ..self }.settled();
        }
        self
    }

    /// With the elements of a list that is made of each, those that are there.
    fn joined(self, Array { lookup, ty }: Array) -> Self {
        self.closure(Method::FlatMap, lookup, Type::Sparse(Box::new(ty)))
    }

    /// With something else of each.
    pub(super) fn closure(mut self, method: Method, inner: Lookup, ty: Type) -> Self {
        self.steps.push(Step::Closure(method, inner));
        Self { ty, ..self }.settled()
    }

    /// One of them, as a variable.
    pub(in crate::rust::planner) fn one(&self) -> Item {
        Item::variable("it", unboxed(&self.ty))
    }

    /// The iterator; an empty one where there is no list or map.
    pub(in crate::rust::planner) fn iterator(self) -> Lookup {
        let Item { lookup, presence, .. } = self.source;
        let over = |which: Which, it: Lookup| match which {
            Which::Elements => it.method(Method::Iter),
            Which::Values => it.method(Method::Values),
            Which::Keys => it.method(Method::Keys),
        };
        let values = match (presence, self.which) {
            (Presence::Value, which) => over(which, lookup),
            (Presence::Optional, Which::Elements) => lookup.method(Method::Iter).method(Method::Flatten),
            (Presence::Reference, Which::Elements) => lookup.method(Method::IntoIter).method(Method::Flatten),
            (Presence::Optional, which) => {
                lookup.method(Method::Iter).closure(Method::FlatMap, over(which, Lookup::variable("it")))
            }
            (Presence::Reference, which) => {
                lookup.method(Method::IntoIter).closure(Method::FlatMap, over(which, Lookup::variable("it")))
            }
        };
        self.steps.into_iter().fold(values, |iterator, step| match step {
            Step::Flatten => iterator.method(Method::Flatten),
            Step::Closure(method, inner) => iterator.closure(method, inner),
        })
    }

    /// How many there are, and whether that may be nothing: of a list that is not there.
    pub(super) fn count(mut self) -> (Lookup, bool) {
        let is_optional = self.source.presence != Presence::Value;
        let whole = is_optional.then(|| self.source.clone().reference());
        if is_optional {
            self.source = Item::variable("it", self.source.ty);
        }
        let count = match self.steps.is_empty() {
            true => self.source.lookup.method(Method::Len),
            false => self.iterator().method(Method::Count),
        };
        match whole {
            Some(whole) => (whole.closure(Method::Map, count), true),
            None => (count, false),
        }
    }

    /// The one at a place.
    pub(super) fn nth(self, index: i64) -> Option<Item> {
        let ty = unboxed(&self.ty);
        let iterator = self.iterator();
        let lookup = match index {
            0 => iterator.method(Method::Next),
            -1 => iterator.method(Method::Last),
            1.. => iterator.with(Method::Nth, Lookup::Integer(index)),
            _ => return None,
        };
        Some(Item { lookup, ty, presence: Presence::Reference })
    }
}

impl Shapes<'_> {
    /// What a projection finds.
    pub(super) fn find_each(&self, of: &Projected, each: &Expression, current: &Found) -> Result<Found, LookupError> {
        let items = self.project(of, current)?;
        if *each == Expression::Current {
            return Ok(Found::Items(items));
        }
        let found = match self.find(each, &Found::Item(items.one()))? {
            Found::Item(found) => found,
            Found::Array(array) => return Ok(Found::Arrays(items, array)),
            other => return Err(LookupError::Unsupported(format!("{} of each of several values", other.kind()))),
        };
        let ty = found.ty.clone();
        Ok(Found::Items(match found.presence {
            Presence::Value => items.closure(Method::Map, Lookup::Reference(Box::new(found.lookup)), ty),
            _ => items.closure(Method::FilterMap, found.reference(), ty),
        }))
    }

    fn project(&self, of: &Projected, current: &Found) -> Result<Items, LookupError> {
        match of {
            Projected::Elements(left) => self.elements(left, current),
            Projected::Flattened(left) => match self.find(left, current)? {
                Found::Arrays(items, array) => Ok(items.joined(array)),
                Found::Items(items) => Ok(items.flattened()),
                other => other.item("elements")?.items().map(Items::flattened),
            },
            Projected::Values(left) => self.find(left, current)?.item("values")?.values(),
            Projected::Filtered(left, condition) => {
                let items = self.elements(left, current)?;
                let condition = self.find(condition, &Found::Item(items.one()))?.condition()?;
                let ty = items.ty.clone();
                Ok(items.closure(Method::Filter, condition, ty))
            }
        }
    }

    /// A list of what expressions find, null or not.
    pub(super) fn array(&self, elements: &[Expression], current: &Found) -> Result<Array, LookupError> {
        let elements = elements.iter().map(|element| self.find(element, current)?.item("an element of a list"));
        let elements = elements.collect::<Result<Vec<_>, _>>()?;
        match elements.split_first() {
            Some((first, others)) if others.iter().all(|other| other.ty == first.ty) => {
                let ty = first.ty.clone();
                Ok(Array { lookup: Lookup::Array(elements.into_iter().map(Item::reference).collect()), ty })
            }
            _ => Err(LookupError::Unsupported("a list of values of several types".to_owned())),
        }
    }

    fn elements(&self, left: &Expression, current: &Found) -> Result<Items, LookupError> {
        match self.find(left, current)? {
            Found::Items(items) => Ok(items),
            other => other.item("elements")?.items(),
        }
    }
}
