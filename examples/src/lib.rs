//! A contact desk and a proxy, written on the generated trait.
