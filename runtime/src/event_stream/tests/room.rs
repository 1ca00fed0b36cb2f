//! A service as the generator would write it, with streams of events one way, the other and both.

use crate::client::{Core, ServiceInfo, in_process};
use crate::codegen::*;
use crate::endpoint::rules::{EndpointRules, otherwise};
use crate::protocol::{Protocol, RestJson1};
use crate::testing::service_error;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_types::SdkConfig;
use aws_types::region::Region;

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub(super) number: i32,
    pub(super) speaker: Option<String>,
    pub(super) words: Option<String>,
    /// Nothing, by default.
    pub(super) loudness: i16,
}

structure! { Line: default {} }

impl Structure for Line {
    members! {}
}

impl Event for Line {
    event! {
        header "Number" => number,
        header "Speaker" => speaker,
        defaulted_header "Loudness" => loudness,
        raw_payload "text/plain" => words,
    }
}

impl Validate for Line {
    fn validate(&self, check: &mut Checker) {
        check.at("Words").length(&self.words, ..=20);
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Note {
    pub(super) text: String,
}

structure! { Note: default {} }

impl Structure for Note {
    members! { required "Text" => text, }
}

impl Event for Note {}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Says {
    Line(Line),
    Note(Note),
    Pause,
    Unrecognized { tag: String, value: Document },
}

impl Events for Says {
    type Error = Error;

    events! {
        event "Line" => Self::Line,
        event "Note" => Self::Note,
        unit "Pause" => Self::Pause,
        error "Busy" => Error::Busy,
    }
}

impl Validate for Says {
    fn validate(&self, check: &mut Checker) {
        if let Self::Line(it) = self {
            check.at("Line").inside(it);
        }
    }
}

macro_rules! message {
    ($message:ident { $($member:ident: $type:ty),* } $($members:tt)*) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(super) struct $message {
            $(pub(super) $member: $type,)*
        }

        impl Structure for $message {
            members! { $($members)* }
        }
    };
}

message! { ConverseRequest { room: Option<String>, says: EventStream<Says> } "Room" => room, }
request! { ConverseRequest: default {} }

impl Validate for ConverseRequest {}

impl Operation for ConverseRequest {
    type Response = ConverseResponse;
    type Error = Error;
    const INFO: OperationInfo =
        OperationInfo::new("Converse", "POST", "/converse", &["Busy"]).request(Media::Events).response(Media::Events);

    bindings! {
        header "x-room" => room,
        event_stream "Says" => says,
    }
}

message! { ConverseResponse { room: String, hears: EventStream<Says> } required "Room" => room, }
structure! { ConverseResponse: default {} }

impl Message for ConverseResponse {
    bindings! {
        header "x-room" => room,
        event_stream "Hears" => hears,
    }
}

/// The same, as one writes it for a protocol that has the room in an initial message.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct MeetRequest(pub(super) ConverseRequest);

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct MeetResponse(pub(super) ConverseResponse);

request! { MeetRequest: default {} }
structure! { MeetResponse: default {} }

impl Validate for MeetRequest {}

impl Operation for MeetRequest {
    type Response = MeetResponse;
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::rpc("Meet", &["Busy"]).request(Media::Events).response(Media::Events);

    fn write<W: MessageWriter>(&self, to: &mut W) -> Written {
        to.event_stream("Says", &self.0.says)?;
        to.body(&self.0)
    }

    fn read<R: MessageReader>(&mut self, from: &mut R) -> Decoded {
        from.event_stream("Says", &mut self.0.says)?;
        from.body(&mut self.0)
    }
}

impl Structure for MeetResponse {
    members! {}
}

impl Message for MeetResponse {
    fn write<W: MessageWriter>(&self, to: &mut W) -> Written {
        to.event_stream("Hears", &self.0.hears)?;
        to.body(&self.0)
    }

    fn read<R: MessageReader>(&mut self, from: &mut R) -> Decoded {
        from.event_stream("Hears", &mut self.0.hears)?;
        from.body(&mut self.0)
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Busy {
    pub(super) message: Option<String>,
    pub(super) meta: ErrorMeta,
}

structure! { Busy: default {} }
exception!(Busy, Error::Busy, "Busy", 503, message);

impl Structure for Busy {
    members! { "message" => message, }
}

impl Message for Busy {}

impl Event for Busy {}

service_error!(ServiceName::new("", "Room"), Busy(Busy) = "Busy");

pub(super) fn busy(message: &str) -> Error {
    Error::Busy(Busy { message: Some(message.to_owned()), ..Busy::default() })
}

pub(super) trait Room: Send + Sync + 'static {
    fn converse(&self, request: ConverseRequest) -> impl Future<Output = Result<ConverseResponse, Error>> + Send;

    fn meet(&self, request: MeetRequest) -> impl Future<Output = Result<MeetResponse, Error>> + Send;
}

pub(super) mod rest {
    use super::*;

    crate::server! {
        /// Serves rooms, over REST.
        Room, Error, [RestJson1];
        converse(ConverseRequest),
    }
}

pub(super) mod rpc {
    use super::*;
    use crate::protocol::{AwsJson1_1, RpcV2Cbor};

    crate::server! {
        /// Serves rooms, over protocols without bindings.
        Room, Error, [RpcV2Cbor, AwsJson1_1];
        meet(MeetRequest),
    }
}

/// A room that does with what is said what a test says.
#[derive(Clone)]
pub(super) struct RoomOf<F>(pub(super) F);

impl<F> Room for RoomOf<F>
where
    F: Fn(EventStream<Says>) -> Result<EventStream<Says>, Error> + Send + Sync + 'static,
{
    async fn converse(&self, request: ConverseRequest) -> Result<ConverseResponse, Error> {
        Ok(ConverseResponse { room: request.room.unwrap_or_default(), hears: (self.0)(request.says)? })
    }

    async fn meet(&self, request: MeetRequest) -> Result<MeetResponse, Error> {
        self.converse(request.0).await.map(MeetResponse)
    }
}

static RULES: EndpointRules = EndpointRules::new(&[], &[otherwise().endpoint("https://room.example")]);

static ROOM: ServiceInfo =
    ServiceInfo { name: "Room", version: "2026-01-01", signing_name: "room", endpoint: &RULES, ..ServiceInfo::PLAIN };

/// A client over an HTTP client of a test's own.
pub(super) fn client(http: crate::client::SharedHttpClient) -> Core {
    let config = SdkConfig::builder()
        .http_client(http)
        .region(Region::from_static("us-west-2"))
        .credentials_provider(SharedCredentialsProvider::new(Credentials::new("AKID", "secret", None, None, "test")))
        .build();
    Core::new(&ROOM, &config)
}

/// A client of a room that does this with what is said.
pub(super) fn room<F>(hears: F) -> Core
where
    F: Fn(EventStream<Says>) -> Result<EventStream<Says>, Error> + Send + Sync + 'static,
{
    client(in_process(rest::Server::new(RoomOf(hears))))
}

/// What a room hears of what is said to it.
pub(super) async fn converse(client: &Core, says: impl Into<EventStream<Says>>) -> Result<ConverseResponse, Error> {
    call::<RestJson1, _>(client, ConverseRequest { room: Some("blue".to_owned()), says: says.into() }).await
}

pub(super) async fn call<P: Protocol, O: Operation>(client: &Core, request: O) -> Result<O::Response, O::Error> {
    client.call::<P, _>(request).await
}
