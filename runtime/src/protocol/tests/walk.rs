//! A service as the generator would write it: an operation, one without input and output, an error.

use crate::codegen::*;
use crate::testing::service_error;

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

service_error!(ServiceName::new("example.walk", "Walk").query_compatible(), Lost(Lost) = "Lost", Tired(Tired) = "Tired");
