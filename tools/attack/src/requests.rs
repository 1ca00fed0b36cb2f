//! Hostile requests to the examples, over raw sockets: each is answered, soon and cheaply; neighbours are served meanwhile; and what
//! a proxy hands on is the same operation.

mod arena;
mod connections;
mod floods;
mod random;
mod service;
mod twisted;
mod upstream;
mod wire;

use crate::campaign::Round;
use crate::report::{Part, Report};
use arena::Arena;

/// One thing to try; what is wrong, if anything is.
pub(super) struct Case {
    /// What it is, for people.
    what: String,
    run: Box<Run>,
}

type Run = dyn FnOnce(&mut Arena, &mut Report) -> anyhow::Result<Option<String>>;

impl Case {
    fn new(
        what: impl Into<String>,
        run: impl FnOnce(&mut Arena, &mut Report) -> anyhow::Result<Option<String>> + 'static,
    ) -> Self {
        Self { what: what.into(), run: Box::new(run) }
    }
}

/// Runs the part.
pub(crate) fn run(round: &Round, report: &mut Report) -> anyhow::Result<()> {
    let mut arena = Arena::open(round)?;
    let mut cases = floods::cases(round, &arena.service);
    cases.extend(twisted::cases(&arena.service));
    cases.extend(connections::cases());
    cases.extend(random::cases(round));
    cases.extend(connections::endings());
    for (number, case) in cases.into_iter().enumerate() {
        let number = number as u64;
        if !round.wants(number) {
            continue;
        }
        let what = case.what;
        let wrong = (case.run)(&mut arena, report)?;
        let wrong = match wrong {
            Some(wrong) => Some(wrong),
            None => arena.check_health()?,
        };
        if wrong.is_some() {
            arena.repair()?;
        }
        report.case(Part::Requests, round.seed, number, wrong.map(|wrong| format!("{what}: {wrong}")));
    }
    Ok(())
}
