//! The names of everything that has one in the crates' shared places, each claimed once: types at the API crate's root, methods of
//! the trait, variants of the error, statics of patterns, files.

use super::structures::MEMBERS;
use crate::diagnostic::Diagnostics;
use crate::ir::{self, Auth, Model, Shape, ShapeId, ShapeKind};
use crate::rust::names::{Name, Names, Scope, TypeName, module};
use crate::rust::words;
use std::collections::{BTreeMap, BTreeSet};

/// What the API crate's root has beside the service's own types: its modules, which emitters write, and its error.
const ROOT: [(&str, &str); 6] = [
    ("Error", "the service's error"),
    ("error", "a module"),
    ("operation", "a module"),
    ("pattern", "a module"),
    ("service", "a module"),
    ("types", "a module"),
];

/// What the API crate offers of the runtime's, for users; a shape of such a name goes first.
pub(super) const EXPORTS: [&str; 15] = [
    "BigDecimal",
    "BigInteger",
    "Blob",
    "ByteStream",
    "ClientError",
    "ClientErrorKind",
    "DateTime",
    "Document",
    "ErrorMeta",
    "Exception",
    "Media",
    "Operation",
    "OperationInfo",
    "UnrecognizedError",
    "With",
];

/// What it offers besides, where operations stream events.
const EVENT_EXPORTS: [&str; 3] = ["EventSender", "EventStream", "EventStreamClosed"];

/// What the API crate offers of the runtime's, unless a shape has one of the names; more of it where operations stream events.
pub(crate) fn runtime_exports(has_events: bool) -> impl Iterator<Item = &'static str> {
    EXPORTS.iter().chain(EVENT_EXPORTS.iter().filter(move |_| has_events)).copied()
}

/// The client's own methods.
const METHODS: [(&str, &str); 6] = [
    ("customize", "the client's own method"),
    ("local", "the client's constructor"),
    ("new", "the client's constructor"),
    ("with_api_key", "the client's own method"),
    ("with_endpoint_settings", "the client's own method"),
    ("with_login", "the client's own method"),
];

/// The error's own variants.
const VARIANTS: [(&str, &str); 2] =
    [("Client", "a call without an answer"), ("Unrecognized", "the error that the model does not know")];

/// Names by what has them.
pub(super) struct Claimed {
    /// The trait.
    pub(super) service: TypeName,
    /// The types of shapes.
    pub(super) types: BTreeMap<ShapeId, TypeName>,
    /// The literals of required members.
    pub(super) members: BTreeMap<ShapeId, TypeName>,
    /// The modules of shapes.
    pub(super) modules: BTreeMap<ShapeId, String>,
    /// The operations, by their names in the model.
    pub(super) operations: BTreeMap<String, ClaimedOperation>,
    /// The client's methods that take what signs requests, by the ids of the service's own auth schemes.
    pub(super) signers: BTreeMap<String, Name>,
    /// The variants of errors.
    pub(super) variants: BTreeMap<ShapeId, Name>,
    /// The statics of patterns.
    pub(super) patterns: BTreeMap<ShapeId, Name>,
    /// What the root offers of the runtime's, where a shape has one of its names.
    pub(super) exports: Option<Vec<Name>>,
}

/// Which of an operation's messages.
#[derive(Clone, Copy)]
enum Direction {
    Request,
    Response,
}

/// What an operation is called.
pub(super) struct ClaimedOperation {
    /// Its method.
    pub(super) method: Name,
    /// Its module.
    pub(super) module: String,
    /// Its request.
    pub(super) request: TypeName,
    /// Its response.
    pub(super) response: TypeName,
}

/// Claims the names of a service.
pub(super) fn claim(model: &Model, service: &str, names: Names<'_>, diagnostics: &mut Diagnostics) -> Claimed {
    let mut claims = Claims { model, service, names, root: Scope::new(service, &ROOT), diagnostics };
    let trait_name =
        claims.root.claim(&names.shape(&model.service.sdk_id), &model.service.sdk_id, &model.service.place, claims.diagnostics);
    let types = claims.types();
    let members = claims.members(&types);
    let mut methods = Scope::new(service, &METHODS);
    let operations = claims.operations(&types, &mut methods);
    let signers = claims.signers(&mut methods);
    let has_events = model.shapes.values().any(|shape| shape.events().is_some());
    let mut exports: Vec<&str> = runtime_exports(has_events).collect();
    exports.sort_unstable();
    // Those of events also where there are none: a program may have another service that has some.
    let taken = EXPORTS.iter().chain(&EVENT_EXPORTS).any(|name| !claims.root.is_free(name));
    let free = exports.iter().filter(|name| claims.root.is_free(name)).map(|name| Name::new(name));
    Claimed {
        service: TypeName::new(trait_name),
        exports: taken.then(|| free.collect()),
        modules: claims.modules(),
        variants: claims.variants(&types),
        patterns: claims.patterns(),
        types,
        members,
        operations,
        signers,
    }
}

/// Whether a shape has a type of its own.
pub(super) fn has_type(shape: &Shape) -> bool {
    !matches!(shape.kind, ShapeKind::Scalar(_) | ShapeKind::List(_) | ShapeKind::Map(_))
}

/// The shapes that are planned with their operations.
pub(super) fn messages(model: &Model) -> BTreeSet<&ShapeId> {
    model.operations.values().flat_map(|operation| operation.input.iter().chain(&operation.output)).collect()
}

/// The errors of a service, by their shapes' names.
pub(super) fn error_ids(model: &Model) -> impl Iterator<Item = &ShapeId> {
    let is_error = |shape: &Shape| matches!(&shape.kind, ShapeKind::Structure(it) if it.error.is_some());
    model.shapes.iter().filter(move |(_, shape)| is_error(shape)).map(|(id, _)| id)
}

struct Claims<'c> {
    model: &'c Model,
    service: &'c str,
    names: Names<'c>,
    root: Scope<'c>,
    diagnostics: &'c mut Diagnostics,
}

impl Claims<'_> {
    fn types(&mut self) -> BTreeMap<ShapeId, TypeName> {
        let shapes = self.model.shapes.iter().filter(|(_, shape)| has_type(shape));
        shapes
            .map(|(id, shape)| {
                let name = self.root.claim(&self.names.shape(&id.0), &id.0, &shape.place, self.diagnostics);
                (id.clone(), TypeName::new(name))
            })
            .collect()
    }

    /// The literals of the required members of structures that have one.
    fn members(&mut self, types: &BTreeMap<ShapeId, TypeName>) -> BTreeMap<ShapeId, TypeName> {
        let mut members = BTreeMap::new();
        for (id, shape) in &self.model.shapes {
            if let (ShapeKind::Structure(structure), Some(name)) = (&shape.kind, types.get(id))
                && super::structures::has_literal(structure)
            {
                let owner = format!("the required members of {id}");
                let name = self.root.claim(&format!("{name}{MEMBERS}"), &owner, &shape.place, self.diagnostics);
                members.insert(id.clone(), TypeName::new(name));
            }
        }
        members
    }

    fn operations(&mut self, types: &BTreeMap<ShapeId, TypeName>, methods: &mut Scope<'_>) -> BTreeMap<String, ClaimedOperation> {
        let mut files = Scope::files(self.service);
        let operations = self.model.operations.values();
        operations
            .map(|operation| {
                let method = self.names.operation(&operation.name);
                let request = self.message(operation, Direction::Request, types);
                let response = self.message(operation, Direction::Response, types);
                let file = module(&method);
                files.claim(&file, &operation.name, &operation.place, self.diagnostics);
                let method = methods.claim(&method, &operation.name, &operation.place, self.diagnostics);
                (operation.name.clone(), ClaimedOperation { method, module: file, request, response })
            })
            .collect()
    }

    /// `palace.auth#palaceKey` to `with_palace_key`.
    fn signers(&mut self, methods: &mut Scope<'_>) -> BTreeMap<String, Name> {
        let mut signers = BTreeMap::new();
        for auth in self.model.operations.values().flat_map(|operation| &operation.auth) {
            let Auth::Custom(id) = auth else { continue };
            if signers.contains_key(id) {
                continue;
            }
            let name = id.rsplit('#').next().unwrap_or(id);
            let method = format!("with_{}", words::snake_case(name));
            signers.insert(id.clone(), methods.claim(&method, id, &self.model.service.place, self.diagnostics));
        }
        signers
    }

    /// The type of a message, also of an operation that takes, or answers, nothing.
    fn message(&mut self, operation: &ir::Operation, direction: Direction, types: &BTreeMap<ShapeId, TypeName>) -> TypeName {
        let (shape, other, endings, what) = match direction {
            Direction::Request => (&operation.input, &operation.output, ["Request", "Input"], "request"),
            Direction::Response => (&operation.output, &operation.input, ["Response", "Output"], "response"),
        };
        if let Some(name) = shape.as_ref().and_then(|shape| types.get(shape)) {
            return name.clone();
        }
        let names = endings.map(|ending| format!("{}{ending}", words::upper_camel_case(&operation.name)));
        // As the model would call it one day: `MakeStreamOutput` beside `MakeStreamInput`.
        let is_short = other.as_ref().is_some_and(|it| it.0.ends_with("Input") || it.0.ends_with("Output"));
        let [long, short] = names;
        let [usual, unusual] = if is_short { [short, long] } else { [long, short] };
        let name = if self.root.is_free(&usual) || !self.root.is_free(&unusual) { usual } else { unusual };
        let owner = format!("the {what} of {}", operation.name);
        TypeName::new(self.root.claim(&name, &owner, &operation.place, self.diagnostics))
    }

    /// The files of the types that are not messages.
    fn modules(&mut self) -> BTreeMap<ShapeId, String> {
        let mut files = Scope::files(self.service);
        let messages = messages(self.model);
        let shapes = self.model.shapes.iter().filter(|(id, shape)| has_type(shape) && !messages.contains(id));
        let mut types = BTreeSet::new();
        shapes
            .map(|(id, shape)| {
                let name = self.names.shape(&id.0);
                let file = module(&words::snake_case(&name));
                // Two types of one name have been reported.
                if types.insert(name) {
                    files.claim(&file, &id.0, &shape.place, self.diagnostics);
                }
                (id.clone(), file)
            })
            .collect()
    }

    fn variants(&mut self, types: &BTreeMap<ShapeId, TypeName>) -> BTreeMap<ShapeId, Name> {
        let mut scope = Scope::new(self.service, &VARIANTS);
        let errors: Vec<(&ShapeId, &TypeName)> = error_ids(self.model).filter_map(|id| Some((id, types.get(id)?))).collect();
        let taken: BTreeSet<&str> = errors.iter().map(|(_, name)| name.name().plain()).collect();
        let mut variants = BTreeMap::new();
        for (id, name) in errors {
            let variant = variant_of_exception(name.name().plain(), &taken);
            if let Some(shape) = self.model.shapes.get(id) {
                variants.insert(id.clone(), scope.claim(variant, &id.0, &shape.place, self.diagnostics));
            }
        }
        variants
    }

    /// Nobody but the API crate sees a static: where a name is taken, it gets a number.
    fn patterns(&self) -> BTreeMap<ShapeId, Name> {
        let mut taken = BTreeMap::<String, &ir::Pattern>::new();
        let mut statics = BTreeMap::new();
        for (id, shape) in &self.model.shapes {
            let Some(pattern) = &shape.constraints.pattern else { continue };
            let usual = static_name(&id.0);
            let numbered = (2..).map(|number| format!("{usual}_{number}"));
            let is_free = |name: &String| taken.get(name).is_none_or(|other| *other == pattern);
            if let Some(name) = std::iter::once(usual.clone()).chain(numbered).find(is_free) {
                statics.insert(id.clone(), Name::new(&name));
                taken.insert(name, pattern);
            }
        }
        statics
    }
}

/// `ContactId` to `CONTACT_ID`.
fn static_name(shape: &str) -> String {
    let is_letter = |character: &char| character.is_ascii_alphanumeric() || *character == '_';
    let name: String = words::snake_case(shape).to_uppercase().chars().filter(is_letter).collect();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("PATTERN_{name}") }
}

/// `ResourceNotFoundException` to `ResourceNotFound`, unless that is another error's name, or one of the error's own variants. No
/// other ending goes, so that an error that a newer model adds leaves the others their names.
fn variant_of_exception<'n>(exception: &'n str, taken: &BTreeSet<&str>) -> &'n str {
    let is_taken = |name: &str| taken.contains(name) || VARIANTS.iter().any(|(variant, _)| *variant == name);
    exception.strip_suffix("Exception").filter(|name| !name.is_empty() && !is_taken(name)).unwrap_or(exception)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_is_called_like_its_exception_where_the_short_name_is_another_s() {
        let taken = BTreeSet::from(["Foo", "FooException", "FooError", "GoneException", "ClientException", "Exception"]);
        for (exception, variant) in [
            ("GoneException", "Gone"),
            ("FooException", "FooException"),
            ("FooError", "FooError"),
            ("Foo", "Foo"),
            ("ClientException", "ClientException"),
            ("UnrecognizedException", "UnrecognizedException"),
            ("Exception", "Exception"),
        ] {
            assert_eq!(variant_of_exception(exception, &taken), variant);
        }
    }
}
