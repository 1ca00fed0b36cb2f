//! Shapes.

use super::values::{form, format_text, kind_name, streaming_text, type_of};
use super::{About, Comparison, Pair, flag};
use crate::diff::policy::ChangeKind as Kind;
use crate::ir::{Enumeration, EnumerationValue, IntegerEnumeration, Scalar, Shape, ShapeId, ShapeKind, TimestampFormat};
use std::collections::BTreeSet;

impl<'m> Comparison<'m> {
    pub(super) fn shapes(&mut self) {
        let (old, new) = (self.old, self.new);
        let ids: BTreeSet<&'m ShapeId> = old.shapes.keys().chain(new.shapes.keys()).collect();
        for id in ids {
            let Some(about) = self.about_shape(id) else { continue };
            match (old.shapes.get(id), new.shapes.get(id)) {
                (Some(before), Some(after)) => self.shape(&about, id, Pair { old: before, new: after }),
                (None, Some(after)) => self.added(Kind::ShapeAdded, &about, kind_name(&after.kind)),
                (Some(before), None) => self.removed(Kind::ShapeRemoved, &about, kind_name(&before.kind)),
                (None, None) => {}
            }
        }
    }

    fn shape(&mut self, about: &About<'m>, id: &'m ShapeId, both: Pair<&'m Shape>) {
        self.facets(about, both);
        match (&both.old.kind, &both.new.kind) {
            (ShapeKind::Structure(old), ShapeKind::Structure(new)) if old.error.is_some() == new.error.is_some() => {
                self.structure(about, id, Pair { old, new });
            }
            (ShapeKind::Union(old), ShapeKind::Union(new)) => {
                self.union_members(about, id, Pair { old: &old.members, new: &new.members });
            }
            (ShapeKind::Enumeration(old), ShapeKind::Enumeration(new)) => self.enumeration(about, id, Pair { old, new }),
            (ShapeKind::IntegerEnumeration(old), ShapeKind::IntegerEnumeration(new)) => {
                self.integer_enumeration(about, id, Pair { old, new });
            }
            (ShapeKind::Scalar(Scalar::Timestamp(old)), ShapeKind::Scalar(Scalar::Timestamp(new))) => {
                self.timestamp_format(Kind::TimestampFormatChanged, about, Pair { old: *old, new: *new });
            }
            (ShapeKind::List(old), ShapeKind::List(new)) => {
                self.sparseness(about, Pair { old: old.sparse, new: new.sparse });
                self.elements(&about.inside("member"), id, Pair { old: &old.member, new: &new.member });
            }
            (ShapeKind::Map(old), ShapeKind::Map(new)) => {
                self.sparseness(about, Pair { old: old.sparse, new: new.sparse });
                self.elements(&about.inside("key"), id, Pair { old: &old.key, new: &new.key });
                self.elements(&about.inside("value"), id, Pair { old: &old.value, new: &new.value });
            }
            (old, new) if old == new => {}
            (old, new) => {
                let is_same = form(self.old, id) == form(self.new, id);
                let kind = if is_same { Kind::ShapeRefined } else { Kind::ShapeTypeChanged };
                self.changed(kind, about, Pair { old, new }.map(kind_name));
            }
        }
    }

    /// What every shape has. Its usage follows from operations.
    fn facets(&mut self, about: &About<'m>, both: Pair<&'m Shape>) {
        // A field that is new must be compared.
        let Shape { kind: _, sensitive: _, constraints: _, media_type: _, streaming: _, documentation: _, usage: _, place: _ } =
            both.new;
        self.constraints(about, both.map(|shape| &shape.constraints));
        self.compare(Kind::SensitivityChanged, about, both.map(|shape| flag(shape.sensitive, "sensitive").to_owned()));
        self.compare(Kind::MediaTypeChanged, about, both.map(|shape| shape.media_type.clone().unwrap_or_default()));
        self.compare(Kind::StreamingChanged, about, both.map(|shape| streaming_text(shape.streaming)));
        let deprecated = both.map(|shape| flag(shape.documentation.deprecated, "deprecated").to_owned());
        self.compare(Kind::DeprecationChanged, about, deprecated);
    }

    fn sparseness(&mut self, about: &About<'m>, sparse: Pair<bool>) {
        self.compare(Kind::SparsenessChanged, about, sparse.map(|sparse| flag(sparse, "sparse").to_owned()));
    }

    fn elements(&mut self, about: &About<'m>, id: &'m ShapeId, ids: Pair<&'m ShapeId>) {
        let texts = Pair { old: type_of(self.old, ids.old), new: type_of(self.new, ids.new) };
        if !texts.differs() {
            return self.inherit_constraints(about, ids);
        }
        // What is held under one name in both is compared by itself.
        if ids.differs() || !self.has_own_change(ids.new) {
            let is_same = form(self.old, id) == form(self.new, id);
            self.changed(if is_same { Kind::ElementsChanged } else { Kind::ShapeTypeChanged }, about, texts);
        }
    }

    /// Whether a shape of both models is reported when it becomes another.
    pub(super) fn has_own_change(&self, id: &ShapeId) -> bool {
        self.old.shapes.contains_key(id) && self.new.shapes.contains_key(id)
    }

    /// Formats are the same, too, where the one that is not given is the protocols' own.
    pub(super) fn timestamp_format(&mut self, kind: Kind, about: &About<'m>, formats: Pair<Option<TimestampFormat>>) {
        if !formats.differs() {
            return;
        }
        let protocols = &self.new.service.protocols;
        let is_usual = |format: Option<TimestampFormat>| format.is_none_or(|format| protocols.write_timestamps_as(format));
        // Outside of bodies a format that is given may be another than the usual one.
        let in_body = kind == Kind::MemberTimestampFormatChanged;
        if !(in_body && is_usual(formats.old) && is_usual(formats.new)) {
            self.changed(kind, about, formats.map(format_text));
        }
    }

    fn enumeration(&mut self, about: &About<'m>, id: &ShapeId, both: Pair<&'m Enumeration>) {
        for (index, value) in both.new.values.iter().enumerate() {
            match both.old.values.iter().find(|old| old.value == value.value) {
                Some(old) => self.enum_value(about, id, index, Pair { old, new: value }),
                None => self.added(Kind::EnumValueAdded, &of_value(about, id, index, value), ""),
            }
        }
        for (index, value) in both.old.values.iter().enumerate() {
            if !both.new.values.iter().any(|new| new.value == value.value) {
                self.removed(Kind::EnumValueRemoved, &of_value(about, id, index, value), "");
            }
        }
    }

    fn enum_value(&mut self, about: &About<'m>, id: &ShapeId, index: usize, both: Pair<&'m EnumerationValue>) {
        let about = of_value(about, id, index, both.new);
        // A value without a name is called like itself, in a format where values have none.
        let names = both.map(|value| value.name.clone().unwrap_or_else(|| value.value.clone()));
        self.compare(Kind::EnumValueRenamed, &about, names);
        self.compare(Kind::EnumValueInternal, &about, both.map(|value| flag(value.internal, "internal").to_owned()));
    }

    fn integer_enumeration(&mut self, about: &About<'m>, id: &ShapeId, both: Pair<&'m IntegerEnumeration>) {
        let of_value = |name: &String| about.part(id, name, &["members", name]);
        for value in &both.new.values {
            match both.old.values.iter().find(|old| old.value == value.value) {
                Some(old) => {
                    let names = Pair { old: old.name.clone(), new: value.name.clone() };
                    self.compare(Kind::EnumValueRenamed, &of_value(&value.name), names);
                }
                None => self.added(Kind::EnumValueAdded, &of_value(&value.name), value.value),
            }
        }
        for value in both.old.values.iter().filter(|old| !both.new.values.iter().any(|new| new.value == old.value)) {
            self.removed(Kind::EnumValueRemoved, &of_value(&value.name), value.value);
        }
    }
}

/// A value of an enum: botocore lists them, and Smithy names them.
fn of_value<'m>(about: &About<'m>, id: &ShapeId, index: usize, value: &EnumerationValue) -> About<'m> {
    let index = index.to_string();
    match &value.name {
        Some(name) => about.part(id, &value.value, &["members", name]),
        None => about.part(id, &value.value, &["enum", &index]),
    }
}
