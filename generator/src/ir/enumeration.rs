//! Enums: <https://smithy.io/2.0/spec/simple-types.html#enum>.

/// A string of a known set; values that are not in it are kept, not refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Enumeration {
    /// The values, in the model's order.
    pub values: Vec<EnumerationValue>,
}

/// One value of an [`Enumeration`].
#[derive(Clone, Debug, PartialEq)]
pub struct EnumerationValue {
    /// The member's name, where the model gives one that is not the value itself (Smithy); botocore has values alone.
    pub name: Option<String>,
    /// The value on the wire.
    pub value: String,
    /// `smithy.api#internal`: an error message must not tell of it.
    pub internal: bool,
}

/// An integer of a known set: <https://smithy.io/2.0/spec/simple-types.html#intenum>. Other values are kept, too.
#[derive(Clone, Debug, PartialEq)]
pub struct IntegerEnumeration {
    /// The values, in the model's order.
    pub values: Vec<IntegerEnumerationValue>,
}

/// One value of an [`IntegerEnumeration`].
#[derive(Clone, Debug, PartialEq)]
pub struct IntegerEnumerationValue {
    /// The member's name.
    pub name: String,
    /// The value on the wire.
    pub value: i32,
}
