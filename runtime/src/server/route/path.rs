//! From method and raw path to an operation.

use super::{Route, Target};
use crate::operation::OperationInfo;
use crate::server::Rejection;
use crate::uri::{self, Segment};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The operations of a service, by method and path.
#[derive(Debug)]
pub struct PathRouter {
    operations: &'static [OperationInfo],
    methods: Vec<Routes>,
}

/// The paths of one method: `/claim` of one method and `/{Id}` of another do not overlap.
#[derive(Debug)]
struct Routes {
    method: &'static str,
    tree: matchit::Router<usize>,
    /// What the tree leads to: the operations of one path, which literals in the query tell apart; most literals first.
    leaves: Vec<Vec<usize>>,
    /// What the tree cannot hold: a path that goes on after its greedy label.
    others: Vec<usize>,
}

impl PathRouter {
    /// A router of these operations, which it knows by their places in the list.
    pub fn new(operations: &'static [OperationInfo]) -> Self {
        let mut paths: BTreeMap<(&'static str, Option<String>), Vec<usize>> = BTreeMap::new();
        for (index, info) in operations.iter().enumerate() {
            paths.entry((info.method, tree_path(info.uri))).or_default().push(index);
        }
        let mut router = Self { operations, methods: Vec::new() };
        for ((method, path), mut leaf) in paths {
            leaf.sort_by_key(|index| std::cmp::Reverse(literals(operations[*index].uri).count()));
            router.insert(method, path, leaf);
        }
        router
    }

    fn insert(&mut self, method: &'static str, path: Option<String>, leaf: Vec<usize>) {
        if self.methods.last().is_none_or(|last| last.method != method) {
            self.methods.push(Routes { method, tree: matchit::Router::new(), leaves: Vec::new(), others: Vec::new() });
        }
        if let Some(routes) = self.methods.last_mut() {
            match path.map(|path| routes.tree.insert(path, routes.leaves.len())) {
                Some(Ok(())) => routes.leaves.push(leaf),
                // In conflict with another: rather slow than lost.
                None | Some(Err(_)) => routes.others.extend(leaf),
            }
        }
    }

    /// The place of the operation of a method, raw path and raw query.
    ///
    /// # Errors
    ///
    /// No operation has the path, or none with this method.
    pub fn find(&self, method: &str, path: &str, query: &str) -> Result<usize, Rejection> {
        let own = self.methods.iter().find(|routes| routes.method == method);
        if let Some(index) = own.and_then(|routes| routes.find(self.operations, path, query)) {
            return Ok(index);
        }
        let allowed: Vec<_> = self.methods.iter().filter(|it| it.find(self.operations, path, query).is_some()).collect();
        if allowed.is_empty() {
            return Err(Rejection::unknown_operation());
        }
        Err(Rejection::method(&allowed.iter().map(|routes| routes.method).collect::<Vec<_>>()))
    }
}

/// Every request has a path, so that none is of another protocol.
impl Route for PathRouter {
    fn find(&self, request: Target<'_>) -> Option<Result<usize, Rejection>> {
        Some(PathRouter::find(self, request.method, request.path, request.query))
    }
}

impl Routes {
    fn find(&self, operations: &[OperationInfo], path: &str, query: &str) -> Option<usize> {
        let asks = |index: &&usize| literals(operations[**index].uri).all(|literal| has(query, literal));
        let other = self.others.iter().filter(|index| covers(operations[**index].uri, path)).find(asks);
        let in_tree = || self.tree.at(path).ok().and_then(|found| self.leaves[*found.value].iter().find(asks));
        other.or_else(in_tree).copied()
    }
}

/// The parameters that the template has in its query.
fn literals(template: &str) -> impl Iterator<Item = &str> {
    uri::query(template).split('&').filter(|literal| !literal.is_empty())
}

/// Whether a query has a parameter; `?a` is `?a=`.
fn has(query: &str, literal: &str) -> bool {
    let plain = |text| str::strip_suffix(text, "=").unwrap_or(text);
    query.split('&').any(|sent| plain(sent) == plain(literal))
}

/// The template in the tree's terms, its labels named alike, so that paths which differ in names alone are one.
///
/// `None` when the tree has no terms for it.
fn tree_path(template: &'static str) -> Option<String> {
    let mut text = String::with_capacity(template.len());
    let mut segments = uri::segments(template).enumerate().peekable();
    while let Some((index, segment)) = segments.next() {
        let _ = match segment {
            Segment::Greedy(_) if segments.peek().is_some() => return None,
            Segment::Greedy(_) => write!(text, "/{{*{index}}}"),
            Segment::Label(_) => write!(text, "/{{{index}}}"),
            Segment::Literal(literal) => write!(text, "/{literal}"),
        };
    }
    Some(text)
}

/// Whether a path is the template's.
fn covers(template: &str, sent: &str) -> bool {
    let template: Vec<_> = uri::segments(template).collect();
    let sent: Vec<_> = sent.split('/').skip(1).collect();
    let same = |(segment, sent): (&Segment<'_>, &&str)| match segment {
        Segment::Literal(literal) => literal == sent,
        Segment::Label(_) | Segment::Greedy(_) => !sent.is_empty(),
    };
    match template.iter().position(|segment| matches!(segment, Segment::Greedy(_))) {
        None => template.len() == sent.len() && template.iter().zip(&sent).all(same),
        Some(greedy) => {
            let after = template.len() - greedy - 1;
            sent.len() >= template.len()
                && template[..greedy].iter().zip(&sent).all(same)
                && template[greedy + 1..].iter().zip(&sent[sent.len() - after..]).all(same)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn info(method: &'static str, uri: &'static str) -> OperationInfo {
        OperationInfo::new(uri, method, uri, &[])
    }

    /// The awkward overlaps of Amazon Connect, and the like.
    static OPERATIONS: &[OperationInfo] = &[
        info("GET", "/phone-number/{PhoneNumberId}"),
        info("POST", "/phone-number/claim"),
        info("POST", "/phone-number/import"),
        info("POST", "/phone-number/list"),
        info("GET", "/attached-files/{InstanceId}/{FileId}"),
        info("POST", "/attached-files/{InstanceId}/files"),
        info("PUT", "/auth/sessions/{InstanceId}/delete-all-entity-sessions"),
        info("PUT", "/auth/sessions/{InstanceId}/{SessionId}"),
        info("PUT", "/test-cases/{InstanceId}/{TestCaseId}/start-execution"),
        info("PUT", "/test-cases/{InstanceId}/{TestCaseId}/{TestCaseExecutionId}"),
        info("PUT", "/test-cases/{Other}/{Case}/{Execution}/stop"),
        info("GET", "/domains/{domainId}/cases:batch"),
        info("POST", "/domains/{domainId}/cases"),
        info("DELETE", "/a/{b}/c"),
        info("DELETE", "/a/x/d"),
        info("DELETE", "/"),
    ];

    /// What a bucket has.
    static BUCKET: &[OperationInfo] = &[
        info("GET", "/{Bucket}?location"),
        info("GET", "/{Bucket}?list-type=2&versions"),
        info("GET", "/{Bucket}"),
        info("GET", "/{Bucket}/{Key+}"),
        info("GET", "/{Bucket}/{Key+}/tail/{Last}"),
    ];

    fn find_in(operations: &'static [OperationInfo], method: &str, uri: &str) -> Result<&'static str, u16> {
        let router = PathRouter::new(operations);
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        router.find(method, path, query).map(|index| operations[index].uri).map_err(|rejection| rejection.status())
    }

    fn find(method: &str, uri: &str) -> Result<&'static str, u16> {
        find_in(OPERATIONS, method, uri)
    }

    #[test]
    fn static_segments_come_before_labels() {
        assert_eq!(find("POST", "/phone-number/claim"), Ok("/phone-number/claim"));
        assert_eq!(
            find("PUT", "/auth/sessions/i/delete-all-entity-sessions"),
            Ok("/auth/sessions/{InstanceId}/delete-all-entity-sessions")
        );
        assert_eq!(find("PUT", "/auth/sessions/i/s"), Ok("/auth/sessions/{InstanceId}/{SessionId}"));
        assert_eq!(find("PUT", "/test-cases/i/t/start-execution"), Ok("/test-cases/{InstanceId}/{TestCaseId}/start-execution"));
        assert_eq!(
            find("PUT", "/test-cases/i/t/start-executions"),
            Ok("/test-cases/{InstanceId}/{TestCaseId}/{TestCaseExecutionId}")
        );
        assert_eq!(find("PUT", "/test-cases/i/t/start-execution/stop"), Ok("/test-cases/{Other}/{Case}/{Execution}/stop"));
        assert_eq!(find("GET", "/domains/d/cases:batch"), Ok("/domains/{domainId}/cases:batch"));
    }

    #[test]
    fn a_static_segment_of_one_method_is_a_label_of_another() {
        assert_eq!(find("GET", "/phone-number/claim"), Ok("/phone-number/{PhoneNumberId}"));
        assert_eq!(find("GET", "/attached-files/i/files"), Ok("/attached-files/{InstanceId}/{FileId}"));
        assert_eq!(find("POST", "/attached-files/i/files"), Ok("/attached-files/{InstanceId}/files"));
    }

    #[test]
    fn a_static_segment_that_leads_nowhere_gives_way_to_the_label() {
        assert_eq!(find("DELETE", "/a/x/c"), Ok("/a/{b}/c"));
        assert_eq!(find("DELETE", "/a/x/d"), Ok("/a/x/d"));
        assert_eq!(find("DELETE", "/a/y/d"), Err(404));
    }

    #[test]
    fn the_query_tells_operations_apart() {
        assert_eq!(find_in(BUCKET, "GET", "/b"), Ok("/{Bucket}"));
        assert_eq!(find_in(BUCKET, "GET", "/b?prefix=x"), Ok("/{Bucket}"));
        assert_eq!(find_in(BUCKET, "GET", "/b?location"), Ok("/{Bucket}?location"));
        assert_eq!(find_in(BUCKET, "GET", "/b?prefix=x&location="), Ok("/{Bucket}?location"));
        assert_eq!(find_in(BUCKET, "GET", "/b?location=x"), Ok("/{Bucket}"));
        assert_eq!(find_in(BUCKET, "GET", "/b?versions&list-type=2&location"), Ok("/{Bucket}?list-type=2&versions"));
    }

    #[test]
    fn greedy_labels_take_slashes() {
        assert_eq!(find_in(BUCKET, "GET", "/b/k"), Ok("/{Bucket}/{Key+}"));
        assert_eq!(find_in(BUCKET, "GET", "/b/k/l//m/"), Ok("/{Bucket}/{Key+}"));
        assert_eq!(find_in(BUCKET, "GET", "/b/k/l/tail/x"), Ok("/{Bucket}/{Key+}/tail/{Last}"));
        assert_eq!(find_in(BUCKET, "GET", "/b/tail/x"), Ok("/{Bucket}/{Key+}"));
        assert_eq!(find_in(BUCKET, "GET", "/b/"), Err(404));
    }

    #[test]
    fn an_empty_label_is_none() {
        assert_eq!(find("DELETE", "/a//c"), Err(404));
        assert_eq!(find("PUT", "/test-cases//t/start-execution"), Err(404));
        assert_eq!(find("POST", "/attached-files//files"), Err(404));
        assert_eq!(find_in(BUCKET, "GET", "//k"), Err(404));
    }

    #[test]
    fn a_known_path_of_another_method_is_told() {
        assert_eq!(find("PATCH", "/phone-number/claim"), Err(405));
        assert_eq!(find("get", "/phone-number/claim"), Err(405));
        assert_eq!(find("PATCH", "/a/y/d/e"), Err(404));
        assert_eq!(find("GET", "/"), Err(405));
        assert_eq!(find("PATCH", ""), Err(404));
    }
}
