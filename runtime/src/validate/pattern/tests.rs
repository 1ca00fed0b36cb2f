use super::*;

/// Whether the pattern is ECMAScript's, an engine takes it, and a part of the value matches.
fn matches(source: &'static str, value: &str) -> bool {
    let rust = translate(source).unwrap_or_else(|error| panic!("{source}: {error}"));
    let pattern = Pattern::part(source);
    assert!(pattern.compile().is_some(), "no engine takes {source} as {rust}");
    pattern.matches(value)
}

#[track_caller]
fn assert_matches(source: &'static str, matching: &[&str], other: &[&str]) {
    for value in matching {
        assert!(matches(source, value), "{source} does not match {value:?}");
    }
    for value in other {
        assert!(!matches(source, value), "{source} matches {value:?}");
    }
}

macro_rules! patterns {
    ($($test:ident: $($source:literal matches $matching:expr, not $other:expr;)+)*) => {
        $(
            #[test]
            fn $test() {
                $(assert_matches($source, &$matching, &$other);)+
            }
        )*
    };
}

patterns! {
    digits_are_ascii:
        r"^\d+$" matches ["09"], not ["٣", "a", ""];
        r"^\D$" matches ["٣", "a"], not ["3"];
        r"^[\d.]+$" matches ["1.5"], not ["٣"];
        r"^[^\D]$" matches ["3"], not ["٣", "a"];
    words_are_ascii:
        r"^\w+$" matches ["aZ_9"], not ["é", "-"];
        r"^\W$" matches ["é", "-"], not ["a", "_"];
        r"^[\W]$" matches ["é"], not ["a"];
    spaces_are_those_of_ecmascript:
        r"^\s+$" matches [" \t\n\u{b}\u{c}\r\u{a0}\u{2028}\u{feff}"], not ["\u{85}", "\u{180e}", "x"];
        r"^\S$" matches ["\u{85}", "x"], not [" ", "\u{3000}"];
        r"^[^\s]$" matches ["x"], not ["\t"];
    boundaries_are_ascii:
        r"\bcat\b" matches ["a cat", "écaté", "cat"], not ["cats", "concat"];
        r"^(?!x)\w*\b " matches ["cat x"], not ["caté x", "  x"];
        r"^a\Bb" matches ["ab"], not ["a b"];
    a_dot_matches_no_end_of_a_line:
        "^.$" matches ["a", "é", "👍", "\u{85}"], not ["\n", "\r", "\u{2028}", "\u{2029}"];
    the_end_is_the_very_end:
        "^a$" matches ["a"], not ["a\n", "b\na"];
    anything_and_nothing_are_classes:
        "^[^]$" matches ["\n", "a"], not [""];
        "^a[]?$" matches ["a"], not ["ab"];
    a_bracket_in_a_class_is_a_character:
        "^[[a]$" matches ["[", "a"], not ["b"];
        "^[a-c[x]]$" matches ["a]", "[]"], not ["a", "x"];
        "^[[:alpha:]]$" matches ["a]", ":]"], not ["b"];
    rusts_set_operations_are_characters:
        "^[a&&b]$" matches ["a", "b", "&"], not ["c"];
        "^[a~~b]$" matches ["a", "~", "b"], not ["c"];
        "^[+--]$" matches ["+", ",", "-"], not ["."];
    hyphens_are_characters_at_the_ends_and_beside_sets:
        r"^[\w-.]$" matches ["a", "-", "."], not ["+"];
        r"^[a-\d]$" matches ["a", "-", "7"], not ["b"];
        "^[-a]$" matches ["-", "a"], not ["b"];
        "^[a-]$" matches ["-", "a"], not ["b"];
        r"^[a\-z]$" matches ["a", "-", "z"], not ["b"];
    punctuation_can_be_escaped_anywhere:
        r"^\/\-\_\@\#\ \!\.$" matches ["/-_@# !."], not ["/-_@# !x"];
        r"^[\/\.\[\]\^\$]$" matches ["/", ".", "[", "]", "^", "$"], not ["\\"];
    braces_that_are_no_quantifier_are_characters:
        "^a{$" matches ["a{"], not ["a"];
        "^{}$" matches ["{}"], not [""];
        "^a{,5}$" matches ["a{,5}"], not ["aaa"];
        "^x]$" matches ["x]"], not ["x"];
    quantifiers:
        "^a{2}b{1,}c{0,2}?$" matches ["aab", "aabbcc"], not ["ab", "aabccc"];
        "^(?:ab)+?$" matches ["abab"], not ["aba"];
    control_characters:
        r"^\t\n\v\f\r\0\cJ\cj$" matches ["\t\n\u{b}\u{c}\r\0\n\n"], not ["t"];
        r"^[\b\cA]$" matches ["\u{8}", "\u{1}"], not ["b"];
    characters_by_number:
        r"^\x41\u00e9\u{1F44D}$" matches ["Aé👍"], not ["A"];
        r"^[\x20-\x7E]$" matches ["~"], not ["é"];
    surrogate_pairs_are_one_character:
        r"^\uD83D\uDC4D$" matches ["👍"], not [""];
        r"^[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*$" matches ["a👍\n"], not ["\u{1}", "\u{ffff}"];
    half_a_surrogate_pair_matches_nothing:
        r"\uD83D" matches [], not ["👍", "a"];
        r"^[\uD800-\uDFFFa]$" matches ["a"], not ["👍"];
        r"^[\uD800-\uDFFF]?$" matches [""], not ["👍"];
        r"^[^\uD800-\uDFFF]$" matches ["👍"], not [""];
    properties:
        r"^[\p{L}\p{Script=Greek}\P{C}]+$" matches ["aéα"], not ["\u{0}"];
        r"^\p{Lu}\P{Lu}$" matches ["Éé"], not ["éé"];
    groups:
        "^(a|b)(?:c)(?<d$e>f)$" matches ["acf"], not ["acfd"];
    look_around:
        "^(?!aws:)[a-z:]+$" matches ["team"], not ["aws:team"];
        "a(?=b)" matches ["ab"], not ["ac"];
        r"(?<=\d)x" matches ["1x"], not ["ax"];
        r"(?<!\d)x" matches ["ax"], not ["1x"];
        "(?<=a+)x" matches ["aax"], not ["bx"];
    back_references:
        r"^(a|b)\1$" matches ["aa", "bb"], not ["ab"];
        r"^(?<x>a|b)-\k<x>$" matches ["a-a"], not ["a-b"];
        r"^(?:(a)\1)0$" matches ["aa0"], not ["a0"];
}

#[test]
fn what_ecmascript_does_not_have_is_an_error() {
    use crate::validate::ecmascript::SyntaxError::*;
    for (source, error) in [
        ("(a", OpenGroup),
        ("a)", UnopenedGroup),
        ("(?i)a", UnknownGroup),
        ("(?>a)", UnknownGroup),
        ("(?P<a>b)", UnknownGroup),
        ("[a", OpenClass),
        ("[z-a]", ReversedRange),
        ("+a", NothingToRepeat),
        ("a**", NothingToRepeat),
        ("a++", NothingToRepeat),
        ("^*", NothingToRepeat),
        ("(?=a)*", NothingToRepeat),
        ("a|{2}", NothingToRepeat),
        ("a{3,2}", ReversedQuantifier),
        (r"\Aa", UnknownEscape('A')),
        (r"\Qa\E", UnknownEscape('Q')),
        (r"\pL", UnknownEscape('p')),
        (r"\u12", UnknownEscape('u')),
        (r"\u{110000}", UnknownEscape('u')),
        (r"[\B]", UnknownEscape('B')),
        (r"a\", LastBackslash),
        (r"(a)\2", UnknownReference),
        (r"(?<a>b)\k<c>", UnknownReference),
    ] {
        assert_eq!(translate(source), Err(error), "{source}");
    }
}

#[test]
fn a_pattern_matches_the_whole_value_or_a_part() {
    static WHOLE: Pattern = Pattern::whole("[a-m]+|[n-z]");
    static PART: Pattern = Pattern::part("[a-m]+");
    assert!(WHOLE.matches("abc") && WHOLE.matches("z") && !WHOLE.matches("abcz") && !WHOLE.matches("abc\n"));
    assert!(PART.matches("abcz") && !PART.matches("xyz"));
}

#[test]
fn a_pattern_of_another_syntax_is_read_as_rusts_engine_reads_it() {
    static JAVA: Pattern = Pattern::part(r"(?i)\A[a-z]+\z");
    assert!(JAVA.matches("ABC") && !JAVA.matches("A1"));
}

#[test]
fn a_pattern_that_no_engine_takes_matches_everything() {
    static BROKEN: Pattern = Pattern::part("(");
    assert!(BROKEN.matches("a"));
}

#[test]
fn nested_repetition_runs_in_linear_time() {
    static EVIL: Pattern = Pattern::part("^([0-9]+)+$");
    assert!(EVIL.matches("123"));
    assert!(!EVIL.matches(&("0".repeat(100_000) + "!")));
}

#[test]
fn look_around_runs_on_an_engine_with_a_step_limit() {
    static AHEAD: Pattern = Pattern::whole(r"(?!aws:)[a-zA-Z+-=._:/]+");
    assert!(AHEAD.matches("team") && !AHEAD.matches("aws:team"));
    static EVIL: Pattern = Pattern::whole("(?=a)((a+)+)+b");
    assert!(!EVIL.matches(&"a".repeat(64)));
}

#[test]
fn a_long_value_that_matches_takes_no_more_steps_than_there_may_be() {
    static NO_PAIR: Pattern = Pattern::whole("(?:(?!--).)+");
    assert!(NO_PAIR.matches(&"a-".repeat(20_000)));
    assert!(!NO_PAIR.matches(&format!("{}--", "a-".repeat(20_000))));
}

#[test]
fn a_request_that_used_up_its_time_is_matched_no_more() {
    static AHEAD: Pattern = Pattern::part("^(?!b)");
    let mut effort = Effort(TIME_LIMIT - Duration::from_millis(1));
    assert!(AHEAD.matches_within("a", &mut effort));
    effort.0 = TIME_LIMIT;
    assert!(!AHEAD.matches_within("a", &mut effort));
}
