//! Decision diagrams: <https://smithy.io/2.0/additional-specs/rules-engine/specification.html#smithy-rules-endpointbdd-trait>.

use super::calls::lower_conditions;
use super::rules::lower_result;
use super::scope::Scope;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::limits::limit;
use crate::frontend::reader::Object;
use crate::ir::Diagram;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// References from here on are results.
const FIRST_RESULT: i32 = 100_000_000;

/// The first node, which nothing refers to.
const TERMINAL: [i32; 3] = [-1, 1, -1];

/// How many conditions and results a diagram can have: there are not as many.
const MAX_PARTS: usize = 10_000;

/// The bytes of a node.
const NODE: usize = 12;

pub(super) fn lower_diagram(root: &mut Object<'_, '_>, scope: &mut Scope, diagnostics: &mut Diagnostics) -> Option<Diagram> {
    let errors_before = diagnostics.error_count();
    let mut conditions = root.objects("conditions", diagnostics);
    conditions.truncate(limit(conditions.len(), MAX_PARTS, "conditions", &root.at("conditions"), diagnostics));
    let conditions = lower_conditions(conditions, scope, diagnostics);
    let mut results = root.objects("results", diagnostics);
    results.truncate(limit(results.len(), MAX_PARTS, "results", &root.at("results"), diagnostics));
    let results = results.into_iter().filter_map(|result| lower_result(result, scope, diagnostics)).collect();
    let (count, start) = (root.unsigned("nodeCount", diagnostics), root.unsigned("root", diagnostics));
    let place = root.at("nodes");
    let nodes = root.required_string("nodes", diagnostics);
    let nodes = nodes.and_then(|nodes| lower_nodes(nodes, count, &place, diagnostics));
    let Some(start) = start.and_then(|start| i32::try_from(start).ok()) else {
        diagnostics.error(&root.at("root"), "the diagram has no root, or one that is no node", "write the reference of a node");
        return None;
    };
    // What could not be read is not there to be referred to.
    if diagnostics.error_count() > errors_before {
        return None;
    }
    let diagram = Diagram { conditions, results, root: start, nodes: nodes? };
    check_references(&diagram, &root.at("root"), &place, diagnostics)?;
    check_circles(&diagram, &place, diagnostics)?;
    Some(diagram)
}

/// Three numbers of four bytes a node, the greatest byte first.
fn lower_nodes(text: &str, count: Option<u64>, place: &Place, diagnostics: &mut Diagnostics) -> Option<Vec<[i32; 3]>> {
    let help = "encode twelve bytes a node in base64";
    let Ok(bytes) = STANDARD.decode(text) else {
        diagnostics.error(place, "the nodes are not base64", help);
        return None;
    };
    let (nodes, rest) = bytes.as_chunks::<NODE>();
    if !rest.is_empty() {
        diagnostics.error(place, format!("the last node has {} bytes", rest.len()), help);
        return None;
    }
    if count.is_some_and(|count| u64::try_from(nodes.len()).ok() != Some(count)) {
        let message = format!("there are {} nodes, not as many as `nodeCount` says", nodes.len());
        diagnostics.error(place, message, "correct `nodeCount`, or make the diagram anew");
        return None;
    }
    Some(nodes.iter().map(lower_node).collect())
}

fn lower_node(bytes: &[u8; NODE]) -> [i32; 3] {
    let [a, b, c, d, e, f, g, h, i, j, k, l] = *bytes;
    [[a, b, c, d], [e, f, g, h], [i, j, k, l]].map(i32::from_be_bytes)
}

fn check_references(diagram: &Diagram, root: &Place, place: &Place, diagnostics: &mut Diagnostics) -> Option<()> {
    let help = "make the diagram anew";
    if target(diagram, diagram.root).is_none() {
        diagnostics.error(root, format!("the root {} is nothing", diagram.root), help);
        return None;
    }
    let Some((first, nodes)) = diagram.nodes.split_first() else {
        diagnostics.error(place, "a diagram without nodes", help);
        return None;
    };
    if *first != TERMINAL {
        diagnostics.error(place, format!("the first node is {first:?}, not {TERMINAL:?}"), help);
        return None;
    }
    for (index, [condition, high, low]) in nodes.iter().enumerate() {
        let number = index + 2;
        if usize::try_from(*condition).is_ok_and(|condition| condition < diagram.conditions.len()) {
            let lost = [high, low].into_iter().find(|reference| target(diagram, **reference).is_none());
            let Some(lost) = lost else { continue };
            diagnostics.error(place, format!("node {number} leads to {lost}, which is nothing"), help);
        } else {
            diagnostics.error(place, format!("node {number} asks the condition {condition}, which is not there"), help);
        }
        return None;
    }
    Some(())
}

/// What a reference leads to; `None` when it leads to nothing.
enum Target {
    Node(usize),
    Result,
    Terminal,
}

fn target(diagram: &Diagram, reference: i32) -> Option<Target> {
    if reference >= FIRST_RESULT {
        let index = usize::try_from(reference - FIRST_RESULT).ok()?;
        return (index < diagram.results.len()).then_some(Target::Result);
    }
    match reference {
        0 => None,
        -1 | 1 => Some(Target::Terminal),
        _ => {
            let index = usize::try_from(reference.unsigned_abs()).ok()? - 1;
            (index < diagram.nodes.len()).then_some(Target::Node(index))
        }
    }
}

/// How far a node is looked into.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    /// The way that is looked at leads through it.
    Open,
    Done,
}

/// Reports nodes that lead to themselves.
fn check_circles(diagram: &Diagram, place: &Place, diagnostics: &mut Diagnostics) -> Option<()> {
    let mut marks = vec![Mark::New; diagram.nodes.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    if let Some(Target::Node(start)) = target(diagram, diagram.root) {
        open.push((start, 1));
    }
    while let Some((node, way)) = open.pop() {
        let (Some(mark), Some(ways)) = (marks.get_mut(node), diagram.nodes.get(node)) else { continue };
        *mark = Mark::Open;
        let Some(next) = ways.get(way) else {
            *mark = Mark::Done;
            continue;
        };
        open.push((node, way + 1));
        let Some(Target::Node(next)) = target(diagram, *next) else { continue };
        match marks.get(next) {
            Some(Mark::New) => open.push((next, 1)),
            Some(Mark::Open) => {
                diagnostics.error(place, format!("node {} leads to itself", next + 1), "make the diagram anew");
                return None;
            }
            Some(Mark::Done) | None => {}
        }
    }
    Some(())
}
