use super::*;
use crate::pass::samples::{list, string, structure};

fn name(number: usize) -> String {
    format!("S{number:06}")
}

/// Structures of which each holds the next one, and the last one that of a number, if it is given.
fn chain(length: usize, back: Option<usize>) -> BTreeMap<ShapeId, Shape> {
    let last = length - 1;
    let next = |number| if number == last { back } else { Some(number + 1) };
    let link = |number| structure(&name(number), &[("next", &next(number).map_or("String".to_owned(), name))]);
    (0..length).map(link).chain([string()]).collect()
}

fn messages(shapes: &BTreeMap<ShapeId, Shape>) -> Vec<String> {
    let mut diagnostics = Diagnostics::default();
    check(shapes, &mut diagnostics);
    diagnostics.list.into_iter().map(|it| it.message).collect()
}

#[test]
fn forty_nine_structures_in_one_another_are_fine_and_more_are_told_once() {
    assert_eq!(messages(&chain(49, None)), [""; 0]);
    let expected = "`S000000` holds others so deeply that Rust does not compile it: 101 steps, where 100 will do";
    assert_eq!(messages(&chain(50, None)), [expected]);
}

#[test]
fn a_cycle_is_as_deep_as_it_is_long() {
    assert_eq!(messages(&chain(49, Some(0))), [""; 0]);
    assert_eq!(messages(&chain(50, Some(0))).len(), 1);
}

#[test]
fn lists_count_more() {
    let lists = |count: usize| {
        let list = |number| list(&name(number), &if number + 1 == count { "String".to_owned() } else { name(number + 1) });
        (0..count).map(list).chain([string()]).collect()
    };
    assert_eq!(messages(&lists(33)), [""; 0]);
    assert_eq!(messages(&lists(34)).len(), 1);
}

#[test]
fn what_is_wide_is_not_deep() {
    let wide: Vec<(String, String)> = (1..2_000).map(|number| (format!("m{number}"), name(number))).collect();
    let wide: Vec<(&str, &str)> = wide.iter().map(|(member, target)| (member.as_str(), target.as_str())).collect();
    let leaves = (1..2_000).map(|number| structure(&name(number), &[("root", "S000000"), ("text", "String")]));
    assert_eq!(messages(&leaves.chain([structure("S000000", &wide), string()]).collect()), [""; 0]);
}

#[test]
fn twenty_thousand_in_one_another_do_not_overflow_the_stack() {
    assert_eq!(messages(&chain(20_000, None)).len(), 1);
    assert_eq!(messages(&chain(20_000, Some(10))).len(), 1);
}
