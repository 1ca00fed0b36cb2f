//! Shapes of data.

use super::ast::{AstKind, AstShape};
use super::constraints::lower_constraints;
use super::documentation::lower_documentation;
use super::enums::{lower_enum, lower_enum_trait, lower_int_enum};
use super::messages::Messages;
use super::traits::{Trait, Traits};
use super::{Definitions, check};
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::bindings::Role;
use crate::frontend::http::lower_error_status;
use crate::frontend::json::Json;
use crate::frontend::reader::{Object, wrong_type};
use crate::frontend::speech::Speech;
use crate::ir::{
    Enumeration, ErrorTrait, List, Map, Retryable, Scalar, Shape, ShapeId, ShapeKind, Streaming, Structure, TimestampFormat,
    Union, Usage,
};
use std::collections::{BTreeMap, BTreeSet};

/// Lowers the shapes of a closure.
pub(super) fn lower_shapes<'j>(
    data: &BTreeSet<&'j str>,
    messages: &Messages<'j>,
    definitions: &Definitions<'j>,
    names: &BTreeMap<&'j str, ShapeId>,
    speech: Speech,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<ShapeId, Shape> {
    let (shapes, derived, open) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
    let mut lowering = Lowering { definitions, names, speech, shapes, derived, open };
    for id in data {
        let (Some(shape), Some(name)) = (definitions.shapes.get(id), names.get(id)) else { continue };
        lowering.lower(name, name, shape, messages.role(id), diagnostics);
    }
    while let Some(Derived { name, target, shape }) = lowering.open.pop() {
        lowering.lower(&name, &target, &shape, Role::default(), diagnostics);
    }
    lowering.shapes
}

/// What lowering shapes needs and gives.
pub(super) struct Lowering<'m, 'j> {
    /// All shapes.
    pub(super) definitions: &'m Definitions<'j>,
    /// What the shapes of the closure are called.
    pub(super) names: &'m BTreeMap<&'j str, ShapeId>,
    /// What counts for the service's protocols.
    pub(super) speech: Speech,
    shapes: BTreeMap<ShapeId, Shape>,
    /// The names of the shapes that members have for themselves.
    derived: BTreeSet<ShapeId>,
    /// Those of them that are not lowered yet.
    open: Vec<Derived<'j>>,
}

/// A shape with the constraints of a member.
struct Derived<'j> {
    name: ShapeId,
    /// The shape that it is but for the constraints; its elements are those.
    target: ShapeId,
    shape: AstShape<'j>,
}

impl<'j> Lowering<'_, 'j> {
    /// Has a shape lowered that a member has for itself.
    pub(super) fn derive(&mut self, name: ShapeId, target: ShapeId, shape: AstShape<'j>) {
        if self.derived.insert(name.clone()) {
            self.open.push(Derived { name, target, shape });
        }
    }

    /// Lowers a shape that gets this name; members that need a shape for themselves name it after `owner`.
    fn lower(&mut self, name: &ShapeId, owner: &ShapeId, shape: &AstShape<'j>, role: Role, diagnostics: &mut Diagnostics) {
        let mut traits = shape.traits.clone();
        let sensitive = traits.flag("sensitive", diagnostics);
        let documentation = lower_documentation(&mut traits, diagnostics);
        let constraints = lower_constraints(shape.kind, &mut traits, diagnostics);
        let media_type = lower_media_type(shape.kind, &mut traits, diagnostics);
        let streaming = lower_streaming(shape.kind, &mut traits, diagnostics);
        let kind = self.lower_kind(owner, shape, role, &mut traits, diagnostics);
        traits.finish(diagnostics);
        let Some(kind) = kind else { return };
        let place = shape.place.clone();
        let usage = Usage::default();
        let shape = Shape { kind, sensitive, constraints, media_type, streaming, documentation, usage, place };
        self.shapes.insert(name.clone(), shape);
    }

    fn lower_kind(
        &mut self,
        owner: &ShapeId,
        shape: &AstShape<'j>,
        role: Role,
        traits: &mut Traits<'j>,
        diagnostics: &mut Diagnostics,
    ) -> Option<ShapeKind> {
        Some(match shape.kind {
            AstKind::Simple(scalar) => lower_simple(scalar, traits, diagnostics),
            AstKind::Enum => ShapeKind::Enumeration(lower_enum(shape, diagnostics)),
            AstKind::List | AstKind::Set => {
                let sparse = traits.flag("sparse", diagnostics);
                ShapeKind::List(List { member: self.lower_element("member", owner, shape, diagnostics)?, sparse })
            }
            AstKind::Map => {
                let sparse = traits.flag("sparse", diagnostics);
                let key = self.lower_element("key", owner, shape, diagnostics);
                let value = self.lower_element("value", owner, shape, diagnostics);
                self.check_key(shape, diagnostics);
                ShapeKind::Map(Map { key: key?, value: value?, sparse })
            }
            AstKind::Structure => {
                let error = lower_error(traits, self.speech, diagnostics);
                ShapeKind::Structure(Structure { members: self.lower_members(owner, shape, role, diagnostics), error })
            }
            AstKind::Union => {
                if shape.members.is_empty() {
                    diagnostics.error(&shape.place, "a union without members", "give it a member");
                }
                ShapeKind::Union(Union { members: self.lower_members(owner, shape, role, diagnostics) })
            }
            AstKind::IntEnum => ShapeKind::IntegerEnumeration(lower_int_enum(shape, diagnostics)),
            // Reported where it is referred to.
            AstKind::Service | AstKind::Resource | AstKind::Operation => return None,
        })
    }

    fn lower_element(
        &mut self,
        element: &str,
        owner: &ShapeId,
        shape: &AstShape<'j>,
        diagnostics: &mut Diagnostics,
    ) -> Option<ShapeId> {
        let Some(member) = shape.member(element) else {
            let help = format!("add `{element}`, an object");
            diagnostics.error(&shape.place, format!("the key `{element}` is missing"), help);
            return None;
        };
        let mut traits = member.traits.clone();
        // They have nothing to stand on.
        lower_documentation(&mut traits, diagnostics);
        traits.take("jsonName");
        check::check_stream(member, self.definitions, diagnostics);
        let target = self.lower_target(owner, member, &["timestampFormat"], &mut traits, diagnostics);
        traits.finish(diagnostics);
        Some(target)
    }

    fn check_key(&self, map: &AstShape<'j>, diagnostics: &mut Diagnostics) {
        let Some(key) = map.member("key") else { return };
        let is_string = |shape: &AstShape<'_>| matches!(shape.kind, AstKind::Simple(Scalar::String) | AstKind::Enum);
        if self.definitions.target(&key.target).is_some_and(|shape| !is_string(shape)) {
            let message = format!("`{}` is not a string", key.target.target);
            diagnostics.error(&key.target.place, message, "the keys of a map are strings");
        }
    }
}

/// `smithy.api#mediaType`, of what can have one.
fn lower_media_type(kind: AstKind, traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<String> {
    let can_have = matches!(kind, AstKind::Simple(Scalar::String | Scalar::Blob) | AstKind::Enum);
    let (text, _) = can_have.then(|| traits.string("mediaType", diagnostics)).flatten()?;
    Some(text.to_owned())
}

/// `smithy.api#streaming` and `smithy.api#requiresLength`, of what can be a stream.
fn lower_streaming(kind: AstKind, traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<Streaming> {
    let is_blob = kind == AstKind::Simple(Scalar::Blob);
    let streaming = (is_blob || kind == AstKind::Union) && traits.flag("streaming", diagnostics);
    streaming.then(|| Streaming { requires_length: is_blob && traits.flag("requiresLength", diagnostics) })
}

fn lower_simple(scalar: Scalar, traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> ShapeKind {
    match scalar {
        Scalar::Timestamp(_) => {
            ShapeKind::Scalar(Scalar::Timestamp(lower_timestamp_format(traits, diagnostics).map(|(format, _)| format)))
        }
        Scalar::String => {
            let values = lower_enum_trait(traits, diagnostics);
            values.map_or(ShapeKind::Scalar(scalar), |values| ShapeKind::Enumeration(Enumeration { values }))
        }
        other => ShapeKind::Scalar(other),
    }
}

/// `smithy.api#timestampFormat`, and where it stands.
pub(super) fn lower_timestamp_format(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<(TimestampFormat, Place)> {
    let (name, place) = traits.string("timestampFormat", diagnostics)?;
    let format = match name {
        "date-time" => TimestampFormat::DateTime,
        "http-date" => TimestampFormat::HttpDate,
        "epoch-seconds" => TimestampFormat::EpochSeconds,
        other => {
            let help = "use one of date-time, http-date, epoch-seconds";
            diagnostics.error(&place, format!("unknown timestamp format `{other}`"), help);
            return None;
        }
    };
    Some((format, place))
}

/// `smithy.api#error`, and what goes with it.
fn lower_error(traits: &mut Traits<'_>, speech: Speech, diagnostics: &mut Diagnostics) -> Option<ErrorTrait> {
    let (fault, place) = traits.string("error", diagnostics)?;
    let retryable = traits.object("retryable", diagnostics).map(|retryable| lower_retryable(retryable, diagnostics));
    let http_error = traits.take("httpError");
    let client_fault = match fault {
        "client" => true,
        "server" => false,
        other => {
            diagnostics.error(&place, format!("`{other}` is nobody's fault"), "use `client` or `server`");
            return None;
        }
    };
    let status = match http_error {
        None => Some(if client_fault { 400 } else { 500 }),
        Some(found) => lower_http_error(&found, diagnostics),
    };
    let status = status?;
    if client_fault != (status < 500) {
        let message = format!("an error of the {fault}, but the status {status} says that it is not");
        diagnostics.warning(&place, message, "nothing to do, unless one of them is wrong: the status counts");
    }
    let query_code = if speech.query_compatible { lower_query_code(traits, diagnostics) } else { None };
    Some(ErrorTrait { code: None, query_code, status, client_fault, retryable })
}

/// `aws.protocols#awsQueryError`; the status is that of the protocol that the service speaks now.
fn lower_query_code(traits: &mut Traits<'_>, diagnostics: &mut Diagnostics) -> Option<String> {
    let mut error = traits.object("aws.protocols#awsQueryError", diagnostics)?;
    let code = error.required_string("code", diagnostics).map(str::to_owned);
    error.unsigned("httpResponseCode", diagnostics);
    error.finish_read(diagnostics);
    code
}

fn lower_http_error(found: &Trait<'_>, diagnostics: &mut Diagnostics) -> Option<u16> {
    match found.value {
        Json::Number(number) => match number.as_u64() {
            Some(code) => lower_error_status(code, &found.place, diagnostics),
            None => wrong_type(&found.place, "a whole number that is not negative", found.value, diagnostics),
        },
        other => wrong_type(&found.place, "a whole number that is not negative", other, diagnostics),
    }
}

fn lower_retryable(mut retryable: Object<'_, '_>, diagnostics: &mut Diagnostics) -> Retryable {
    let throttling = retryable.flag("throttling", diagnostics);
    retryable.finish_read(diagnostics);
    Retryable { throttling }
}
