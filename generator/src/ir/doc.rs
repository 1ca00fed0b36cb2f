//! Documentation traits: `smithy.api#documentation`, `smithy.api#deprecated`.

/// What the model says about a shape, member or operation in prose.
///
/// Models that smithwright vendors carry no prose (see ARCHITECTURE.md), so this is mostly empty; a full model fills it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Documentation {
    /// The text, as CommonMark.
    pub text: Option<String>,
    /// Whether the model deprecates the thing.
    pub deprecated: bool,
    /// Since when it is deprecated: a date or a version, as the model writes it.
    pub deprecated_since: Option<String>,
}
