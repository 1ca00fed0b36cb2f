//! Tagged unions: <https://smithy.io/2.0/spec/aggregate-types.html#union>.

use super::Member;

/// A union shape: exactly one of its members is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// The members, in the model's order.
    pub members: Vec<Member>,
}
