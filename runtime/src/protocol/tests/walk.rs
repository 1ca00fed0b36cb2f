//! A service as the generator would write it: an operation, one without input and output, an error.

use crate::codegen::*;
use std::fmt;

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Move {
    pub(super) to: String,
}

request! { Move: default {} }

impl Structure for Move {
    members! {
        required "to" => to,
    }
}

impl Validate for Move {}

impl Operation for Move {
    type Response = Moved;
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::rpc("Move", &["Lost"]);

    bindings! { body, }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Moved {
    pub(super) steps: Option<i32>,
}

structure! { Moved: default {} }

impl Structure for Moved {
    members! {
        "steps" => steps,
    }
}

impl Message for Moved {}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stop {}

request! { Stop: default {} }

impl Structure for Stop {
    members! {}
}

impl Validate for Stop {}

impl Operation for Stop {
    type Response = ();
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::rpc("Stop", &[]).response(Media::None).no_input().no_output();

    bindings! { body, }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lost {
    pub(super) message: Option<String>,
    pub(super) meta: ErrorMeta,
}

structure! { Lost: default {} }

impl Structure for Lost {
    members! {
        "message" => message,
    }
}

impl Message for Lost {}

exception!(Lost, Error::Lost, "Lost" (query "Walk.Lost;Sender"), 404, message);

/// An error whose model has no members.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tired {
    pub(super) meta: ErrorMeta,
}

structure! { Tired: default {} }

impl Structure for Tired {
    members! {}
}

impl Message for Tired {}

exception!(Tired, Error::Tired, "Tired", 429);

#[derive(Debug)]
pub(super) enum Error {
    Lost(Lost),
    Tired(Tired),
    Unrecognized(UnrecognizedError),
    Client(ClientError),
}

impl From<UnrecognizedError> for Error {
    fn from(error: UnrecognizedError) -> Self {
        Self::Unrecognized(error)
    }
}

impl From<ClientError> for Error {
    fn from(error: ClientError) -> Self {
        Self::Client(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.exception(), formatter)
    }
}

impl std::error::Error for Error {}

impl ServiceError for Error {
    const SERVICE: ServiceName = ServiceName::new("example.walk", "Walk").query_compatible();

    fn read<R: MessageReader>(code: &str, from: &mut R) -> Result<Option<Self>, DecodeError> {
        Ok(match code {
            "Lost" => Some(Self::Lost(from.message()?)),
            "Tired" => Some(Self::Tired(from.message()?)),
            _ => None,
        })
    }

    fn write<W: MessageWriter>(&self, to: &mut W) -> Written {
        match self {
            Self::Lost(error) => Message::write(error, to),
            Self::Tired(error) => Message::write(error, to),
            Self::Unrecognized(error) => to.unmodeled_error(error),
            Self::Client(error) => to.unmodeled_error(error),
        }
    }

    fn exception(&self) -> &dyn Exception {
        match self {
            Self::Lost(error) => error,
            Self::Tired(error) => error,
            Self::Unrecognized(error) => error,
            Self::Client(error) => error,
        }
    }

    fn exception_mut(&mut self) -> &mut dyn Exception {
        match self {
            Self::Lost(error) => error,
            Self::Tired(error) => error,
            Self::Unrecognized(error) => error,
            Self::Client(error) => error,
        }
    }
}
