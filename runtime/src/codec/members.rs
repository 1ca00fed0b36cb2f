//! Members of structures in formats that call them something else, or that have all of them in the body.
//!
//! For a structure of which neither is said, which the compiler knows, all of this comes to nothing.

use super::{Decoded, Decoder, Encoder, Structure};
use std::borrow::Cow;

/// Writes the members of a structure that travel in the body; all of them, where the protocol has no other place.
#[inline]
pub(crate) fn encode_all_members<T: Structure, E: Encoder>(value: &T, to: &mut E) {
    value.encode_members(to);
    if !T::BOUND.is_empty() && !to.binds_http() {
        value.encode_bound_members(to);
    }
}

/// Reads the member of a key, wherever it travels in other protocols.
#[inline]
pub(crate) fn decode_any_member<T: Structure, D: Decoder>(value: &mut T, key: &str, from: &mut D) -> Decoded {
    match !T::BOUND.is_empty() && !from.binds_http() && T::BOUND.contains(&key) {
        true => value.decode_bound_member(key, from),
        false => value.decode_member(key, from),
    }
}

/// The members that must be in the body.
#[inline]
pub(crate) fn required_members<T: Structure>(binds_http: bool) -> Cow<'static, [&'static str]> {
    match binds_http || T::REQUIRED_BOUND.is_empty() {
        true => Cow::Borrowed(T::REQUIRED),
        false => Cow::Owned([T::REQUIRED, T::REQUIRED_BOUND].concat()),
    }
}
