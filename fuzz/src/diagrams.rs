//! Decision diagrams of rules that nobody would write: nodes that lead in circles, to themselves, and to what is not there.

use smithwright_runtime::endpoint::rules::*;
use smithwright_runtime::endpoint::{Condition, Diagram, Parameter, Rule};
use std::sync::LazyLock;

/// How many there are.
const COUNT: usize = 256;

/// References from here on are results.
const FIRST_RESULT: i32 = 100_000_000;

static CONDITIONS: [Condition; 6] = [
    is_set("Region"),
    is_true("Flag"),
    parse_url("{Text}").assign("part"),
    parse_arn("{Text}").assign("part"),
    split("{Text}", "{Delimiter}", 0).assign("part"),
    not(equal("{Region}", "{Text}")),
];

static RESULTS: [Rule; 4] = [
    otherwise().endpoint("https://{Region}.example.com"),
    otherwise().endpoint("https://{part#authority}/{part#path}"),
    otherwise().error("{part#resourceId[0]} {part#[-1]}"),
    otherwise().endpoint("{Text}"),
];

/// They are rules, and rules are static.
static NODES: LazyLock<Vec<&'static [[i32; 3]]>> = LazyLock::new(|| {
    let mut random = fastrand::Rng::with_seed(1);
    (0..COUNT).map(|_| &*(0..random.usize(0..12)).map(|_| node(&mut random)).collect::<Vec<_>>().leak()).collect()
});

/// Rules with one of the diagrams.
#[must_use]
pub fn of(parameters: &'static [Parameter], which: u8) -> EndpointRules {
    let nodes = NODES[usize::from(which)];
    let root = i32::from(which % 5) - 2;
    EndpointRules::diagram(parameters, Diagram { conditions: &CONDITIONS, results: &RESULTS, root, nodes })
}

/// Most of it leads somewhere.
fn node(random: &mut fastrand::Rng) -> [i32; 3] {
    [random.i32(-1..7), reference(random), reference(random)]
}

fn reference(random: &mut fastrand::Rng) -> i32 {
    match random.u8(0..20) {
        0 => i32::MIN,
        1 => i32::MAX,
        2..10 => random.i32(FIRST_RESULT..FIRST_RESULT + 5),
        _ => random.i32(-12..12),
    }
}
