//! Rules as a [binary decision diagram](https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointbdd-trait).

use super::data::{Condition, Rule};

/// References from here on are results.
const FIRST_RESULT: i32 = 100_000_000;

/// A diagram: each node asks a condition, and leads to another node or to a result.
#[derive(Clone, Copy, Debug)]
pub struct Diagram {
    /// The conditions.
    pub conditions: &'static [Condition],
    /// The results: rules without conditions.
    pub results: &'static [Rule],
    /// Where to begin.
    pub root: i32,
    /// The condition of each node, where it leads when that holds, and where when it does not.
    ///
    /// 2 is the second node, -2 the second node with its ways the other way round, 100,000,000 the first result, and 1 and -1
    /// lead nowhere.
    pub nodes: &'static [[i32; 3]],
}

impl Diagram {
    /// The result, if there is one; `holds` says which conditions do.
    pub(super) fn decide(&self, mut holds: impl FnMut(&'static Condition) -> bool) -> Option<&'static Rule> {
        let mut reference = self.root;
        // No way is longer than this, unless it goes in circles.
        for _ in 0..=self.nodes.len() {
            if reference >= FIRST_RESULT {
                return self.results.get(usize::try_from(reference - FIRST_RESULT).ok()?);
            }
            if matches!(reference, -1..=1) {
                return None;
            }
            let index = usize::try_from(reference.unsigned_abs()).ok()?.checked_sub(1)?;
            let [condition, high, low] = *self.nodes.get(index)?;
            let condition = self.conditions.get(usize::try_from(condition).ok()?)?;
            let is_complement = reference < 0;
            reference = if holds(condition) != is_complement { high } else { low };
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::*;
    use super::*;

    const RESULT: i32 = FIRST_RESULT;

    fn decide(root: i32, nodes: &'static [[i32; 3]], held: [bool; 2]) -> Option<usize> {
        static CONDITIONS: [Condition; 2] = [is_set("A"), is_set("B")];
        static RESULTS: [Rule; 3] = [otherwise().error("0"), otherwise().error("1"), otherwise().error("2")];
        let diagram = Diagram { conditions: &CONDITIONS, results: &RESULTS, root, nodes };
        let index = |condition: &Condition| usize::from(!std::ptr::eq(condition, &raw const CONDITIONS[0]));
        let rule = diagram.decide(|condition| held[index(condition)])?;
        RESULTS.iter().position(|known| std::ptr::eq(known, rule))
    }

    #[test]
    fn a_node_leads_to_a_result() {
        const NODES: &[[i32; 3]] = &[[-1, 1, -1], [0, RESULT, 3], [1, RESULT + 1, RESULT + 2]];
        assert_eq!(decide(2, NODES, [true, false]), Some(0));
        assert_eq!(decide(2, NODES, [false, true]), Some(1));
        assert_eq!(decide(2, NODES, [false, false]), Some(2));
    }

    #[test]
    fn a_negative_reference_turns_the_ways_round() {
        const NODES: &[[i32; 3]] = &[[-1, 1, -1], [0, -3, 3], [1, RESULT, RESULT + 1]];
        assert_eq!(decide(2, NODES, [true, true]), Some(1));
        assert_eq!(decide(2, NODES, [true, false]), Some(0));
        assert_eq!(decide(2, NODES, [false, true]), Some(0));
    }

    #[test]
    fn terminals_lead_nowhere() {
        const NODES: &[[i32; 3]] = &[[-1, 1, -1], [0, 1, -1]];
        assert_eq!(decide(2, NODES, [true, true]), None);
        assert_eq!(decide(2, NODES, [false, true]), None);
        assert_eq!(decide(1, NODES, [true, true]), None);
    }

    #[test]
    fn what_the_generator_refuses_leads_nowhere_either() {
        const CIRCLE: &[[i32; 3]] = &[[-1, 1, -1], [0, 2, 2]];
        const LOST: &[[i32; 3]] = &[[-1, 1, -1], [7, 9, RESULT + 9]];
        assert_eq!(decide(2, CIRCLE, [true, true]), None);
        assert_eq!(decide(2, LOST, [true, true]), None);
        for root in [0, 3, -3, i32::MIN, i32::MAX, RESULT + 9] {
            assert_eq!(decide(root, LOST, [true, true]), None, "{root}");
        }
    }
}
