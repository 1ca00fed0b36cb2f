//! Operations with members wherever they can be bound to, as the generator would write them. Each is a request and a response:
//! what is bound to labels and queries is in the request alone.

use crate::shapes::{Colour, Everything, Level, Tree};
use smithwright_runtime::codegen::*;
use std::collections::BTreeMap;

macro_rules! operation {
    (
        $(#[$attribute:meta])*
        $operation:ident { $($member:ident: $type:ty,)* }
        body { $($body:tt)* }
        request $uri:literal { $($request:tt)* }
        response { $($response:tt)* }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug, Default)]
        pub struct $operation {
            $($member: $type,)*
        }

        structure! { $operation: default {} }

        impl Validate for $operation {}

        impl Structure for $operation {
            members! { $($body)* }
        }

        impl Operation for $operation {
            type Response = Self;
            type Error = connect_api::Error;
            const INFO: OperationInfo = OperationInfo::new(stringify!($operation), "PUT", $uri, &[]);

            bindings! { $($request)* }
        }

        impl Message for $operation {
            bindings! { $($response)* }
        }
    };
}

operation! {
    /// Members of every type in labels, queries and headers, and a body.
    PutEverything {
        label: String,
        number: i32,
        greedy: String,
        strings: Option<Vec<String>>,
        double: Option<f64>,
        flag: Option<bool>,
        colours: Option<Vec<Colour>>,
        long: Option<i64>,
        decimal: Option<BigDecimal>,
        string: Option<String>,
        encoded: Option<String>,
        blob: Option<Blob>,
        levels: Option<Vec<Level>>,
        list: Option<Vec<String>>,
        floats: Option<Vec<f32>>,
        integer: Option<BigInteger>,
        meta: Option<BTreeMap<String, String>>,
        tree: Option<Tree>,
        numbers: Option<Vec<i16>>,
    }
    body {
        "tree" => tree,
        "numbers" => numbers,
    }
    request "/a/{label}/{number}/{greedy+}/end?literal&x=y" {
        label "label" => label,
        label "number" => number,
        label "greedy" => greedy,
        query "strings" => strings,
        query "double" => double,
        query "flag" => flag,
        query "colours" => colours,
        query "long" => long,
        query "decimal" => decimal,
        header "x-string" => string,
        header "x-encoded" => encoded as Base64,
        header "x-blob" => blob,
        header "x-levels" => levels,
        header "x-list" => list,
        header "x-floats" => floats,
        header "x-integer" => integer,
        prefix_headers "x-meta-" => meta,
        body,
    }
    response {
        header "x-string" => string,
        header "x-encoded" => encoded as Base64,
        header "x-blob" => blob,
        header "x-levels" => levels,
        header "x-list" => list,
        header "x-floats" => floats,
        header "x-integer" => integer,
        prefix_headers "x-meta-" => meta,
        body,
    }
}

impl PutEverything {
    /// The labels that are text.
    pub fn text_labels(&self) -> [&str; 2] {
        [&self.label, &self.greedy]
    }
}

operation! {
    /// Timestamps in every format and everywhere, that are written as finely as they are read.
    PutSeconds {
        label: Option<i8>,
        seconds: Option<DateTime>,
        many_seconds: Option<Vec<DateTime>>,
        header: Option<DateTime>,
        header_list: Option<Vec<DateTime>>,
    }
    body {}
    request "/" {
        query "seconds" => seconds as EpochSeconds,
        query "many" => many_seconds as EpochSeconds,
        query "label" => label,
        header "x-seconds" => header as EpochSeconds,
        header "x-many" => header_list as EpochSeconds,
    }
    response {
        header "x-seconds" => header as EpochSeconds,
        header "x-many" => header_list as EpochSeconds,
    }
}

operation! {
    /// Timestamps of the formats that are written less finely than they are read.
    PutDates {
        dates: Option<Vec<DateTime>>,
        http_dates: Option<Vec<DateTime>>,
        header: Option<DateTime>,
        header_list: Option<Vec<DateTime>>,
        other_list: Option<Vec<DateTime>>,
    }
    body {}
    request "/" {
        query "dates" => dates,
        query "httpDates" => http_dates as HttpDate,
        header "x-date" => header,
        header "x-dates" => header_list,
        header "x-other-dates" => other_list as Rfc3339,
    }
    response {
        header "x-date" => header,
        header "x-dates" => header_list,
        header "x-other-dates" => other_list as Rfc3339,
    }
}

operation! {
    /// All query parameters, and a union as the body.
    PutParameters {
        parameters: Option<BTreeMap<String, Vec<String>>>,
        tree: Option<Tree>,
    }
    body {}
    request "/" {
        query_params => parameters,
        payload "tree" => tree,
    }
    response {
        payload "tree" => tree,
    }
}

operation! {
    /// A map of query parameters, and text as the body.
    PutText {
        parameters: Option<BTreeMap<String, String>>,
        text: Option<String>,
    }
    body {}
    request "/" {
        query_params => parameters,
        raw_payload "text/plain" => text,
    }
    response {
        raw_payload "text/plain" => text,
    }
}

operation! {
    /// A status, and a structure as the body.
    PutStructure {
        status: Option<i32>,
        payload: Option<Box<Everything>>,
    }
    body {}
    request "/" {
        structure_payload "payload" => payload,
    }
    response {
        status => status,
        structure_payload "payload" => payload,
    }
}
