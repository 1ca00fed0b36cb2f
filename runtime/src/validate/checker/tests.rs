use super::*;
use crate::validate::Decimal;
use aws_smithy_types::{BigDecimal, BigInteger, Blob};
use std::collections::BTreeMap;
use std::str::FromStr;

fn violations(check: impl FnOnce(&mut Checker)) -> Vec<Violation> {
    let mut checker = Checker::default();
    check(&mut checker);
    assert_eq!(checker.count(), checker.violations.len());
    checker.into_violations()
}

fn messages(check: impl FnOnce(&mut Checker)) -> Vec<String> {
    violations(check).into_iter().map(|violation| violation.message).collect()
}

fn paths(check: impl FnOnce(&mut Checker)) -> Vec<String> {
    violations(check).into_iter().map(|violation| violation.path).collect()
}

fn text(text: &str) -> String {
    text.to_owned()
}

const NONE: [&str; 0] = [];

enum Shade {
    Light,
    Other,
}

impl Validate for Shade {
    fn validate(&self, check: &mut Checker) {
        if let Self::Other = self {
            check.unrecognized(&["LIGHT", "DARK"]);
        }
    }
}

struct Level(i32);

impl Validate for Level {
    fn validate(&self, check: &mut Checker) {
        if self.0 > 2 {
            check.unrecognized(&[1, 2]);
        }
    }
}

crate::enumeration! {
    /// A size.
    pub enum Size {
        Small = "S",
        Large = "LL",
    }
}

crate::integer_enumeration! {
    /// A rank.
    pub enum Rank {
        First = 1,
        Last = 9,
    }
}

/// A shape that holds itself.
struct Tree {
    name: String,
    children: Option<Vec<Tree>>,
}

impl Validate for Tree {
    fn validate(&self, check: &mut Checker) {
        check.at("name").length(&self.name, 2..);
        check.at("children").inside(&self.children);
    }
}

#[test]
fn a_length_is_one_of_code_points_bytes_or_entries() {
    assert_eq!(
        messages(|check| {
            check.at("text").length(&text("👍"), 2..=8);
            check.at("bytes").length(&Blob::new("é👍"), ..=5);
            check.at("list").length(&vec![None, Some(1)], 3..);
            check.at("map").length(&BTreeMap::from([("a", None::<i32>)]), 2..=2);
        }),
        [
            "Value with length 1 at '/text' failed to satisfy constraint: Member must have length between 2 and 8, inclusive",
            "Value with length 6 at '/bytes' failed to satisfy constraint: Member must have length less than or equal to 5",
            "Value with length 2 at '/list' failed to satisfy constraint: Member must have length greater than or equal to 3",
            "Value with length 1 at '/map' failed to satisfy constraint: Member must have length between 2 and 2, inclusive",
        ]
    );
}

#[test]
fn a_length_at_its_bound_is_within() {
    assert_eq!(messages(|check| _ = check.at("a").length(&text("éé"), 2..=2).length(&text(""), ..=0)), NONE);
}

#[test]
fn a_range_has_words_for_every_kind_of_bounds() {
    assert_eq!(
        messages(|check| _ = check.at("a").range(&1, 2..=8).range(&1, 4..).range(&Some(9), ..=6)),
        [
            "Value at '/a' failed to satisfy constraint: Member must be between 2 and 8, inclusive",
            "Value at '/a' failed to satisfy constraint: Member must be greater than or equal to 4",
            "Value at '/a' failed to satisfy constraint: Member must be less than or equal to 6",
        ]
    );
}

#[test]
fn a_range_of_a_float_tells_its_bounds_as_the_model_writes_them() {
    assert_eq!(
        messages(|check| _ = check.at("a").range(&2.1_f32, 2.2..=8.8).range(&8.9_f64, ..=8.0)),
        [
            "Value at '/a' failed to satisfy constraint: Member must be between 2.2 and 8.8, inclusive",
            "Value at '/a' failed to satisfy constraint: Member must be less than or equal to 8",
        ]
    );
    assert_eq!(messages(|check| _ = check.at("a").range(&2.2_f32, 2.2..=8.8)), NONE);
}

#[test]
fn an_infinity_lies_beyond_a_bound_and_nan_within_none() {
    assert_eq!(messages(|check| _ = check.at("a").range(&f64::INFINITY, 1.0..).range(&f32::NEG_INFINITY, ..=1.0)), NONE);
    assert_eq!(messages(|check| _ = check.at("a").range(&f64::INFINITY, ..=1.0)).len(), 1);
    assert_eq!(messages(|check| _ = check.at("a").range(&f64::NAN, 1.0..)).len(), 1);
}

#[test]
fn a_range_holds_for_numbers_of_any_size() {
    let integer = BigInteger::from_str("123456789012345678901234567890").unwrap();
    let decimal = BigDecimal::from_str("0.10000000000000000000001").unwrap();
    assert_eq!(
        messages(|check| _ = check.at("a").range(&integer, ..=Decimal("8")).range(&Some(decimal), Decimal("0")..=Decimal("0.1"))),
        [
            "Value at '/a' failed to satisfy constraint: Member must be less than or equal to 8",
            "Value at '/a' failed to satisfy constraint: Member must be between 0 and 0.1, inclusive",
        ]
    );
}

#[test]
fn a_pattern_is_told_as_the_model_writes_it() {
    static PATTERN: Pattern = Pattern::part(r"^\w+$");
    assert_eq!(
        messages(|check| _ = check.at("a").pattern(&text("é"), &PATTERN).pattern(&text("e"), &PATTERN)),
        [r"Value at '/a' failed to satisfy constraint: Member must satisfy regular expression pattern: ^\w+$"]
    );
}

#[test]
fn an_enum_tells_the_values_it_may_have() {
    assert_eq!(
        messages(|check| {
            check.at("shade").inside(&Shade::Light);
            check.at("shade").inside(&Some(Shade::Other));
            check.at("level").inside(&Level(7));
        }),
        [
            "Value at '/shade' failed to satisfy constraint: Member must satisfy enum value set: [LIGHT, DARK]",
            "Value at '/level' failed to satisfy constraint: Member must satisfy enum value set: [1, 2]",
        ]
    );
}

#[test]
fn an_enum_in_a_list_or_a_map_has_the_path_of_its_place_and_a_key_that_of_its_map() {
    let map = BTreeMap::from([(text("k"), Shade::Other)]);
    assert_eq!(
        paths(|check| {
            check.at("list").inside(&vec![Shade::Light, Shade::Other]);
            check.at("map").keys(&map, |_, at| at.inside(&Shade::Other)).inside(&map);
        }),
        ["/list/1", "/map", "/map/k"]
    );
}

#[test]
fn an_enum_can_have_the_constraints_of_what_it_is_made_of() {
    static TWO: Pattern = Pattern::part("^..$");
    assert_eq!(
        paths(|check| {
            check.at("small").length(&Size::Small, 2..).pattern(&Some(Size::Small), &TWO);
            check.at("large").length(&Size::Large, 2..).pattern(&Size::Large, &TWO);
            check.at("last").range(&Rank::Last, ..=5).range(&Some(Rank::First), ..=5);
        }),
        ["/small", "/small", "/last"]
    );
}

#[test]
fn what_is_not_set_violates_nothing() {
    static NOTHING: Pattern = Pattern::part("[]");
    assert_eq!(
        messages(|check| {
            check.at("a").length(&None::<String>, 1..).range(&None::<i32>, 1..).pattern(&None::<String>, &NOTHING);
            check
                .at("a")
                .unique(&None::<Vec<i32>>)
                .inside(&None::<Shade>)
                .each(&None::<Vec<String>>, |it, at| at.length(it, 1..));
            check.at("sparse").each(&vec![None::<String>], |it, at| at.length(it, 1..));
        }),
        NONE
    );
}

#[test]
fn every_violation_of_a_value_is_found_with_its_path() {
    let list = vec![text("ok"), text("x")];
    let map = BTreeMap::from([(text("k"), list.clone())]);
    assert_eq!(
        paths(|check| {
            check.at("List").length(&list, 3..).each(&list, |it, at| at.length(it, 2..));
            check
                .at("Map")
                .keys(&map, |it, at| at.length(it, 2..))
                .values(&map, |it, at| at.each(it, |it, at| at.length(it, 2..)));
        }),
        ["/List", "/List/1", "/Map", "/Map/k/1"]
    );
}

#[test]
fn a_shape_that_holds_itself_is_checked_all_the_way_down() {
    let leaf = || Tree { name: text("x"), children: None };
    let tree = Tree { name: text("ok"), children: Some(vec![Tree { name: text("y"), children: Some(vec![leaf()]) }]) };
    assert_eq!(paths(|check| tree.validate(check)), ["/children/0/name", "/children/0/children/0/name"]);
}

#[test]
fn a_path_is_a_json_pointer() {
    let map = BTreeMap::from([(text("a/b~c"), text(""))]);
    assert_eq!(paths(|check| _ = check.at("map").values(&map, |it, at| at.length(it, 1..))), ["/map/a~1b~0c"]);
}

#[test]
fn the_elements_of_a_set_are_all_different() {
    assert_eq!(messages(|check| _ = check.at("a").unique(&vec![1, 2])), NONE);
    assert_eq!(
        messages(|check| _ = check.at("a").unique(&Some(vec![1, 2, 1]))),
        ["Value at '/a' failed to satisfy constraint: Member must have unique values"]
    );
}

#[test]
fn elements_of_every_kind_can_be_the_same() {
    use crate::document::Document;
    use crate::timestamp::DateTime;
    let moment = DateTime::from_secs_and_nanos(1, 5);
    assert_eq!(
        paths(|check| {
            check.at("booleans").unique(&vec![true, true]);
            check.at("blobs").unique(&vec![Blob::new("a"), Blob::new("a")]);
            check.at("timestamps").unique(&vec![moment, moment]);
            check.at("lists").unique(&vec![vec![text("a"), text("b")], vec![text("a"), text("b")]]);
            check.at("documents").unique(&vec![Document::from("a"), Document::from("a")]);
            check.at("nulls").unique(&vec![None::<i32>, None]);
            check.at("nan").unique(&vec![f64::NAN, f64::NAN]);
        }),
        ["/booleans", "/blobs", "/timestamps", "/lists", "/documents", "/nulls", "/nan"]
    );
    assert_eq!(
        paths(|check| {
            check.at("timestamps").unique(&vec![moment, DateTime::from_secs_and_nanos(1, 6)]);
            check.at("lists").unique(&vec![vec![text("a"), text("b")], vec![text("b"), text("a")]]);
            check.at("texts").unique(&vec![text("a"), text("A")]);
        }),
        NONE
    );
}

#[test]
fn what_is_missing_must_not_be_null() {
    assert_eq!(
        violations(|check| check.missing("/a/b")),
        [Violation {
            path: text("/a/b"),
            message: text("Value at '/a/b' failed to satisfy constraint: Member must not be null"),
        }]
    );
}

#[test]
fn what_stands_in_for_a_missing_member_violates_nothing() {
    let empty = Tree { name: String::new(), children: Some(vec![Tree { name: String::new(), children: None }]) };
    assert_eq!(
        paths(|check| {
            check.missing("/children/0/name");
            empty.validate(check);
        }),
        ["/children/0/name", "/name"]
    );
}

#[test]
fn an_element_with_something_missing_is_like_no_other() {
    let list = [vec![text("")], vec![text("")], vec![text("a")], vec![text("a")]];
    let check = |length: usize| {
        paths(|check| {
            check.missing("/list/1/name");
            check.at("list").unique(&list[..length].to_vec());
        })
    };
    assert_eq!(check(3), ["/list/1/name"]);
    assert_eq!(check(4), ["/list/1/name", "/list"]);
}

#[test]
fn the_first_violations_are_counted_and_fewer_told_and_nothing_is_looked_at_behind_them() {
    struct Counted<'c>(&'c std::cell::Cell<usize>);

    impl Validate for Counted<'_> {
        fn validate(&self, check: &mut Checker) {
            self.0.set(self.0.get() + 1);
            check.unrecognized(&[1]);
        }
    }

    let looked_at = std::cell::Cell::new(0);
    let mut check = Checker::default();
    check.missing("/b");
    let list = || (0..1_000).map(|_| Counted(&looked_at)).collect::<Vec<_>>();
    check.at("a").inside(&list());
    check.at("c").inside(&BTreeMap::from([("d".to_owned(), list())]));
    assert_eq!((check.count(), check.is_full(), looked_at.get()), (MAX_PROBLEMS, true, MAX_PROBLEMS));
    let told = check.into_violations();
    assert_eq!((told.len(), told[0].path.as_str(), told[99].path.as_str()), (100, "/b", "/a/98"));
}

#[test]
fn every_loop_ends_with_the_first_violation_that_is_not_counted() {
    let mut seen = 0;
    let mut check = Checker::default();
    let (list, map) = (vec![text(""); 1_000], (0..1_000).map(|key| (format!("{key}"), text(""))).collect::<BTreeMap<_, _>>());
    check.at("a").each(&list, |it, at| {
        seen += 1;
        at.length(it, 1..)
    });
    assert_eq!(seen, MAX_PROBLEMS + 1);
    check.at("b").each(&list, |_, _| panic!("an element is looked at"));
    check.at("b").values(&map, |_, _| panic!("a value is looked at"));
    check.at("b").keys(&map, |_, _| panic!("a key is looked at"));
}

#[test]
fn the_length_of_what_was_not_read_to_its_end_is_the_one_that_was_sent() {
    let mut check = Checker::default();
    check.length_of("/list", 1_000);
    check.at("list").length(&vec![1, 2, 3], 1..=2);
    check.at("other").length(&vec![1, 2, 3], 1..=2);
    let told: Vec<_> = check.into_violations().into_iter().map(|violation| violation.message).collect();
    assert_eq!(
        told,
        [
            "Value with length 1000 at '/list' failed to satisfy constraint: Member must have length between 1 and 2, inclusive",
            "Value with length 3 at '/other' failed to satisfy constraint: Member must have length between 1 and 2, inclusive",
        ]
    );
}

#[test]
fn a_long_list_is_unique_or_not_in_the_time_that_it_takes_to_read_it() {
    let mut numbers: Vec<i64> = (0..300_000).collect();
    assert_eq!(messages(|check| _ = check.at("a").unique(&numbers)), NONE);
    numbers.push(7);
    assert_eq!(messages(|check| _ = check.at("a").unique(&numbers)).len(), 1);
}
