//! Members of structures in formats that call them something else, or that have all of them in the body.
//!
//! For a structure of which neither is said, which the compiler knows, all of this comes to nothing.

use super::named::Named;
use super::{Decoded, Decoder, Encoder, Structure};
use std::borrow::Cow;

/// Writes the members of a structure that travel in the body; all of them, where the protocol has no other place.
#[inline]
pub(crate) fn encode_all_members<T: Structure, E: Encoder>(value: &T, to: &mut E) {
    match has_other_names::<T>() && to.has_model_names() {
        true => value.encode_members(&mut Named::new(to, T::NAMES)),
        false => value.encode_members(to),
    }
    // Where there are any, they go by the model's names already.
    if !T::BOUND.is_empty() && !to.binds_http() {
        value.encode_bound_members(to);
    }
}

/// Reads the member of this name on the wire, wherever it travels in other protocols.
#[inline]
pub(crate) fn decode_any_member<T: Structure, D: Decoder>(value: &mut T, name: &str, from: &mut D) -> Decoded {
    if !T::BOUND.is_empty() && !from.binds_http() && T::BOUND.contains(&name) {
        return value.decode_bound_member(name, from);
    }
    let key = match has_other_names::<T>() && from.has_model_names() {
        true => T::NAMES.key(name),
        false => Some(name),
    };
    match key {
        Some(key) => value.decode_member(key, from),
        None => from.skip(),
    }
}

/// The members that must be in the body, by their names on the wire.
#[inline]
pub(crate) fn required_members<T: Structure, D: Decoder>(from: &D) -> Cow<'static, [&'static str]> {
    let required = match has_other_names::<T>() && from.has_model_names() {
        true => T::REQUIRED.iter().map(|key| T::NAMES.member(key)).collect(),
        false => Cow::Borrowed(T::REQUIRED),
    };
    match from.binds_http() || T::REQUIRED_BOUND.is_empty() {
        true => required,
        false => Cow::Owned([&*required, T::REQUIRED_BOUND].concat()),
    }
}

/// The members with a greatest length, by their names on the wire, and that.
#[inline]
pub(crate) fn limited_members<T: Structure, D: Decoder>(from: &D) -> Cow<'static, [(&'static str, usize)]> {
    match has_other_names::<T>() && !T::MAXIMA.is_empty() && from.has_model_names() {
        true => T::MAXIMA.iter().map(|(key, maximum)| (T::NAMES.member(key), *maximum)).collect(),
        false => Cow::Borrowed(T::MAXIMA),
    }
}

/// Whether a member has another name than its key.
#[inline]
fn has_other_names<T: Structure>() -> bool {
    !T::NAMES.members.is_empty()
}
