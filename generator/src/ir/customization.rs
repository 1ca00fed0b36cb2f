//! What clients of a service do that no trait of Smithy's says.

use std::collections::{BTreeMap, BTreeSet};

/// What clients of a service do, beside what its traits say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customizations {
    /// Headers of every request, with their values.
    pub headers: Vec<(&'static str, String)>,
    /// What stands for an empty label, by its name in the path.
    pub empty_labels: BTreeMap<&'static str, &'static str>,
    /// Operations whose requests have a tree hash: <https://docs.aws.amazon.com/amazonglacier/latest/dev/checksum-calculations.html>.
    pub tree_hashes: BTreeSet<String>,
    /// Operations that are called at the URL that a member holds.
    pub endpoint_members: BTreeMap<String, &'static str>,
    /// Operations that a URL alone can call, though their members are in the body: in such a URL, they are in the query.
    pub presigned_in_query: BTreeSet<String>,
}
