//! Rules at work, one feature each.

use super::super::rules::*;
use super::*;

fn url(rules: &EndpointRules, told: EndpointParameters) -> String {
    rules.resolve(&told).unwrap().url
}

fn error(rules: &EndpointRules, told: EndpointParameters) -> String {
    rules.resolve(&told).unwrap_err().to_string()
}

fn told() -> EndpointParameters {
    EndpointParameters::new()
}

#[test]
fn the_first_rule_decides_whose_conditions_hold() {
    static RULES: EndpointRules = EndpointRules::new(
        &[string("A"), boolean("B").or_boolean(false)],
        &[
            when(&[is_set("A"), is_true("B")]).endpoint("https://both"),
            when(&[is_set("A")]).endpoint("https://{A}"),
            when(&[not(is_set("A")), is_false("B")]).error("neither"),
            otherwise().endpoint("https://b"),
        ],
    );
    assert_eq!(url(&RULES, told().with("A", "a").with("B", true)), "https://both");
    assert_eq!(url(&RULES, told().with("A", "a")), "https://a");
    assert_eq!(url(&RULES, told().with("B", true)), "https://b");
    assert_eq!(error(&RULES, told()), "neither");
}

#[test]
fn a_tree_whose_conditions_hold_decides_even_if_none_of_its_rules_does() {
    static RULES: EndpointRules = EndpointRules::new(
        &[string("A"), string("B")],
        &[when(&[is_set("A")]).then(&[when(&[is_set("B")]).endpoint("https://b")]), otherwise().endpoint("https://a")],
    );
    assert_eq!(error(&RULES, told().with("A", "a")), "no endpoint rule applies");
    assert_eq!(url(&RULES, told().with("B", "b")), "https://a");
}

#[test]
fn what_a_rule_assigns_is_known_within_it_alone() {
    static RULES: EndpointRules = EndpointRules::new(
        &[string("Arn")],
        &[
            when(&[parse_arn("{Arn}").assign("arn"), equal("{arn#service}", "desk")]).endpoint("https://{arn#region}"),
            when(&[not(is_set("arn"))]).endpoint("https://unknown"),
            otherwise().endpoint("https://leaked"),
        ],
    );
    assert_eq!(url(&RULES, told().with("Arn", "arn:aws:desk:x:1:a")), "https://x");
    assert_eq!(url(&RULES, told().with("Arn", "arn:aws:other:x:1:a")), "https://unknown");
}

#[test]
fn a_condition_holds_unless_its_value_is_unset_or_false() {
    static RULES: EndpointRules = EndpointRules::new(
        &[string("A")],
        &[
            when(&[get("A")]).endpoint("https://set"),
            when(&[not(get("A"))]).endpoint("https://no-boolean"),
            otherwise().error("unset"),
        ],
    );
    assert_eq!(url(&RULES, told().with("A", "")), "https://set");
    assert_eq!(error(&RULES, told()), "unset");
}

#[test]
fn a_parameter_has_its_default_or_must_be_set() {
    static RULES: EndpointRules = EndpointRules::new(
        &[string("A").required(), string("B").or_string("b"), strings("C").or_strings(&["c", "d"])],
        &[when(&[get("C#[0]").assign("first")]).endpoint("https://{A}.{B}.{first}"), otherwise().endpoint("https://{A}.{B}")],
    );
    assert_eq!(url(&RULES, told().with("A", "a")), "https://a.b.c");
    assert_eq!(url(&RULES, told().with("A", "a").with("B", "x").with("C", [])), "https://a.x");
    assert_eq!(error(&RULES, told()), "the endpoint rules need `A`, which is not set");
}

#[test]
fn a_parameter_of_another_type_is_refused() {
    static RULES: EndpointRules = EndpointRules::new(&[boolean("A")], &[otherwise().endpoint("https://a")]);
    assert_eq!(error(&RULES, told().with("A", "true")), "the endpoint parameter `A` is of another type");
}

#[test]
fn what_is_said_first_counts() {
    static RULES: EndpointRules = EndpointRules::new(&[string("A")], &[otherwise().endpoint("https://{A}")]);
    assert_eq!(url(&RULES, told().with("A", "request").with("A", "client")), "https://request");
}

#[test]
fn an_endpoint_has_properties_auth_schemes_and_headers() {
    static RULES: EndpointRules = EndpointRules::new(
        &[string("Region")],
        &[otherwise()
            .endpoint("https://desk")
            .auth_schemes(&[
                scheme("sigv4a").name("desk").regions(&["*"]).disable_double_encoding(true),
                scheme("sigv4").region("{Region}").with(&[("extra", list(&[flag(true), text("{Region}")]))]),
            ])
            .properties(&[("backend", map(&[("name", text("{Region}!"))]))])
            .headers(&[("x-desk", &[Argument::Text("{Region}"), Argument::Path("Region")])])],
    );
    let endpoint = RULES.resolve(&told().with("Region", "eu")).unwrap();
    let text = |text: &str| Document::String(text.to_owned());
    let map = |entries: Vec<(&str, Document)>| {
        Document::Object(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    };
    let first = map(vec![
        ("name", text("sigv4a")),
        ("signingName", text("desk")),
        ("signingRegionSet", Document::Array(vec![text("*")])),
        ("disableDoubleEncoding", Document::Bool(true)),
    ]);
    let extra = Document::Array(vec![Document::Bool(true), text("eu")]);
    let second = map(vec![("name", text("sigv4")), ("signingRegion", text("eu")), ("extra", extra)]);
    assert_eq!(endpoint.properties["authSchemes"], Document::Array(vec![first, second]));
    assert_eq!(endpoint.properties["backend"], map(vec![("name", text("eu!"))]));
    assert_eq!(endpoint.headers, [("x-desk", vec!["eu".to_owned(), "eu".to_owned()])]);
    assert!(RULES.names_scheme(|name| name == "sigv4a") && !RULES.names_scheme(|name| name == "none"));
}

#[test]
fn functions_take_what_functions_give() {
    static RULES: EndpointRules = EndpointRules::new(
        &[string("Url"), boolean("UseFIPS").or_boolean(false), string("Name")],
        &[
            when(&[
                call(Function::Attribute(Argument::Call(&parse_url("{Url}")), "authority")).assign("host"),
                if_then_else(&[Argument::Path("UseFIPS"), Argument::Text("-fips"), Argument::Text("")]).assign("suffix"),
                coalesce(&[Argument::Path("Name"), Argument::Call(&substring("{host}", 0, 3, false)), Argument::Text("none")])
                    .assign("name"),
                split("{host}", ".", 2).assign("labels"),
            ])
            .endpoint("https://{name}{suffix}.{labels#[1]}"),
            otherwise().error_of(Argument::Call(&uri_encode("{Url}"))),
        ],
    );
    assert_eq!(url(&RULES, told().with("Url", "http://desk.test.org/").with("UseFIPS", true)), "https://des-fips.test.org");
    assert_eq!(url(&RULES, told().with("Url", "http://a.b").with("Name", "n")), "https://n.b");
    assert_eq!(error(&RULES, told().with("Url", "no url")), "no%20url");
}

#[test]
fn what_is_inserted_into_a_host_does_not_end_it() {
    static RULES: EndpointRules = EndpointRules::new(
        &[string("Room"), string("Url")],
        &[
            when(&[is_set("Room")]).endpoint("https://{Room}.test/{Room}"),
            when(&[parse_url("{Url}").assign("url")]).endpoint("{url#scheme}://a.{url#authority}{url#path}"),
        ],
    );
    for room in ["evil/", "evil/..", "evil?", "evil#", "a@evil", "evil\\"] {
        assert!(error(&RULES, told().with("Room", room)).contains("would lead to another host"), "{room}");
    }
    assert_eq!(url(&RULES, told().with("Room", "b")), "https://b.test/b");
    assert_eq!(url(&RULES, told().with("Url", "http://b:1/c/d")), "http://a.b:1/c/d");
}

#[test]
fn a_text_with_something_unset_is_no_endpoint() {
    static RULES: EndpointRules = EndpointRules::new(&[string("A")], &[otherwise().endpoint("https://{A}")]);
    assert_eq!(error(&RULES, told()), "`A` is not set");
}

#[test]
fn a_diagram_decides_as_rules_do() {
    static RULES: EndpointRules = EndpointRules::diagram(
        &[string("Region"), boolean("UseFIPS").or_boolean(false)],
        Diagram {
            conditions: &[is_set("Region"), partition("{Region}").assign("P"), is_true("UseFIPS")],
            results: &[
                otherwise().endpoint("https://desk-fips.{Region}.{P#dnsSuffix}"),
                otherwise().endpoint("https://desk.{Region}.{P#dnsSuffix}"),
                otherwise().error("no region"),
            ],
            root: 2,
            nodes: &[[-1, 1, -1], [0, 3, 100_000_002], [1, 4, 1], [2, 100_000_000, 100_000_001]],
        },
    );
    assert_eq!(url(&RULES, told().with("Region", "cn-north-1")), "https://desk.cn-north-1.amazonaws.com.cn");
    assert_eq!(
        url(&RULES, told().with("Region", "eu-west-1").with("UseFIPS", true)),
        "https://desk-fips.eu-west-1.amazonaws.com"
    );
    assert_eq!(error(&RULES, told()), "no region");
}
