//! The JSON AST as it is written: shapes, their members, their references and their traits.

use super::prelude;
use super::traits::Traits;
use crate::diagnostic::{Diagnostics, Place};
use crate::frontend::json::{Entry, Json};
use crate::frontend::limits::{MAX_MEMBERS, limit};
use crate::frontend::names::{check_name, is_identifier};
use crate::frontend::reader::{Object, wrong_type};
use crate::ir::Scalar;
use std::collections::{BTreeMap, BTreeSet};

/// A file.
pub(super) struct Ast<'j> {
    /// The version of Smithy.
    pub(super) version: Version,
    /// The shapes, by absolute id.
    pub(super) shapes: BTreeMap<&'j str, AstShape<'j>>,
    /// The `apply` statements, in the file's order.
    pub(super) applies: Vec<Apply<'j>>,
    /// Ids of shapes that could not be read.
    pub(super) broken: BTreeSet<&'j str>,
}

/// The versions of Smithy, as far as they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// 1.0: numbers and booleans have defaults unless they are boxed.
    One,
    /// 2.0: what has a default says so.
    Two,
}

/// Traits that are given to a shape or a member from outside.
pub(super) struct Apply<'j> {
    /// The shape: `ns#Name`.
    pub(super) shape: &'j str,
    /// Its member, when it is the member that gets them.
    pub(super) member: Option<&'j str>,
    /// Where it stands.
    pub(super) place: Place,
    /// What they get.
    pub(super) traits: Traits<'j>,
}

/// A shape.
#[derive(Clone)]
pub(super) struct AstShape<'j> {
    /// Its type.
    pub(super) kind: AstKind,
    /// Its traits.
    pub(super) traits: Traits<'j>,
    /// Its members, in order; those of lists and maps are `member`, `key` and `value`.
    pub(super) members: Vec<AstMember<'j>>,
    /// What it refers to beside members.
    pub(super) references: Vec<Reference<'j>>,
    /// A service's version.
    pub(super) version: Option<&'j str>,
    /// A service's other names for shapes.
    pub(super) rename: Vec<Rename<'j>>,
    /// Where it is defined.
    pub(super) place: Place,
}

/// The types of shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AstKind {
    Simple(Scalar),
    Enum,
    IntEnum,
    List,
    Set,
    Map,
    Structure,
    Union,
    Service,
    Resource,
    Operation,
}

/// A member.
#[derive(Clone)]
pub(super) struct AstMember<'j> {
    /// Its name.
    pub(super) name: &'j str,
    /// What it holds.
    pub(super) target: Reference<'j>,
    /// Its traits.
    pub(super) traits: Traits<'j>,
    /// Where it is defined.
    pub(super) place: Place,
}

/// A reference to a shape.
#[derive(Clone, Debug)]
pub(super) struct Reference<'j> {
    /// The key that it stands at: `errors`.
    pub(super) property: &'static str,
    /// The absolute id of the shape.
    pub(super) target: &'j str,
    /// Where it stands.
    pub(super) place: Place,
}

/// Another name for a shape.
#[derive(Clone, Debug)]
pub(super) struct Rename<'j> {
    /// The absolute id of the shape.
    pub(super) shape: &'j str,
    /// Its name in the service's closure.
    pub(super) name: &'j str,
    /// Where it stands.
    pub(super) place: Place,
}

/// The type of what gives traits to a shape that is defined elsewhere.
const APPLY: &str = "apply";

/// Keys that hold one reference.
const SINGLE: [&str; 8] = ["input", "output", "create", "put", "read", "update", "delete", "list"];

impl<'j> AstShape<'j> {
    /// A shape of which nothing but the type is known.
    pub(super) fn new(kind: AstKind, place: Place) -> Self {
        let (members, references, rename) = (Vec::new(), Vec::new(), Vec::new());
        Self { kind, traits: Traits::default(), members, references, version: None, rename, place }
    }

    /// The member of this name.
    pub(super) fn member(&self, name: &str) -> Option<&AstMember<'j>> {
        self.members.iter().find(|member| member.name == name)
    }

    /// The references that stand at a key.
    pub(super) fn references(&self, property: &str) -> impl Iterator<Item = &Reference<'j>> {
        self.references.iter().filter(move |reference| reference.property == property)
    }

    /// The input or output of an operation; none when it is the unit.
    pub(super) fn message(&self, property: &str) -> Option<&Reference<'j>> {
        self.references(property).next().filter(|reference| reference.target != prelude::UNIT)
    }
}

impl Reference<'_> {
    /// Whether a shape has at most one reference like this.
    pub(super) fn is_single(&self) -> bool {
        SINGLE.contains(&self.property)
    }
}

/// The name in an absolute id.
pub(super) fn shape_name(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}

/// Reads a file.
pub(super) fn read<'j>(json: &'j Json<'j>, file: &str, diagnostics: &mut Diagnostics) -> Option<Ast<'j>> {
    let mut root = Object::new(json, Place::file(file), diagnostics)?;
    let version = read_version(&mut root, diagnostics);
    root.take("metadata");
    let shapes = root.required_object("shapes", diagnostics);
    root.finish_read(diagnostics);
    let (place, entries) = shapes?.into_entries();
    let mut ast = Ast { version, shapes: BTreeMap::new(), applies: Vec::new(), broken: BTreeSet::new() };
    for (id, json) in entries {
        let definition =
            Object::new(json, place.child(id), diagnostics).and_then(|shape| read_definition(id, shape, diagnostics));
        match definition {
            Some(Definition::Shape(shape)) => drop(ast.shapes.insert(id, *shape)),
            Some(Definition::Apply(apply)) => ast.applies.push(apply),
            None => drop(ast.broken.insert(id)),
        }
    }
    Some(ast)
}

fn read_version(root: &mut Object<'_, '_>, diagnostics: &mut Diagnostics) -> Version {
    match root.required_string("smithy", diagnostics) {
        Some("1" | "1.0") => Version::One,
        None | Some("2" | "2.0") => Version::Two,
        Some(version) => {
            let message = format!("not supported yet: version `{version}` of Smithy");
            diagnostics.error(&root.at("smithy"), message, "use a model of version 1.0 or 2.0");
            Version::Two
        }
    }
}

enum Definition<'j> {
    Shape(Box<AstShape<'j>>),
    Apply(Apply<'j>),
}

fn read_definition<'j>(id: &'j str, mut shape: Object<'j, 'j>, diagnostics: &mut Diagnostics) -> Option<Definition<'j>> {
    let kind = shape.required_string("type", diagnostics)?;
    let (shape_id, member) = if kind == APPLY { split_member(id) } else { (id, None) };
    if !is_absolute(shape_id) || !member.is_none_or(is_identifier) {
        diagnostics.error(&shape.place, format!("`{id}` is no absolute shape id"), "write it like `namespace#Name`");
    }
    let traits = shape.object("traits", diagnostics).map(|traits| Traits::read(traits, diagnostics)).unwrap_or_default();
    if kind == APPLY {
        let place = shape.place.clone();
        shape.finish_read(diagnostics);
        return Some(Definition::Apply(Apply { shape: shape_id, member, place, traits }));
    }
    let Some(kind) = parse_kind(kind) else {
        diagnostics.error(&shape.at("type"), format!("unknown type `{kind}`"), "use a type of Smithy 2.0");
        return None;
    };
    let mut read = AstShape { traits, ..AstShape::new(kind, shape.place.clone()) };
    read.members = read_members(kind, &mut shape, diagnostics);
    read.references = read_references(kind, &mut shape, diagnostics);
    if kind == AstKind::Service {
        read.version = shape.string("version", diagnostics);
        read.rename = shape.object("rename", diagnostics).map(|rename| read_rename(rename, diagnostics)).unwrap_or_default();
    }
    shape.pass_over(ignored_keys(kind));
    shape.finish_read(diagnostics);
    Some(Definition::Shape(Box::new(read)))
}

fn is_absolute(id: &str) -> bool {
    id.split_once('#').is_some_and(|(namespace, name)| namespace.split('.').all(is_identifier) && is_identifier(name))
}

/// The member that an id ends with, if it does: `ns#Shape$member`.
fn split_member(id: &str) -> (&str, Option<&str>) {
    id.split_once('$').map_or((id, None), |(shape, member)| (shape, Some(member)))
}

fn parse_kind(name: &str) -> Option<AstKind> {
    Some(match name {
        "enum" => AstKind::Enum,
        "intEnum" => AstKind::IntEnum,
        "list" => AstKind::List,
        "set" => AstKind::Set,
        "map" => AstKind::Map,
        "structure" => AstKind::Structure,
        "union" => AstKind::Union,
        "service" => AstKind::Service,
        "resource" => AstKind::Resource,
        "operation" => AstKind::Operation,
        _ => return parse_scalar(name).map(AstKind::Simple),
    })
}

fn parse_scalar(name: &str) -> Option<Scalar> {
    Some(match name {
        "blob" => Scalar::Blob,
        "boolean" => Scalar::Boolean,
        "string" => Scalar::String,
        "byte" => Scalar::Byte,
        "short" => Scalar::Short,
        "integer" => Scalar::Integer,
        "long" => Scalar::Long,
        "float" => Scalar::Float,
        "double" => Scalar::Double,
        "bigInteger" => Scalar::BigInteger,
        "bigDecimal" => Scalar::BigDecimal,
        "timestamp" => Scalar::Timestamp(None),
        "document" => Scalar::Document,
        _ => return None,
    })
}

/// What a resource is identified by, and what it is made of, says nothing about how its operations are called.
fn ignored_keys(kind: AstKind) -> &'static [&'static str] {
    match kind {
        AstKind::Resource => &["identifiers", "properties"],
        _ => &[],
    }
}

fn read_members<'j>(kind: AstKind, shape: &mut Object<'j, 'j>, diagnostics: &mut Diagnostics) -> Vec<AstMember<'j>> {
    match kind {
        AstKind::List | AstKind::Set => read_elements(&["member"], shape, diagnostics),
        AstKind::Map => read_elements(&["key", "value"], shape, diagnostics),
        AstKind::Enum | AstKind::IntEnum | AstKind::Structure | AstKind::Union => {
            let Some(members) = shape.object("members", diagnostics) else { return Vec::new() };
            let (place, entries) = members.into_entries();
            let count = limit(entries.len(), MAX_MEMBERS, "members", &place, diagnostics);
            entries
                .iter()
                .take(count)
                .filter_map(|(name, json)| read_member(name, json, place.child(name), diagnostics))
                .collect()
        }
        AstKind::Simple(_) | AstKind::Service | AstKind::Resource | AstKind::Operation => Vec::new(),
    }
}

/// With mixins, a list or a map may have its elements from them: whether there are any is seen afterwards.
fn read_elements<'j>(names: &[&'static str], shape: &mut Object<'j, 'j>, diagnostics: &mut Diagnostics) -> Vec<AstMember<'j>> {
    let read = |name: &&'static str| read_member(name, shape.take(name)?, shape.at(name), diagnostics);
    names.iter().filter_map(read).collect()
}

fn read_member<'j>(name: &'j str, json: &'j Json<'j>, place: Place, diagnostics: &mut Diagnostics) -> Option<AstMember<'j>> {
    let mut member = Object::new(json, place, diagnostics)?;
    check_name(name, &member.place, diagnostics);
    let target = read_target("target", &mut member, diagnostics);
    let traits = member.object("traits", diagnostics).map(|traits| Traits::read(traits, diagnostics)).unwrap_or_default();
    let place = member.place.clone();
    member.finish_read(diagnostics);
    Some(AstMember { name, target: target?, traits, place })
}

fn read_target<'j>(property: &'static str, object: &mut Object<'j, 'j>, diagnostics: &mut Diagnostics) -> Option<Reference<'j>> {
    let target = object.required_string("target", diagnostics)?;
    Some(Reference { property, target, place: object.at("target") })
}

fn reference_keys(kind: AstKind) -> &'static [&'static str] {
    match kind {
        AstKind::Service => &["mixins", "operations", "resources", "errors"],
        AstKind::Operation => &["mixins", "input", "output", "errors"],
        AstKind::Resource => {
            &["mixins", "create", "put", "read", "update", "delete", "list", "operations", "collectionOperations", "resources"]
        }
        _ => &["mixins"],
    }
}

fn read_references<'j>(kind: AstKind, shape: &mut Object<'j, 'j>, diagnostics: &mut Diagnostics) -> Vec<Reference<'j>> {
    let mut references = Vec::new();
    for key in reference_keys(kind).iter().copied() {
        let single = SINGLE.contains(&key).then(|| shape.object(key, diagnostics));
        let objects = single.map_or_else(|| shape.objects(key, diagnostics), |object| object.into_iter().collect());
        for mut object in objects {
            references.extend(read_target(key, &mut object, diagnostics));
            object.finish_read(diagnostics);
        }
    }
    references
}

fn read_rename<'j>(rename: Object<'j, 'j>, diagnostics: &mut Diagnostics) -> Vec<Rename<'j>> {
    let (place, entries) = rename.into_entries();
    let read = |(shape, name): &'j Entry<'j>| match name {
        Json::String(name) => {
            check_name(name, &place.child(shape), diagnostics);
            Some(Rename { shape, name, place: place.child(shape) })
        }
        other => wrong_type(&place.child(shape), "a name", other, diagnostics),
    };
    entries.iter().filter_map(read).collect()
}
