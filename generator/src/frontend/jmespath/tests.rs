use super::*;
use crate::ir::jmespath::{Comparator, Literal};

fn member(left: Expression, name: &str) -> Expression {
    Expression::Member(Box::new(left), name.to_owned())
}

fn name(name: &str) -> Expression {
    Expression::member(name)
}

fn flattened(of: Expression, each: Expression) -> Expression {
    Expression::Projection { of: Projected::Flattened(Box::new(of)), each: Box::new(each) }
}

fn equal(left: Expression, right: Expression) -> Expression {
    Expression::Comparison(Box::new(left), Comparator::Equal, Box::new(right))
}

fn integer(value: i64) -> Expression {
    Expression::Literal(Literal::Integer(value))
}

fn length(of: Expression) -> Expression {
    Expression::Call("length".to_owned(), vec![of])
}

#[test]
fn a_path_is_its_steps() {
    assert_eq!(parse("a.b.\"c-d\""), Ok(member(member(name("a"), "b"), "c-d")));
}

#[test]
fn an_index_counts_from_either_end() {
    assert_eq!(parse("a[-1].b"), Ok(member(Expression::Index(Box::new(name("a")), -1), "b")));
    assert_eq!(parse("[0]"), Ok(Expression::Index(Box::new(Expression::Current), 0)));
}

#[test]
fn what_follows_a_projection_is_asked_of_each() {
    assert_eq!(parse("a[].b.c"), Ok(flattened(name("a"), member(name("b"), "c"))));
    let values = Projected::Values(Box::new(name("a")));
    assert_eq!(parse("a.*.b"), Ok(Expression::Projection { of: values, each: Box::new(name("b")) }));
    let elements = Projected::Elements(Box::new(name("a")));
    assert_eq!(parse("a[*].b"), Ok(Expression::Projection { of: elements, each: Box::new(name("b")) }));
}

#[test]
fn a_second_pair_of_brackets_flattens_what_the_first_gave() {
    assert_eq!(parse("a[].b[].c"), Ok(flattened(flattened(name("a"), name("b")), name("c"))));
}

#[test]
fn operators_bind_as_in_every_language() {
    let is = |left: &str, right: i64| equal(name(left), integer(right));
    let and = Expression::And(Box::new(is("b", 2)), Box::new(is("c", 3)));
    assert_eq!(parse("a == `1` || b == `2` && c == `3`"), Ok(Expression::Or(Box::new(is("a", 1)), Box::new(and))));
    let not = Expression::Not(Box::new(name("a")));
    assert_eq!(parse("!a == `1`"), Ok(equal(not, integer(1))));
}

#[test]
fn a_filter_has_a_condition_of_each_element() {
    let condition = Expression::Not(Box::new(equal(length(name("b")), integer(1))));
    let filtered = Projected::Filtered(Box::new(name("a")), Box::new(condition));
    let expected = equal(length(Expression::Projection { of: filtered, each: Box::new(Expression::Current) }), integer(0));
    assert_eq!(parse("length(a[?!(length(b) == `1`)]) == `0`"), Ok(expected));
}

#[test]
fn literals_are_text_or_json() {
    for (text, literal) in [
        ("'it''s'", None),
        ("'it\\'s'", Some(Literal::Text("it's".to_owned()))),
        ("`0`", Some(Literal::Integer(0))),
        ("`true`", Some(Literal::Boolean(true))),
        ("`null`", Some(Literal::Null)),
        ("`\"a\"`", Some(Literal::Text("a".to_owned()))),
        ("`a`", Some(Literal::Text("a".to_owned()))),
    ] {
        assert_eq!(parse(text).ok(), literal.map(Expression::Literal), "{text}");
    }
}

#[test]
fn a_pipe_ends_a_projection() {
    let first = Expression::Index(Box::new(Expression::Current), 0);
    assert_eq!(parse("a[].b | [0]"), Ok(Expression::Then(Box::new(flattened(name("a"), name("b"))), Box::new(first))));
}

#[test]
fn several_values_stand_in_a_list() {
    let list = Expression::List(vec![member(name("a"), "b"), name("c")]);
    let elements = Projected::Elements(Box::new(name("x")));
    let each = Expression::Then(Box::new(Expression::Current), Box::new(list));
    let expected = flattened(Expression::Projection { of: elements, each: Box::new(each) }, Expression::Current);
    assert_eq!(parse("x[*].[a.b, c][]"), Ok(expected));
}

#[test]
fn what_is_wrong_is_told() {
    for (text, problem) in [
        ("", "an expression is missing before the end"),
        ("a.", "a name is missing before the end"),
        ("a b", "the end is missing before `b`"),
        ("a[", "`]` is missing before the end"),
        ("a[1", "`]` is missing before the end"),
        ("length(a", "`)` is missing before the end"),
        ("a == ", "an expression is missing before the end"),
        ("'a", "not JMESPath from `'a` on"),
        ("a ~ b", "not JMESPath from `~ b` on"),
        ("`[1]`", "not JMESPath from ``[1]`` on"),
        ("a[1:2]", "not supported yet: a slice in JMESPath"),
        ("{a: b}", "not supported yet: a hash in JMESPath"),
        ("sort_by(a, &b)", "not supported yet: a reference to an expression in JMESPath"),
    ] {
        assert_eq!(parse(text).map_err(|error| error.to_string()), Err(problem.to_owned()), "{text}");
    }
}

#[test]
fn an_expression_that_nobody_wrote_by_hand_is_refused() {
    assert_eq!(parse(&"a.".repeat(251)), Err(JmesPathError::TooLong));
    for open in ["(", "!", "[?", "a[?", "length("] {
        assert_eq!(parse(&open.repeat(70)), Err(JmesPathError::TooDeep), "{open}");
    }
    assert_eq!(parse("a | (@ || @) | (@ || @) | (@ || @)"), Err(JmesPathError::TooManyPipes));
    assert!(parse(&format!("{}a", "a.".repeat(249))).is_ok());
}
