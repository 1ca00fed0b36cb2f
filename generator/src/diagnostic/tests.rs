use super::*;

fn place(name: impl fmt::Display) -> Place {
    Place::file("model.json").child(name)
}

#[test]
fn the_first_hundred_are_kept_and_the_rest_is_counted() {
    let mut diagnostics = Diagnostics::default();
    for key in 0..300_000 {
        diagnostics.error(&place(key), format!("unknown key `{key}`"), "drop it");
    }
    assert_eq!(diagnostics.list.len(), MAX_DIAGNOSTICS);
    assert!(diagnostics.list.capacity() < 2 * MAX_DIAGNOSTICS);
    assert_eq!(diagnostics.list.last().unwrap().message, "unknown key `99`");
    let text = diagnostics.to_string();
    assert!(text.ends_with("help: drop it\n\nand 299,900 more errors"), "{}", &text[text.len() - 100..]);
}

#[test]
fn an_error_takes_the_place_of_the_last_warning() {
    let mut diagnostics = Diagnostics::default();
    for key in 0..150 {
        diagnostics.warning(&place(key), "odd", "look");
    }
    diagnostics.error(&place("e"), "wrong", "correct it");
    assert_eq!(diagnostics.list.len(), MAX_DIAGNOSTICS);
    assert_eq!(diagnostics.list[98].place, place(98));
    assert_eq!(diagnostics.list[99].message, "wrong");
    assert!(diagnostics.to_string().ends_with("and 51 more warnings"));
    assert!(diagnostics.has_errors());
}

#[test]
fn an_error_that_is_not_kept_is_one_all_the_same() {
    let mut diagnostics = Diagnostics::default();
    for key in 0..=MAX_DIAGNOSTICS {
        diagnostics.error(&place(key), "wrong", "correct it");
    }
    assert_eq!(diagnostics.error_count(), MAX_DIAGNOSTICS + 1);
    assert!(diagnostics.to_string().ends_with("and 1 more error"));
}

#[test]
fn a_finding_is_listed_once() {
    let mut diagnostics = Diagnostics::default();
    for _ in 0..3 {
        diagnostics.error(&place("a"), "wrong", "correct it");
    }
    diagnostics.error(&place("b"), "wrong", "correct it");
    assert_eq!(diagnostics.list.len(), 2);
    assert_eq!(diagnostics.to_string().matches("more").count(), 0);
}

#[test]
fn names_that_are_long_are_cut_in_the_middle() {
    let name = format!("start{}end", "é".repeat(1_000_000));
    let mut diagnostics = Diagnostics::default();
    diagnostics.error(&place(&name), format!("`{name}` is not defined"), format!("drop `{name}`"));
    let Diagnostic { place, message, help, .. } = &diagnostics.list[0];
    assert_eq!(place.pointer.chars().count(), MAX_STEP + 1);
    assert!(place.pointer.starts_with("/starté") && place.pointer.ends_with("éend"), "{place}");
    assert_eq!(message.chars().count(), MAX_TEXT);
    assert!(message.starts_with("`start") && message.contains('…') && message.ends_with("end` is not defined"), "{message}");
    assert_eq!(help.chars().count(), MAX_TEXT);
}

#[test]
fn what_is_shown_has_no_control_and_no_bidirectional_character() {
    let hostile = "a\u{1b}[2J\r\n\u{9b}1A\u{202e}b\u{2066}\u{200b}\u{2028}\0\u{feff}é\\`\"";
    let diagnostic =
        Diagnostic { severity: Severity::Error, place: place(hostile), message: hostile.to_owned(), help: hostile.to_owned() };
    let shown = r#"a\u{1b}[2J\r\n\u{9b}1A\u{202e}b\u{2066}\u{200b}\u{2028}\0\u{feff}é\`""#;
    assert_eq!(diagnostic.to_string(), format!("error: {shown}\n  at model.json#/{shown}\n  help: {shown}"));
    assert_eq!(format!("{:?}", place(hostile)), format!("model.json#/{shown}"));
}
