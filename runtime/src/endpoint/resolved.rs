//! What rules come to.

use aws_smithy_types::Document;
use std::collections::HashMap;

/// Where requests go, and what they are like there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResolvedEndpoint {
    /// The URL: scheme, host, and perhaps a port and a path.
    pub url: String,
    /// What is said of it, `authSchemes` among it: how requests may be authenticated, the best first.
    pub properties: HashMap<String, Document>,
    /// Headers that requests have there.
    pub headers: Vec<(&'static str, Vec<String>)>,
}
