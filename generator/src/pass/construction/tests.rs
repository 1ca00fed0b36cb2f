use super::*;
use crate::pass::samples::{list, string, structure, union};

/// The cycles that are reported, and where.
#[track_caller]
fn check_cycles(shapes: impl IntoIterator<Item = (ShapeId, Shape)>, expected: &[(&str, &str)]) {
    let mut diagnostics = Diagnostics::default();
    check(&shapes.into_iter().collect(), &mut diagnostics);
    let found = diagnostics.list.iter().map(|it| (it.message.split_once(": ").unwrap().1, it.place.pointer.as_str()));
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn required_structures_that_lead_back_are_refused() {
    check_cycles([structure("A", &[("a!", "A")])], &[("A.a -> A", "/shapes/A/members/a")]);
    check_cycles(
        [structure("S0", &[("next!", "S1")]), structure("S1", &[("back!", "S0")])],
        &[("S0.next -> S1.back -> S0", "/shapes/S0/members/next")],
    );
}

#[test]
fn an_optional_member_a_list_and_a_union_with_another_way_end_a_cycle() {
    check_cycles([structure("A", &[("b!", "B")]), structure("B", &[("a", "A")])], &[]);
    check_cycles([structure("A", &[("l!", "L")]), list("L", "A")], &[]);
    check_cycles([structure("A", &[("u!", "U")]), union("U", &[("a", "A"), ("s", "String")]), string()], &[]);
    check_cycles([union("U", &[("u", "U"), ("l", "L")]), list("L", "U")], &[]);
}

#[test]
fn a_union_whose_every_way_leads_back_is_refused() {
    check_cycles([union("U", &[("u", "U")])], &[("U.u -> U", "/shapes/U/members/u")]);
    check_cycles(
        [structure("A", &[("u!", "U")]), union("U", &[("a", "A"), ("b", "B")]), structure("B", &[("a!", "A")])],
        &[("A.u -> U.a -> A", "/shapes/A/members/u")],
    );
}

#[test]
fn what_only_leads_to_a_cycle_is_not_reported_as_well() {
    let shapes = [
        structure("A", &[("s!", "String"), ("c!", "C")]),
        structure("B", &[("c!", "C")]),
        structure("C", &[("d!", "D")]),
        structure("D", &[("c!", "C")]),
        structure("E", &[("e!", "E")]),
        string(),
    ];
    check_cycles(shapes, &[("C.d -> D.c -> C", "/shapes/C/members/d"), ("E.e -> E", "/shapes/E/members/e")]);
}

#[test]
fn twenty_thousand_structures_are_looked_through_in_no_time() {
    let name = |number: usize| format!("S{number:06}");
    let chain = |last: usize| {
        (0..20_000)
            .map(move |number| structure(&name(number), &[("next!", &name(if number == 19_999 { last } else { number + 1 }))]))
    };
    let mut diagnostics = Diagnostics::default();
    check(&chain(20_000).collect(), &mut diagnostics);
    assert_eq!(diagnostics.list, []);
    check(&chain(0).collect(), &mut diagnostics);
    assert_eq!(diagnostics.list.len(), 1);
}
