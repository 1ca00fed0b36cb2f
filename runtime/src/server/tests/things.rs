//! A service as the generator would write it: things, which can be put, got, deleted and counted.

use crate::codegen::*;
use crate::protocol::{Protocol as _, RestJson1};

use crate::server::RequestContext;
use crate::testing::service_error;
use http::HeaderMap;
use std::cell::Cell;
use std::collections::BTreeMap;

enumeration! {
    /// A kind of thing.
    pub enum Kind {
        Round = "ROUND",
        Square = "SQUARE",
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) size: i32,
}

structure! { Part: default {} }

impl Structure for Part {
    members! {
        required "Name" => name,
        required "Size" => size,
    }
}

impl Validate for Part {
    fn validate(&self, check: &mut Checker) {
        check.at("Name").length(&self.name, 1..=5);
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PutThing {
    pub(super) id: String,
    pub(super) part: Part,
    pub(super) kind: Option<Kind>,
    pub(super) sizes: Option<Vec<i32>>,
    pub(super) labels: Option<BTreeMap<String, String>>,
}

request! { PutThing: default {} }

impl Structure for PutThing {
    members! {
        required "Part" => part,
        "Kind" => kind,
        "Sizes" => sizes max 3,
        "Labels" => labels max 2,
    }
}

thread_local! {
    static READ_HERE: Cell<usize> = const { Cell::new(0) };
}

/// How many requests to put a thing this thread has read.
pub(super) fn read_here() -> usize {
    READ_HERE.get()
}

impl Validate for PutThing {
    fn validate(&self, check: &mut Checker) {
        READ_HERE.set(READ_HERE.get() + 1);
        check.at("ThingId").length(&self.id, ..=30);
        check.at("Part").inside(&self.part);
        check.at("Kind").inside(&self.kind);
        check.at("Sizes").length(&self.sizes, 1..=3);
        check.at("Labels").length(&self.labels, ..=2);
    }
}

impl Operation for PutThing {
    type Response = Thing;
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::new("PutThing", "PUT", "/things/{ThingId}", &[]).status(201);

    bindings! {
        label "ThingId" => id,
        body,
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Thing {
    pub(super) id: String,
    pub(super) note: Option<String>,
}

structure! { Thing: default {} }

impl Message for Thing {}

impl Structure for Thing {
    members! {
        "Id" => id,
        "Note" => note,
    }
}

macro_rules! by_id {
    ($request:ident, $name:literal, $method:literal, $uri:literal, $status:literal -> $response:ty, $media:expr) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(super) struct $request {
            pub(super) id: String,
        }

        request! { $request: default {} }

        impl Validate for $request {}

        impl Operation for $request {
            type Response = $response;
            type Error = Error;
            const INFO: OperationInfo =
                OperationInfo::new($name, $method, $uri, &[]).request(Media::None).status($status).response($media);

            bindings! {
                label "ThingId" => id,
            }
        }
    };
}

by_id!(GetThing, "GetThing", "GET", "/things/{ThingId}", 200 -> Thing, Media::Encoded);
by_id!(DeleteThing, "DeleteThing", "DELETE", "/things/{ThingId}", 204 -> (), Media::None);
by_id!(CountThing, "CountThing", "POST", "/things/{ThingId}/count", 200 -> (), Media::None);

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct NotFoundException {
    pub(super) message: Option<String>,
    pub(super) shelf: Option<String>,
    pub(super) meta: ErrorMeta,
}

structure! { NotFoundException: default {} }

impl Structure for NotFoundException {
    members! {
        "Message" => message,
    }
}

impl Message for NotFoundException {
    bindings! {
        header "x-shelf" => shelf,
        body,
    }
}

exception!(NotFoundException, Error::NotFound, "NotFoundException", 404, message);

service_error!(ServiceName::new("", "Desk"), NotFound(NotFoundException) = "NotFoundException");

pub(super) trait Things: Send + Sync + 'static {
    fn get_thing(&self, request: GetThing) -> impl Future<Output = Result<Thing, Error>> + Send {
        not_implemented(request)
    }

    fn put_thing(&self, request: PutThing) -> impl Future<Output = Result<Thing, Error>> + Send {
        not_implemented(request)
    }

    fn delete_thing(&self, request: DeleteThing) -> impl Future<Output = Result<(), Error>> + Send {
        not_implemented(request)
    }

    fn count_thing(&self, request: CountThing) -> impl Future<Output = Result<(), Error>> + Send {
        not_implemented(request)
    }
}

pub(super) mod generated {
    use super::*;

    crate::server! {
        /// Serves things.
        Things, Error, [RestJson1];
        get_thing(GetThing),
        put_thing(PutThing),
        delete_thing(DeleteThing),
        count_thing(CountThing),
    }
}

/// What a user writes.
#[derive(Default)]
pub(super) struct Shelf {
    pub(super) context: Option<RequestContext>,
}

impl Things for Shelf {
    async fn get_thing(&self, request: GetThing) -> Result<Thing, Error> {
        tokio::task::yield_now().await;
        match request.id.as_str() {
            "nothing" => Err(NotFoundException { message: Some("no such thing".into()), ..Default::default() }.into()),
            "elsewhere" => Err(NotFoundException { shelf: Some("7".into()), ..Default::default() }.into()),
            "unspeakable" => Err(NotFoundException { shelf: Some("line\nfeed".into()), ..Default::default() }.into()),
            "odd" => Err(UnrecognizedError::new("Odd\nException", 200, Some("odd".to_owned())).into()),
            "page" => Err(RestJson1::read_error(503, &HeaderMap::new(), b"<html>\nbusy</html>")),
            "panic" => panic!("a secret"),
            "caller" => {
                let context = self.context.as_ref().unwrap();
                let note = context.extensions().get::<&str>().map(|caller| format!("{caller} {}", context.request_id()));
                assert_eq!(context.operation().name, "GetThing");
                assert_eq!(context.method(), "GET");
                assert_eq!(context.uri().path(), "/things/caller");
                assert_eq!(context.headers()["x-extra"], "1");
                Ok(Thing { id: request.id, note })
            }
            _ => Ok(Thing { id: request.id, note: None }),
        }
    }

    async fn put_thing(&self, request: PutThing) -> Result<Thing, Error> {
        Ok(Thing { id: request.id, note: Some(format!("{:?} {:?}", request.part, request.kind)) })
    }

    async fn delete_thing(&self, _: DeleteThing) -> Result<(), Error> {
        Ok(())
    }

    /// Before there is a future.
    #[allow(clippy::manual_async_fn, reason = "it would panic inside")]
    fn count_thing(&self, request: CountThing) -> impl Future<Output = Result<(), Error>> + Send {
        match request.id.as_str() {
            "panic" => panic!("a secret"),
            _ => not_implemented(request),
        }
    }
}
