//! What bodies can be: operations of one member that is the body, or of one that is in it, which differ in what is known of them.

use super::desk::Error;
use crate::codegen::*;

macro_rules! request_of {
    ($(#[$meta:meta])* $request:ident { $($member:ident: $type:ty),* } -> $response:ty; $info:expr; $($bindings:tt)*) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub(super) struct $request {
            $(pub(super) $member: $type,)*
        }

        request! { $request: default {} }

        impl Validate for $request {}

        impl Operation for $request {
            type Response = $response;
            type Error = Error;
            const INFO: OperationInfo = $info;

            bindings! { $($bindings)* }
        }
    };
}

macro_rules! upload {
    ($request:ident, $info:expr) => {
        request_of! {
            $request { file: ByteStream, length: Option<i64>, encoding: Option<String> } -> ();
            $info;
            header ("Length", "Content-Length") => length,
            header ("Encoding", "Content-Encoding") => encoding,
            stream_payload "application/octet-stream" => file,
        }

        impl<T: Into<ByteStream>> From<T> for $request {
            fn from(file: T) -> Self {
                Self { file: file.into(), ..Self::default() }
            }
        }
    };
}

macro_rules! note {
    ($request:ident, $info:expr) => {
        request_of! {
            $request { text: Option<String>, shelf: Option<String>, encoding: Option<String> } -> ();
            $info;
            host_label "Shelf" => shelf,
            header ("Encoding", "Content-Encoding") => encoding,
            body,
        }

        impl Structure for $request {
            members! {
                "Text" => text,
            }
        }

        impl From<&str> for $request {
            fn from(text: &str) -> Self {
                Self { text: Some(text.to_owned()), shelf: Some("a-1".to_owned()), encoding: None }
            }
        }
    };
}

const FILE: OperationInfo = OperationInfo::new("PutFile", "PUT", "/file", &[]).request(Media::Stream(None));
const NOTE: OperationInfo = OperationInfo::new("PutNote", "POST", "/note", &[]);

upload!(PutFile, FILE);
upload!(PutSizedFile, FILE.request(Media::SizedStream(None)));
upload!(PutCheckedFile, FILE.checksum());
upload!(PutCompressedFile, FILE.gzip());

note!(PutNote, NOTE);
note!(PutCheckedNote, NOTE.checksum());
note!(PutCompressedNote, NOTE.gzip());
note!(PutCompressedCheckedNote, NOTE.gzip().checksum());
note!(PutNoteOnShelf, NOTE.host_prefix("{Shelf}.notes."));

request_of! { ListShelf {} -> (); OperationInfo::new("ListShelf", "GET", "/shelf", &[]).host_prefix("notes."); }

request_of! { ListShelfItself {} -> (); OperationInfo::new("ListShelfItself", "GET", "/shelf", &[]); }

request_of! {
    GetContactInstance { id: String } -> ();
    OperationInfo::new("GetContactInstance", "GET", "/contacts/{Id}/instance", &[]);
    label "Id" => id,
}

request_of! {
    GetPath { path: String } -> ();
    OperationInfo::new("GetPath", "GET", "/files/{Path+}", &[]);
    label "Path" => path,
}

request_of! {
    GetPathMeta { path: String } -> ();
    OperationInfo::new("GetPathMeta", "GET", "/files/{Path+}/meta", &[]);
    label "Path" => path,
}

impl Presignable for GetContactInstance {}

impl Presignable for GetPath {}

impl Presignable for ListShelf {}

impl Presignable for ListShelfItself {}

request_of! {
    GetFile {} -> File;
    OperationInfo::new("GetFile", "GET", "/file", &["NotFoundException"]).response(Media::Stream(None));
}

request_of! {
    ExchangeFile { file: ByteStream } -> File;
    FILE.response(Media::Stream(None));
    stream_payload "application/octet-stream" => file,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct File {
    pub(super) status: i32,
    pub(super) pages: Option<i32>,
    pub(super) body: ByteStream,
}

structure! { File: default {} }

impl Structure for File {
    members! {}
}

impl Message for File {
    bindings! {
        header "x-pages" => pages,
        status => status,
        stream_payload "application/octet-stream" => body,
    }
}
