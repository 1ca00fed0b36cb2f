//! `testParameters` of a malformed request case: <https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html>.

use crate::conformance::node::Node;
use anyhow::{bail, ensure};

/// The parts in which parameters are replaced; method, status and id stay.
const FIXED: [&str; 4] = ["id", "method", "code", "protocol"];

/// One case a row of parameters, each with its id; the case itself, as it is, when there are none.
pub(super) fn expand(case: &Node) -> anyhow::Result<Vec<(String, Node)>> {
    let id = case.need("id")?.text()?;
    let Some(parameters) = case.get("testParameters") else { return Ok(vec![(id.to_owned(), case.clone())]) };
    let lists = parameters.members();
    let rows = lists.first().map_or(0, |(_, list)| list.elements().len());
    ensure!(lists.iter().all(|(_, list)| list.elements().len() == rows), "lists of test parameters differ in length");
    let row = |index: usize| {
        let values: Vec<(&str, &Node)> =
            lists.iter().filter_map(|(name, list)| Some((name.as_str(), list.elements().get(index)?))).collect();
        Ok((format!("{id}_case{index}"), replace(case, &values)?))
    };
    (0..rows).map(row).collect()
}

fn replace(node: &Node, values: &[(&str, &Node)]) -> anyhow::Result<Node> {
    Ok(match node {
        Node::String(text) => Node::String(replace_text(text, values)?),
        Node::Array(elements) => Node::Array(elements.iter().map(|element| replace(element, values)).collect::<Result<_, _>>()?),
        Node::Object(members) => {
            let member = |(name, value): &(String, Node)| match FIXED.contains(&name.as_str()) || name == "testParameters" {
                true => Ok((name.clone(), value.clone())),
                false => Ok((replace_text(name, values)?, replace(value, values)?)),
            };
            Node::Object(members.iter().map(member).collect::<anyhow::Result<_>>()?)
        }
        other => other.clone(),
    })
}

/// `$name:L` is the value, `$name:S` the value as a JSON string, `$$` a dollar sign.
fn replace_text(text: &str, values: &[(&str, &Node)]) -> anyhow::Result<String> {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('$') {
        replaced.push_str(before);
        if let Some(after) = after.strip_prefix('$') {
            replaced.push('$');
            rest = after;
            continue;
        }
        let found = values.iter().find_map(|(name, value)| Some((value, after.strip_prefix(name)?.strip_prefix(':')?)));
        let Some((value, after)) = found else { bail!("`${after}` is no test parameter") };
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        rest = match after.split_at_checked(1) {
            Some(("L", rest)) => {
                replaced.push_str(&value);
                rest
            }
            Some(("S", rest)) => {
                replaced.push_str(&Node::String(value).to_string());
                rest
            }
            _ => bail!("a test parameter is written as neither `L` nor `S` in `{text}`"),
        };
    }
    replaced.push_str(rest);
    Ok(replaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(case: &str) -> Vec<(String, String)> {
        expand(&Node::parse(case).unwrap()).unwrap().into_iter().map(|(id, case)| (id, case.to_string())).collect()
    }

    #[test]
    fn a_row_of_parameters_is_a_case() {
        let cases = expanded(
            r#"{"id":"A","uri":"/$p:L","body":"[$p:S, $q:L]$$","code":400,"testParameters":{"p":["x","\"\\"],"q":["1","2"]}}"#,
        );
        assert_eq!(cases.len(), 2);
        assert_eq!(cases[0].0, "A_case0");
        assert!(cases[0].1.starts_with(r#"{"id":"A","uri":"/x","body":"[\"x\", 1]$","code":400"#), "{}", cases[0].1);
        assert_eq!(cases[1].0, "A_case1");
        let body = Node::parse(&cases[1].1).unwrap().need("body").unwrap().text().unwrap().to_owned();
        assert_eq!(body, r#"["\"\\", 2]$"#);
    }

    #[test]
    fn names_of_headers_are_replaced_and_methods_and_ids_are_not() {
        let cases =
            expanded(r#"{"id":"$h:L","method":"$h:L","headers":{"$h:L":"v"},"tags":["$h:L"],"testParameters":{"h":["X"]}}"#);
        assert_eq!(cases[0].0, "$h:L_case0");
        assert!(cases[0].1.starts_with(r#"{"id":"$h:L","method":"$h:L","headers":{"X":"v"},"tags":["X"]"#), "{}", cases[0].1);
    }

    #[test]
    fn without_parameters_dollar_signs_are_what_they_are() {
        let case = r#"{"id":"A","uri":"/$$value:L"}"#;
        assert_eq!(expanded(case), [("A".to_owned(), case.to_owned())]);
    }

    #[test]
    fn lists_of_other_lengths_and_unknown_parameters_are_refused() {
        for case in [
            r#"{"id":"A","testParameters":{"p":["x"],"q":[]}}"#,
            r#"{"id":"A","uri":"$r:L","testParameters":{"p":["x"]}}"#,
            r#"{"id":"A","uri":"$p:X","testParameters":{"p":["x"]}}"#,
        ] {
            assert!(expand(&Node::parse(case).unwrap()).is_err(), "{case}");
        }
    }
}
