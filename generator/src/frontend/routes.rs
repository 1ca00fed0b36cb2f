//! Operations that a request cannot be told apart for:
//! <https://smithy.io/2.0/spec/http-bindings.html#pattern-validation-and-conflict-avoidance>.

use crate::diagnostic::Diagnostics;
use crate::ir::{HttpBinding, Method, Operation, Uri, UriSegment};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// What a server tells operations apart by: names of labels do not count, nor does a slash at the end.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Route<'m> {
    method: Method,
    segments: Vec<Segment<'m>>,
    /// Literals; `?a` and `?a=` are the same.
    query: BTreeSet<(&'m str, &'m str)>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Segment<'m> {
    Literal(&'m str),
    Label,
    GreedyLabel,
}

/// Reports operations with one method and path. Where only the host tells them apart, a client can call both, but a server, which does
/// not look at it, cannot tell.
pub(super) fn check_routes(operations: &BTreeMap<String, Operation>, diagnostics: &mut Diagnostics) {
    let mut routes: BTreeMap<Route<'_>, &Operation> = BTreeMap::new();
    for (operation, http) in operations.values().filter_map(|operation| Some((operation, operation.http.as_ref()?))) {
        match routes.entry(route(http)) {
            Entry::Vacant(entry) => drop(entry.insert(operation)),
            Entry::Occupied(entry) => report(entry.get(), operation, http, diagnostics),
        }
    }
}

fn route(http: &HttpBinding) -> Route<'_> {
    let Uri { segments, query } = &http.uri;
    let is_last_slash = |segment: &&UriSegment| **segment == UriSegment::Literal(String::new());
    let segments = match segments.split_last() {
        Some((last, others)) if is_last_slash(&last) => others,
        _ => segments,
    };
    let segments = segments.iter().map(|segment| match segment {
        UriSegment::Literal(text) => Segment::Literal(text),
        UriSegment::Label(_) => Segment::Label,
        UriSegment::GreedyLabel(_) => Segment::GreedyLabel,
    });
    let query = query.iter().map(|(key, value)| (key.as_str(), value.as_deref().unwrap_or_default()));
    Route { method: http.method, segments: segments.collect(), query: query.collect() }
}

fn report(first: &Operation, second: &Operation, http: &HttpBinding, diagnostics: &mut Diagnostics) {
    let (method, uri) = (http.method.as_str(), &http.uri);
    let message = format!("`{}` and `{}` are both `{method} {uri}`", first.name, second.name);
    if first.host_prefix == second.host_prefix {
        diagnostics.error(&second.place, message, "give one of them another method, another path, or a literal in the query");
    } else {
        let message = format!("{message}: only the host tells them apart, which a server does not look at");
        let help = format!("nothing to do for a client; a server has every request answered by `{}`", first.name);
        diagnostics.warning(&second.place, message, help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, Severity};
    use crate::frontend::uri::parse_uri;
    use crate::ir::{Documentation, HostPart, HostPrefix};

    fn operation(index: usize, (method, uri, host): (Method, &str, Option<&str>)) -> (String, Operation) {
        let name = format!("Op{index}");
        let operation = Operation {
            place: Place::file("model.json").child(&name),
            name: name.clone(),
            http: Some(HttpBinding { method, uri: parse_uri(uri).unwrap(), status: 200 }),
            input: None,
            output: None,
            errors: Vec::new(),
            paginator: None,
            auth: vec![crate::ir::Auth::SigV4],
            idempotent: false,
            readonly: false,
            host_prefix: host.map(|text| HostPrefix { parts: vec![HostPart::Literal(text.to_owned())] }),
            context: Vec::new(),
            request_checksum: None,
            response_checksum: None,
            discovery: None,
            gzip: false,
            documentation: Documentation::default(),
        };
        (name, operation)
    }

    /// What is said of two operations.
    fn said(first: (Method, &str, Option<&str>), second: (Method, &str, Option<&str>)) -> Option<(Severity, String)> {
        let operations = [first, second].into_iter().enumerate().map(|(index, it)| operation(index, it));
        let mut diagnostics = Diagnostics::default();
        check_routes(&operations.collect(), &mut diagnostics);
        diagnostics.list.into_iter().next().map(|it| (it.severity, it.message))
    }

    fn get(uri: &str) -> (Method, &str, Option<&'static str>) {
        (Method::Get, uri, None)
    }

    #[test]
    fn one_method_and_path_is_one_operation() {
        let conflicts =
            [("/a/b", "/a/b"), ("/a/{B}", "/a/{C}"), ("/a/{B+}", "/a/{C+}"), ("/a", "/a/"), ("/a?b&c=d", "/a?c=d&b=")];
        for (first, second) in conflicts {
            let expected = (Severity::Error, format!("`Op0` and `Op1` are both `GET {second}`"));
            assert_eq!(said(get(first), get(second)), Some(expected), "{first} {second}");
        }
    }

    #[test]
    fn literals_depth_and_queries_tell_operations_apart() {
        let distinct = [
            ("/a/b", "/a/c"),
            ("/a/b", "/a/{B}"),
            ("/a/{B}", "/a/{B+}"),
            ("/a/{B}", "/a/{B}/c"),
            ("/a", "/a?b"),
            ("/a?b=1", "/a?b=2"),
        ];
        for (first, second) in distinct {
            assert_eq!(said(get(first), get(second)), None, "{first} {second}");
        }
        assert_eq!(said(get("/a"), (Method::Put, "/a", None)), None);
    }

    #[test]
    fn a_host_of_its_own_is_enough_for_a_client() {
        let (severity, _) = said(get("/a"), (Method::Get, "/a", Some("data."))).unwrap();
        assert_eq!(severity, Severity::Warning);
    }
}
