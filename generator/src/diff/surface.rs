//! What programs can name in generated crates: every type, field, constructor, variant and method, with its signature.
//!
//! It is read off the plan, which is all that emitters write, so that what breaks source is not decided a second time. Setters are left
//! out: a member has one exactly if its field is not required, so that none changes without its field or `new`. Empty outputs count
//! as structures without fields.

mod build;
mod compare;
mod signature;

pub(super) use build::Surface;
pub(super) use compare::compare;

use super::policy::Breaks;

/// A change of what programs can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustChange {
    /// What is changed, as a path from the crate's root: `Contact::name`.
    pub item: String,
    /// What it was; `None` when it is new.
    pub old: Option<String>,
    /// What it is; `None` when it is gone.
    pub new: Option<String>,
    /// Whether source that calls the service breaks.
    pub callers: Breaks,
    /// Whether source that implements the trait breaks.
    pub implementors: Breaks,
}

impl RustChange {
    /// Whether any source breaks.
    pub fn breaks(&self) -> bool {
        self.callers.max(self.implementors) > Breaks::No
    }
}
