//! What becomes of a key or a trait: each one that a format has is used, or does nothing for a reason, or is reported.

use super::reader::UNSUPPORTED;
use crate::diagnostic::{Diagnostics, Place};

/// What becomes of a key or a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is read: it shows in what is generated, or in what is refused. Where nobody reads it, it is refused.
    Used,
    /// It is read where it means something, and does nothing elsewhere, for this reason.
    Partly(&'static str),
    /// It does nothing, for this reason.
    Harmless(&'static str),
    /// It means something that cannot be generated yet: it is reported, and the rest is generated. What that comes to is the help.
    Warned(&'static str),
    /// It means something that cannot be generated yet, and without which the rest would be wrong: nothing is generated.
    Refused,
}

/// The keys of an object, or traits, each once.
pub(crate) type Fates = &'static [(&'static str, Fate)];

/// Why prose does nothing.
pub(crate) const PROSE: Fate = Fate::Harmless("prose, which nothing is generated for that it could stand on");

/// Why it does nothing that something is deprecated.
pub(crate) const OF_MEMBERS: Fate = Fate::Harmless("the docs say of members alone that they are deprecated");

/// Why XML does nothing.
pub(crate) const XML: Fate = Fate::Harmless("counts in XML");

/// Why it does nothing that something is an event.
pub(crate) const EVENTS: Fate = Fate::Harmless("the stream of events says it, too");

/// Why other protocols do nothing.
pub(crate) const OTHER_PROTOCOLS: Fate = Fate::Harmless("counts in other protocols");

/// Why tools do nothing.
pub(crate) const TOOLS: Fate = Fate::Harmless("for tools that look after models or services, not for those who call these");

/// Why a body that is not signed does nothing.
pub(crate) const UNSIGNED: Fate = Fate::Harmless("a streaming body is sent unsigned anyway, and any other may be signed");

/// Why it does nothing that a call may be repeated.
pub(crate) const REPEATED: Fate = Fate::Harmless("the client repeats a call that failed on its way, whatever it does");

impl Fate {
    /// Reports something that stands at `place` and that nobody read.
    pub(crate) fn report(self, name: &str, place: &Place, diagnostics: &mut Diagnostics) {
        let unsupported = || format!("not supported yet: `{name}`");
        match self {
            Self::Partly(_) | Self::Harmless(_) => {}
            Self::Used => diagnostics.error(place, format!("`{name}` means nothing here"), "drop it"),
            Self::Warned(help) => diagnostics.warning(place, unsupported(), help),
            Self::Refused => diagnostics.error(place, unsupported(), UNSUPPORTED),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
