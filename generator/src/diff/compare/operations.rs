//! Operations.

use super::{About, Comparison, EVERYWHERE, Pair, flag};
use crate::diff::change::Subject;
use crate::diff::policy::ChangeKind as Kind;
use crate::ir::{
    ApiKey, Auth, Binding, ContextSource, EndpointDiscovery, HttpBinding, Model, Operation, Paginator, RequestChecksum, ShapeId,
    ShapeKind, UriSegment,
};
use std::collections::BTreeSet;

impl<'m> Comparison<'m> {
    pub(super) fn operations(&mut self) {
        let (old, new) = (self.old, self.new);
        let names: BTreeSet<&String> = old.operations.keys().chain(new.operations.keys()).collect();
        for name in names {
            match (old.operations.get(name), new.operations.get(name)) {
                (Some(before), Some(after)) => self.operation(Pair { old: before, new: after }),
                (None, Some(after)) => self.added(Kind::OperationAdded, &about(after, after), route(after)),
                (Some(before), None) => self.removed(Kind::OperationRemoved, &about(before, before), route(before)),
                (None, None) => {}
            }
        }
    }

    fn operation(&mut self, both: Pair<&'m Operation>) {
        all_are_known(both.new);
        let about = about(both.old, both.new);
        self.http(&about, both);
        self.messages(&about, both);
        self.errors(&about, both);
        self.paginator(&about, both);
        self.auth(&about, both);
        self.behaviour(&about, both);
        self.compare(Kind::DeprecationChanged, &about, both.map(|it| flag(it.documentation.deprecated, "deprecated").to_owned()));
    }

    fn http(&mut self, about: &About<'m>, both: Pair<&'m Operation>) {
        let http = both.map(|operation| operation.http.as_ref());
        let text = |of: fn(&HttpBinding) -> String| http.map(|http| http.map(of).unwrap_or_default());
        self.compare(Kind::HttpMethodChanged, about, text(|http| http.method.as_str().to_owned()));
        self.compare(Kind::StatusChanged, about, text(|http| http.status.to_string()));
        let paths = Pair { old: path(self.old, both.old), new: path(self.new, both.new) };
        if paths.differs() {
            self.changed(Kind::UriChanged, about, text(|http| http.uri.to_string()));
        }
        let prefixes = both.map(|it| it.host_prefix.as_ref().map(ToString::to_string).unwrap_or_default());
        self.compare(Kind::HostPrefixChanged, about, prefixes);
    }

    /// Messages of other names: their members are compared all the same.
    fn messages(&mut self, about: &About<'m>, both: Pair<&'m Operation>) {
        for (kind, ids) in [
            (Kind::InputChanged, both.map(|operation| operation.input.as_ref())),
            (Kind::OutputChanged, both.map(|operation| operation.output.as_ref())),
        ] {
            if !ids.differs() {
                continue;
            }
            self.changed(kind, about, ids.map(|id| id.map_or("nothing".to_owned(), ToString::to_string)));
            if let Pair { old: Some(old), new: Some(new) } = ids
                && !(self.new.shapes.contains_key(old) || self.old.shapes.contains_key(new))
            {
                self.renamed_structure(old, new);
            }
        }
    }

    fn renamed_structure(&mut self, old: &'m ShapeId, new: &'m ShapeId) {
        let (Some(before), Some(after)) = (self.old.shapes.get(old), self.new.shapes.get(new)) else { return };
        if let (ShapeKind::Structure(was), ShapeKind::Structure(is)) = (&before.kind, &after.kind) {
            let about = About {
                subject: Subject::Shape(new.clone()),
                places: Pair { old: &before.place, new: &after.place },
                steps: Vec::new(),
                usage: after.usage,
            };
            self.members(&about, new, Pair { old: &was.members, new: &is.members });
        }
    }

    fn errors(&mut self, about: &About<'m>, both: Pair<&'m Operation>) {
        for error in both.new.errors.iter().filter(|error| !both.old.errors.contains(error)) {
            self.added(Kind::ErrorAdded, about, error);
        }
        for error in both.old.errors.iter().filter(|error| !both.new.errors.contains(error)) {
            self.removed(Kind::ErrorRemoved, about, error);
        }
    }

    fn paginator(&mut self, about: &About<'m>, both: Pair<&'m Operation>) {
        let shown = both.map(|operation| operation.paginator.as_ref().map(paginator_text));
        match (shown.old, shown.new) {
            (Some(old), Some(new)) => self.compare(Kind::PaginatorChanged, about, Pair { old, new }),
            (Some(old), None) => self.removed(Kind::PaginatorRemoved, about, old),
            (None, Some(new)) => self.added(Kind::PaginatorAdded, about, new),
            (None, None) => {}
        }
    }

    fn auth(&mut self, about: &About<'m>, both: Pair<&'m Operation>) {
        let Pair { old, new } = both.map(|operation| operation.auth.as_slice());
        if old == new {
            return;
        }
        let is_more = new.starts_with(old);
        let kind = if is_more { Kind::AuthAdded } else { Kind::AuthChanged };
        self.changed(kind, about, Pair { old: auth_text(old), new: auth_text(new) });
    }

    fn behaviour(&mut self, about: &About<'m>, both: Pair<&'m Operation>) {
        let promise = |it: &Operation| [flag(it.idempotent, "idempotent "), flag(it.readonly, "read-only")].concat();
        self.compare(Kind::IdempotencyChanged, about, both.map(promise));
        self.compare(Kind::EndpointContextChanged, about, both.map(context_text));
        self.compare(Kind::DiscoveryChanged, about, both.map(discovery_text));
        match (both.old.gzip, both.new.gzip) {
            (false, true) => self.added(Kind::CompressionAdded, about, "gzip"),
            (true, false) => self.removed(Kind::CompressionRemoved, about, "gzip"),
            _ => {}
        }
        let is_required = both.map(|it| requires_checksum(it.request_checksum.as_ref()));
        let kind = if is_required.new && !is_required.old { Kind::ChecksumRequired } else { Kind::ChecksumChanged };
        self.compare(kind, about, both.map(checksum_text));
    }
}

/// Names every field, so that one that is new is compared above or named here on purpose: prose is not compared.
#[rustfmt::skip]
fn all_are_known(operation: &Operation) {
    let Operation {
        name: _, http: _, input: _, output: _, errors: _, paginator: _, auth: _, idempotent: _, readonly: _, host_prefix: _, context: _,
        request_checksum: _, response_checksum: _, discovery: _, gzip: _, documentation: _, place: _,
    } = operation;
}

/// An operation, in both models.
fn about<'m>(old: &'m Operation, new: &'m Operation) -> About<'m> {
    let places = Pair { old: &old.place, new: &new.place };
    About { subject: Subject::Operation(new.name.clone()), places, steps: Vec::new(), usage: EVERYWHERE }
}

fn route(operation: &Operation) -> String {
    operation.http.as_ref().map(|http| format!("{} {}", http.method.as_str(), http.uri)).unwrap_or_default()
}

/// The path, its labels called by the members that they hold.
fn path(model: &Model, operation: &Operation) -> String {
    let Some(http) = &operation.http else { return String::new() };
    let input = operation.input.as_ref().and_then(|id| model.shapes.get(id));
    let members = match input.map(|shape| &shape.kind) {
        Some(ShapeKind::Structure(structure)) => structure.members.as_slice(),
        _ => &[],
    };
    let mut uri = http.uri.clone();
    for segment in &mut uri.segments {
        if let UriSegment::Label(name) | UriSegment::GreedyLabel(name) = segment {
            let held = members.iter().find(|member| matches!(&member.binding, Binding::Label(label) if label == name));
            if let Some(member) = held {
                name.clone_from(&member.name);
            }
        }
    }
    uri.to_string()
}

fn paginator_text(paginator: &Paginator) -> String {
    // Where it comes from, and where the model says it, is no part of what it does.
    let Paginator { tokens, items, more, origin: _, place: _ } = paginator;
    let tokens: Vec<String> =
        tokens.iter().map(|token| format!("{} from {}", token.input, super::values::expression(&token.output))).collect();
    let items: Vec<String> = items.iter().map(super::values::expression).collect();
    let more = more.iter().map(|more| format!("while {}", super::values::expression(more)));
    let items = (!items.is_empty()).then(|| format!("items {}", items.join(", ")));
    tokens.into_iter().chain(items).chain(more).collect::<Vec<_>>().join("; ")
}

fn auth_text(auth: &[Auth]) -> String {
    let name = |auth: &Auth| match auth {
        Auth::SigV4 => "sigv4".to_owned(),
        Auth::Bearer => "bearer".to_owned(),
        Auth::Basic => "basic".to_owned(),
        Auth::Digest => "digest".to_owned(),
        Auth::ApiKey(ApiKey::Header { name, scheme }) => {
            format!("key in header {name} {}", scheme.as_deref().unwrap_or_default())
        }
        Auth::ApiKey(ApiKey::Query(name)) => format!("key in query {name}"),
        Auth::Custom(id) => id.clone(),
        Auth::Anonymous => "none".to_owned(),
    };
    auth.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn context_text(operation: &Operation) -> String {
    let mut texts: Vec<String> = operation
        .context
        .iter()
        .map(|parameter| match &parameter.source {
            ContextSource::Static(value) => format!("{}: {value:?}", parameter.name),
            ContextSource::Path(path) => format!("{} from {}", parameter.name, super::values::expression(path)),
        })
        .collect();
    texts.sort();
    texts.join(", ")
}

fn discovery_text(operation: &Operation) -> String {
    match &operation.discovery {
        None => String::new(),
        Some(EndpointDiscovery::Describes { error }) => format!("describes endpoints, until {error}"),
        Some(EndpointDiscovery::Discovered { required: true }) => "must be discovered".to_owned(),
        Some(EndpointDiscovery::Discovered { required: false }) => "may be discovered".to_owned(),
    }
}

fn requires_checksum(checksum: Option<&RequestChecksum>) -> bool {
    matches!(checksum, Some(RequestChecksum::ContentMd5 | RequestChecksum::Chosen { required: true, .. }))
}

fn checksum_text(operation: &Operation) -> String {
    let request = match &operation.request_checksum {
        None => String::new(),
        Some(RequestChecksum::ContentMd5) => "request: content-md5".to_owned(),
        Some(RequestChecksum::Chosen { algorithm_member, required }) => {
            let need = if *required { "required" } else { "possible" };
            format!("request: {need}, {}", algorithm_member.as_deref().unwrap_or("CRC32"))
        }
    };
    let response = operation.response_checksum.as_ref();
    let response = response.map(|it| format!(" response: {:?}, asked for by {}", it.algorithms, it.mode_member));
    request + &response.unwrap_or_default()
}
