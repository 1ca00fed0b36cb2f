//! Members that both models have.

use super::structures::of_member;
use super::values::{default_text, form, type_of};
use super::{About, Comparison, Pair, flag};
use crate::diff::policy::ChangeKind as Kind;
use crate::ir::{Binding, Member, Model, ShapeId, ShapeKind};

impl<'m> Comparison<'m> {
    /// Whether a member is boxed follows from the shapes; its documentation's prose is not compared.
    pub(super) fn member(&mut self, about: &About<'m>, id: &ShapeId, both: Pair<&'m Member>) {
        all_are_known(both.new);
        let about = &of_member(about, id, both.new);
        self.target(about, both.map(|member| &member.target));
        match (both.old.required, both.new.required) {
            (false, true) => self.changed(Kind::MemberRequired, about, Pair { old: "optional", new: "required" }),
            (true, false) => self.changed(Kind::MemberOptional, about, Pair { old: "required", new: "optional" }),
            _ => {}
        }
        self.default(about, both);
        let optional = both.map(|member| flag(member.client_optional, "client-optional").to_owned());
        if both.old.default.is_some() && both.new.default.is_some() {
            self.compare(Kind::ClientOptionalChanged, about, optional);
        }
        self.travel(about, both);
        let token = both.map(|member| flag(member.idempotency_token, "idempotency token").to_owned());
        self.compare(Kind::IdempotencyTokenChanged, about, token);
        self.compare(Kind::EndpointBindingChanged, about, both.map(endpoint_text));
        let deprecated = both.map(|member| flag(member.documentation.deprecated, "deprecated").to_owned());
        self.compare(Kind::DeprecationChanged, about, deprecated);
    }

    fn target(&mut self, about: &About<'m>, ids: Pair<&'m ShapeId>) {
        let texts = Pair { old: type_of(self.old, ids.old), new: type_of(self.new, ids.new) };
        if !texts.differs() {
            return self.inherit_constraints(about, ids);
        }
        // A shape that both hold, and that became another, is reported by itself.
        if !ids.differs() && self.has_own_change(ids.new) {
            return;
        }
        let is_same = form(self.old, ids.old) == form(self.new, ids.new);
        let kind = if is_same { Kind::MemberTargetChanged } else { Kind::MemberTypeChanged };
        self.changed(kind, about, texts);
        if is_same {
            self.inherit_constraints(about, ids);
        }
    }

    fn default(&mut self, about: &About<'m>, both: Pair<&'m Member>) {
        let texts = both.map(|member| member.default.as_ref().map(default_text));
        match (texts.old, texts.new) {
            (None, Some(new)) => self.added(Kind::DefaultAdded, about, new),
            (Some(old), None) => self.removed(Kind::DefaultRemoved, about, old),
            (Some(old), Some(new)) => self.compare(Kind::DefaultChanged, about, Pair { old, new }),
            (None, None) => {}
        }
    }

    /// Where it travels, under which name, and in which form.
    fn travel(&mut self, about: &About<'m>, both: Pair<&'m Member>) {
        let bindings = both.map(|member| binding_text(&member.binding));
        self.compare(Kind::BindingChanged, about, bindings);
        let in_body = both.map(|member| member.binding == Binding::Body);
        if in_body.old && in_body.new {
            self.compare(Kind::MemberWireNameChanged, about, both.map(|member| member.body_name().to_owned()));
        }
        let formats = both.map(|member| member.timestamp_format);
        let kind = if in_body.new { Kind::MemberTimestampFormatChanged } else { Kind::TimestampFormatChanged };
        self.timestamp_format(kind, about, formats);
    }

    /// A member in a few words.
    pub(super) fn member_text(&self, model: &Model, member: &Member) -> String {
        let required = flag(member.required, "required ");
        format!("{required}{}", type_of(model, &member.target))
    }

    /// Shapes of other names but the same type: what the two ask of values is compared where they are used.
    pub(super) fn inherit_constraints(&mut self, about: &About<'m>, ids: Pair<&'m ShapeId>) {
        if !ids.differs() {
            return;
        }
        let (Some(old), Some(new)) = (self.old.shapes.get(ids.old), self.new.shapes.get(ids.new)) else { return };
        self.constraints(about, Pair { old: &old.constraints, new: &new.constraints });
        self.compare(Kind::SensitivityChanged, about, Pair { old, new }.map(|it| flag(it.sensitive, "sensitive").to_owned()));
        match (&old.kind, &new.kind) {
            (ShapeKind::List(old), ShapeKind::List(new)) => {
                self.inherit_constraints(about, Pair { old: &old.member, new: &new.member });
            }
            (ShapeKind::Map(old), ShapeKind::Map(new)) => {
                self.inherit_constraints(about, Pair { old: &old.key, new: &new.key });
                self.inherit_constraints(about, Pair { old: &old.value, new: &new.value });
            }
            _ => {}
        }
    }
}

/// Names every field, so that one that is new is compared above or named here on purpose: a box follows from the shapes.
#[rustfmt::skip]
fn all_are_known(member: &Member) {
    let Member {
        name: _, target: _, required: _, binding: _, wire_name: _, timestamp_format: _, idempotency_token: _, host_label: _,
        endpoint_id: _, context_parameter: _, default: _, client_optional: _, boxed: _, documentation: _,
    } = member;
}

/// Where a member travels. What a label is called does not matter; where it is, is compared with the URI.
pub(in crate::diff) fn binding_text(binding: &Binding) -> String {
    match binding {
        Binding::Body => "body".to_owned(),
        Binding::Label(_) => "label".to_owned(),
        Binding::Query(name) => format!("query `{name}`"),
        Binding::Header(name) => format!("header `{}`", name.to_ascii_lowercase()),
        Binding::PrefixHeaders(prefix) => format!("headers `{}*`", prefix.to_ascii_lowercase()),
        Binding::QueryParams => "query".to_owned(),
        Binding::Payload => "payload".to_owned(),
        Binding::ResponseCode => "status".to_owned(),
        Binding::EventHeader => "event header".to_owned(),
        Binding::EventPayload => "event payload".to_owned(),
    }
}

fn endpoint_text(member: &Member) -> String {
    let context = member.context_parameter.as_deref().map(|name| format!("parameter {name} "));
    let host = flag(member.host_label, "host label ");
    let id = flag(member.endpoint_id, "endpoint id");
    [context.as_deref().unwrap_or_default(), host, id].concat().trim_end().to_owned()
}
