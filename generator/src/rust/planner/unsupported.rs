//! What the plan cannot say yet: reported, never written down wrong.

use crate::diagnostic::{Diagnostics, Place};
use crate::ir::{self, Binding, Model, Scalar, ShapeId, ShapeKind, Usage};

const NO_TEXT: &str = "a value without a text form outside the body";

/// Reports everything in a model that cannot be generated yet.
pub(super) fn refuse(model: &Model, diagnostics: &mut Diagnostics) {
    for (id, shape) in &model.shapes {
        let mut report = Report { diagnostics, place: &shape.place, id };
        match &shape.kind {
            ShapeKind::Scalar(Scalar::BigInteger | Scalar::BigDecimal) => report.unsupported("numbers of any size"),
            ShapeKind::List(list) if has_own_format(model, &list.member) => report.unsupported("a timestamp format in a list"),
            ShapeKind::Map(map) if has_own_format(model, &map.value) => report.unsupported("a timestamp format in a map"),
            ShapeKind::Structure(ir::Structure { members, .. }) => {
                for member in members {
                    refuse_member(model, shape.usage, member, &mut report);
                }
            }
            _ => {}
        }
    }
}

fn refuse_member(model: &Model, usage: Usage, member: &ir::Member, report: &mut Report<'_, '_>) {
    if member.binding == Binding::Body {
        return;
    }
    let place = report.place.child("members").child(&member.name);
    let mut report = Report { place: &place, id: report.id, diagnostics: report.diagnostics };
    if usage.output || usage.error {
        report.unsupported("a header of a response");
    }
    let target = model.shapes.get(&member.target).map(|shape| &shape.kind);
    let element = match target {
        Some(ShapeKind::List(list)) => model.shapes.get(&list.member).map(|shape| &shape.kind),
        target => target,
    };
    match element {
        Some(ShapeKind::Scalar(Scalar::Timestamp(of_shape))) => {
            let usual = match member.binding {
                Binding::Header(_) => ir::TimestampFormat::HttpDate,
                _ => ir::TimestampFormat::DateTime,
            };
            if member.timestamp_format.or(*of_shape).is_some_and(|format| format != usual) {
                report.unsupported("a timestamp format outside the body");
            }
        }
        Some(ShapeKind::Scalar(Scalar::Blob | Scalar::Document)) => report.unsupported(NO_TEXT),
        Some(ShapeKind::Map(_) | ShapeKind::List(_) | ShapeKind::Structure(_) | ShapeKind::Union(_)) => {
            report.unsupported(NO_TEXT)
        }
        _ => {}
    }
}

/// Whether a shape is a timestamp of another format than the body's usual one.
fn has_own_format(model: &Model, id: &ShapeId) -> bool {
    model.shapes.get(id).is_some_and(|shape| {
        let format = match shape.kind {
            ShapeKind::Scalar(Scalar::Timestamp(format)) => format,
            _ => None,
        };
        format.is_some_and(|format| format != ir::TimestampFormat::EpochSeconds)
    })
}

struct Report<'d, 's> {
    diagnostics: &'d mut Diagnostics,
    place: &'s Place,
    id: &'s ShapeId,
}

impl Report<'_, '_> {
    fn unsupported(&mut self, what: &str) {
        let message = format!("not supported yet: {what}, in `{}`", self.id);
        self.diagnostics.error(self.place, message, "drop it from the model, or wait for a version of smithwright that has it");
    }
}
