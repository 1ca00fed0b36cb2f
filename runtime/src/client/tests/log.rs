//! A list that is paged in an unusual way, as the generator would write it.

use super::desk::Error;
use crate::codegen::*;

/// A log, whose pages have two tokens, a number and a name, and a flag.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ReadLog {
    pub(super) from: Option<i32>,
    pub(super) desk: Option<String>,
}

request! {
    ReadLog: default {
        value from: i32,
        text desk,
    }
}

impl Validate for ReadLog {}

impl Operation for ReadLog {
    type Response = Log;
    type Error = Error;
    const INFO: OperationInfo = OperationInfo::new("ReadLog", "GET", "/log", &[]);

    bindings! {
        query "from" => from,
        query "desk" => desk,
    }
}

impl Paginated for ReadLog {
    fn turn(&mut self, page: &Log) -> bool {
        page.more == Some(true)
            && [set_token(&mut self.from, page.next.as_ref()), TextToken::set(&mut self.desk, page.desk.as_deref())]
                .contains(&true)
    }

    fn tokens(&self, to: &mut Tokens) {
        to.value(&self.from);
        to.text(&self.desk);
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Log {
    pub(super) next: Option<i32>,
    pub(super) desk: Option<String>,
    pub(super) more: Option<bool>,
}

structure! {
    Log: default {
        value next: i32,
        text desk,
        value more: bool,
    }
}

impl Message for Log {}

impl Structure for Log {
    members! {
        "Next" => next,
        "Desk" => desk,
        "More" => more,
    }
}
