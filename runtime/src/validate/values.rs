//! What has a constraint: the views of values that checks need, of what is set and of what is not.

use super::decimal::Decimal;
use crate::codec::MapKey;
use crate::enumeration::{Enumeration, IntegerEnumeration};
use aws_smithy_types::{BigDecimal, BigInteger, Blob};
use std::collections::BTreeMap;
use std::ops::RangeBounds;

/// What is a list.
pub trait Elements {
    /// What it holds.
    type Element;

    /// The elements; none when there is no list.
    fn elements(&self) -> &[Self::Element];
}

impl<T> Elements for Vec<T> {
    type Element = T;

    fn elements(&self) -> &[T] {
        self
    }
}

impl<L: Elements> Elements for Option<L> {
    type Element = L::Element;

    fn elements(&self) -> &[L::Element] {
        self.as_ref().map_or(&[], L::elements)
    }
}

/// What is a map.
pub trait Entries {
    /// The keys.
    type Key: MapKey;

    /// The values.
    type Value;

    /// The entries; none when there is no map.
    fn entries<'t>(&'t self) -> impl Iterator<Item = (&'t Self::Key, &'t Self::Value)>
    where
        Self::Key: 't,
        Self::Value: 't;
}

impl<K: MapKey, T> Entries for BTreeMap<K, T> {
    type Key = K;
    type Value = T;

    fn entries<'t>(&'t self) -> impl Iterator<Item = (&'t K, &'t T)>
    where
        K: 't,
        T: 't,
    {
        self.iter()
    }
}

impl<M: Entries> Entries for Option<M> {
    type Key = M::Key;
    type Value = M::Value;

    fn entries<'t>(&'t self) -> impl Iterator<Item = (&'t M::Key, &'t M::Value)>
    where
        M::Key: 't,
        M::Value: 't,
    {
        self.iter().flat_map(M::entries)
    }
}

/// What has a length.
pub trait Measured {
    /// The length: code points of a string, bytes of a blob, entries of a list or map, null or not; `None` when there is no value.
    fn measure(&self) -> Option<usize>;
}

impl Measured for String {
    fn measure(&self) -> Option<usize> {
        Some(self.chars().count())
    }
}

/// An enum may have a string's constraints, too.
impl<T: Enumeration> Measured for T {
    fn measure(&self) -> Option<usize> {
        Some(self.as_str().chars().count())
    }
}

impl Measured for Blob {
    fn measure(&self) -> Option<usize> {
        Some(self.as_ref().len())
    }
}

impl<T> Measured for Vec<T> {
    fn measure(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<K, T> Measured for BTreeMap<K, T> {
    fn measure(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<T: Measured> Measured for Option<T> {
    fn measure(&self) -> Option<usize> {
        self.as_ref().and_then(T::measure)
    }
}

/// What is a number, whose bounds are given as `N`.
pub trait Ranged<N> {
    /// Whether the number lies within the bounds; no number does.
    fn lies_within(&self, bounds: &impl RangeBounds<N>) -> bool;
}

macro_rules! ranged {
    ($($number:ty),*) => {$(
        impl Ranged<$number> for $number {
            fn lies_within(&self, bounds: &impl RangeBounds<$number>) -> bool {
                bounds.contains(self)
            }
        }
    )*};
}

ranged!(i8, i16, i32, i64, f32, f64);

impl Ranged<Decimal<'static>> for BigInteger {
    fn lies_within(&self, bounds: &impl RangeBounds<Decimal<'static>>) -> bool {
        bounds.contains(&Decimal(self.as_ref()))
    }
}

impl Ranged<Decimal<'static>> for BigDecimal {
    fn lies_within(&self, bounds: &impl RangeBounds<Decimal<'static>>) -> bool {
        bounds.contains(&Decimal(self.as_ref()))
    }
}

impl<T: IntegerEnumeration> Ranged<i32> for T {
    fn lies_within(&self, bounds: &impl RangeBounds<i32>) -> bool {
        bounds.contains(&self.value())
    }
}

impl<N, T: Ranged<N>> Ranged<N> for Option<T> {
    fn lies_within(&self, bounds: &impl RangeBounds<N>) -> bool {
        self.as_ref().is_none_or(|number| number.lies_within(bounds))
    }
}

/// What is a text.
pub trait Matched {
    /// The text; `None` when there is no value.
    fn text(&self) -> Option<&str>;
}

impl Matched for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T: Enumeration> Matched for T {
    fn text(&self) -> Option<&str> {
        Some(self.as_str())
    }
}

impl<T: Matched> Matched for Option<T> {
    fn text(&self) -> Option<&str> {
        self.as_ref().and_then(T::text)
    }
}
