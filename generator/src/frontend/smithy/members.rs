//! Members of structures and unions.

use super::ast::{AstKind, AstMember, AstShape};
use super::check::{check_stream, form};
use super::constraints;
use super::defaults::lower_default;
use super::documentation::lower_documentation;
use super::report_unsupported;
use super::shapes::{Lowering, lower_timestamp_format};
use super::traits::{Trait, Traits};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::bindings::{Role, check_form, check_payload};
use crate::frontend::endpoints::lower_context_parameter;
use crate::frontend::fate::Fate;
use crate::frontend::operations::report_token;
use crate::frontend::wire::check_names;
use crate::ir::{Binding, Member, Scalar, ShapeId};

impl<'j> Lowering<'_, 'j> {
    /// Lowers the members of a structure or union.
    pub(super) fn lower_members(
        &mut self,
        owner: &ShapeId,
        shape: &AstShape<'j>,
        role: Role,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Member> {
        let lower = |member| self.lower_member(owner, shape, member, role, diagnostics);
        let members: Vec<Member> = shape.members.iter().map(lower).collect();
        let place =
            |member: &Member| shape.member(&member.name).map_or_else(|| shape.place.clone(), |member| member.place.clone());
        check_payload(&members, place, diagnostics);
        check_names(&members, role, place, diagnostics);
        members
    }

    fn lower_member(
        &mut self,
        owner: &ShapeId,
        shape: &AstShape<'j>,
        member: &AstMember<'j>,
        role: Role,
        diagnostics: &mut Diagnostics,
    ) -> Member {
        let mut traits = member.traits.clone();
        if shape.kind == AstKind::Union {
            refuse_in_unions(&mut traits, diagnostics);
        }
        let documentation = lower_documentation(&mut traits, diagnostics);
        let required = traits.flag("required", diagnostics);
        let idempotency_token = traits.flag("idempotencyToken", diagnostics);
        if idempotency_token && self.definitions.target(&member.target).is_some_and(|target| !is_string(target)) {
            let place = member.traits.get("idempotencyToken").map_or(&member.place, |found| &found.place);
            report_token(member.target.target, place, diagnostics);
        }
        let timestamp_format = lower_timestamp_format(&mut traits, diagnostics);
        if let Some((_, place)) = &timestamp_format
            && self.definitions.target(&member.target).is_some_and(|target| !is_timestamp(target))
        {
            let message = format!("a timestamp format for `{}`, which is no timestamp", member.target.target);
            diagnostics.error(place, message, "drop the format");
        }
        let json_name = traits.string("jsonName", diagnostics).map(|(name, _)| name);
        let json_name = json_name.filter(|name| self.speech.reads_json_names && *name != member.name);
        let binding = self.lower_binding(member, role, &mut traits, diagnostics);
        let host_label = traits.flag("hostLabel", diagnostics);
        let endpoint_id = traits.flag("aws.api#clientEndpointDiscoveryId", diagnostics);
        let context_parameter = traits.object("smithy.rules#contextParam", diagnostics);
        let context_parameter = context_parameter.and_then(|it| lower_context_parameter(it, diagnostics));
        let default = lower_default(shape, member, &mut traits, self.definitions, diagnostics);
        let target = self.lower_target(owner, member, &[], &mut traits, diagnostics);
        traits.finish(diagnostics);
        Member {
            name: member.name.to_owned(),
            target,
            required,
            wire_name: json_name.map(str::to_owned),
            binding,
            timestamp_format: timestamp_format.map(|(format, _)| format),
            idempotency_token,
            host_label,
            endpoint_id,
            context_parameter,
            default: default.value,
            client_optional: default.client_optional,
            boxed: false,
            documentation,
        }
    }

    /// A binding counts at the top level of a message or an event only, and some count in requests or in responses only; elsewhere the member
    /// is in the body.
    fn lower_binding(
        &self,
        member: &AstMember<'j>,
        role: Role,
        traits: &mut Traits<'j>,
        diagnostics: &mut Diagnostics,
    ) -> Binding {
        let mut found = bindings(member.name, traits, diagnostics);
        found.retain(|(binding, _)| self.speech.binds_http && role.allows(binding));
        let mut found = found.into_iter();
        let (binding, place) = found.next().unzip();
        if let Some((_, place)) = found.next() {
            let message = format!("`{}` is bound several times", member.name);
            diagnostics.error(&place, message, "drop all traits that bind it but one");
        }
        let binding = binding.unwrap_or(Binding::Body);
        if binding != Binding::Payload {
            check_stream(member, self.definitions, diagnostics);
        }
        if let (Some(place), Some(form)) = (place, form(&member.target, self.definitions)) {
            check_form(&binding, member.target.target, &form, &place, diagnostics);
        }
        binding
    }

    /// The shape that a member targets. Where the member has constraints of its own, that is a shape of its own,
    /// `Owner$member`: its target with the member's constraints in place of the target's.
    pub(super) fn lower_target(
        &mut self,
        owner: &ShapeId,
        member: &AstMember<'j>,
        others: &[&str],
        traits: &mut Traits<'j>,
        diagnostics: &mut Diagnostics,
    ) -> ShapeId {
        // What is not defined, or could not be named, is reported already.
        let name = self.names.get(member.target.target).cloned().unwrap_or_else(|| ShapeId(String::new()));
        let names = constraints::ON_MEMBERS.iter().chain(others);
        let own: Vec<Trait<'j>> = names.filter_map(|name| traits.take(name)).collect();
        let Some(target) = self.definitions.target(&member.target).filter(|_| !own.is_empty()) else { return name };
        if is_type(target) {
            for found in &own {
                report_unsupported(
                    &format!("`{}` of a member that is no scalar, list or map", found.id),
                    &found.place,
                    diagnostics,
                );
            }
            return name;
        }
        let derived = ShapeId(format!("{owner}${}", member.name));
        let mut shape = target.clone();
        shape.traits.overlay(&own);
        self.derive(derived.clone(), name, shape);
        derived
    }
}

/// What members of structures alone can have.
const IN_STRUCTURES: [&str; 15] = [
    "addedDefault",
    "clientOptional",
    "default",
    "eventHeader",
    "eventPayload",
    "hostLabel",
    "httpHeader",
    "httpLabel",
    "httpPayload",
    "httpPrefixHeaders",
    "httpQuery",
    "httpQueryParams",
    "httpResponseCode",
    "idempotencyToken",
    "required",
];

fn refuse_in_unions(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) {
    for found in IN_STRUCTURES.iter().filter_map(|name| traits.take(name)) {
        Fate::Used.report(found.id, &found.place, diagnostics);
    }
}

/// Makes a binding of a trait's text.
type Bind = fn(String) -> Binding;

/// What a member's traits bind it to, and where they stand.
fn bindings(name: &str, traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Vec<(Binding, Place)> {
    let mut found = Vec::new();
    let flags = [
        ("httpLabel", Binding::Label(name.to_owned())),
        ("httpQueryParams", Binding::QueryParams),
        ("httpPayload", Binding::Payload),
        ("httpResponseCode", Binding::ResponseCode),
        ("eventHeader", Binding::EventHeader),
        ("eventPayload", Binding::EventPayload),
    ];
    for (id, binding) in flags {
        found.extend(traits.flag_place(id, diagnostics).map(|place| (binding, place)));
    }
    let texts: [(_, Bind); 3] =
        [("httpQuery", Binding::Query), ("httpHeader", Binding::Header), ("httpPrefixHeaders", Binding::PrefixHeaders)];
    for (id, bind) in texts {
        found.extend(traits.string(id, diagnostics).map(|(text, place)| (bind(text.to_owned()), place)));
    }
    found
}

fn is_timestamp(shape: &AstShape<'_>) -> bool {
    matches!(shape.kind, AstKind::Simple(Scalar::Timestamp(_)))
}

fn is_string(shape: &AstShape<'_>) -> bool {
    shape.kind == AstKind::Simple(Scalar::String) && !shape.traits.has("enum")
}

/// Whether a shape is a type in Rust, which another one with the same values would not be.
fn is_type(shape: &AstShape<'_>) -> bool {
    let is_enum = shape.kind == AstKind::Enum || shape.traits.has("enum");
    is_enum || matches!(shape.kind, AstKind::Structure | AstKind::Union | AstKind::IntEnum)
}
