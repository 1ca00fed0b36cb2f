//! A service as the generator would write it, of all that a body can be.

use super::things::Error;
use crate::codegen::*;
use crate::protocol::RestJson1;

macro_rules! operation {
    ($request:ident { $($member:ident: $type:ty),* } -> $response:ty; $info:expr; $($bindings:tt)*) => {
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

macro_rules! response {
    ($response:ident { $($member:ident: $type:ty),* } $($bindings:tt)*) => {
        #[derive(Clone, Debug, Default)]
        pub(super) struct $response {
            $(pub(super) $member: $type,)*
        }

        structure! { $response: default {} }

        impl Structure for $response {
            members! {}
        }

        impl Message for $response {
            bindings! { $($bindings)* }
        }
    };
}

const fn info(method: &'static str, uri: &'static str) -> OperationInfo {
    OperationInfo::new("Op", method, uri, &[])
}

operation! { TakeNothing {} -> (); info("POST", "/nothing").request(Media::None).response(Media::None); }
operation! { TakeEmpty {} -> (); info("POST", "/empty").request(Media::Empty).response(Media::None); }
operation! {
    TakeText { text: Option<String> } -> Text;
    info("POST", "/text").request(Media::Raw("text/plain")).response(Media::Raw("text/plain"));
    raw_payload "text/plain" => text,
}
operation! {
    TakeBytes { bytes: Option<Blob> } -> Bytes;
    info("POST", "/bytes").request(Media::Any).response(Media::Any);
    raw_payload "application/octet-stream" => bytes,
}
operation! {
    TakeFile { file: ByteStream } -> Text;
    info("PUT", "/file").request(Media::Stream(None)).response(Media::Raw("text/plain"));
    stream_payload "application/octet-stream" => file,
}
operation! {
    TakeImage { file: ByteStream } -> ();
    info("PUT", "/image").request(Media::Stream(Some("image/png"))).response(Media::None);
    stream_payload "image/png" => file,
}
operation! {
    TakeCompressed { text: Option<String>, encoding: Option<String> } -> Text;
    info("POST", "/compressed").request(Media::Raw("text/plain")).response(Media::Raw("text/plain")).gzip();
    header "content-encoding" => encoding,
    raw_payload "text/plain" => text,
}
operation! {
    TakeCompressedFile { file: ByteStream } -> Text;
    info("PUT", "/compressed").request(Media::Stream(None)).response(Media::Raw("text/plain")).gzip();
    stream_payload "application/octet-stream" => file,
}
operation! {
    TakeSizedFile { file: ByteStream } -> Text;
    info("PUT", "/sized").request(Media::SizedStream(None)).response(Media::Raw("text/plain"));
    stream_payload "application/octet-stream" => file,
}
operation! { GetFile {} -> File; info("GET", "/file").response(Media::Stream(None)); }
operation! { PeekFile {} -> File; info("HEAD", "/file").response(Media::Stream(None)); }
operation! { GetImage {} -> File; info("GET", "/image").response(Media::Stream(Some("image/png"))); }

response! { Text { text: Option<String> } raw_payload "text/plain" => text, }
response! { Bytes { bytes: Option<Blob> } raw_payload "application/octet-stream" => bytes, }
response! {
    File { status: Option<i32>, length: Option<i64>, name: Option<String>, file: ByteStream }
    header ("Length", "Content-Length") => length,
    header "x-name" => name,
    status => status,
    stream_payload "application/octet-stream" => file,
}

pub(super) trait Files: Send + Sync + 'static {
    fn take_nothing(&self, request: TakeNothing) -> impl Future<Output = Result<(), Error>> + Send;

    fn take_empty(&self, request: TakeEmpty) -> impl Future<Output = Result<(), Error>> + Send;

    fn take_text(&self, request: TakeText) -> impl Future<Output = Result<Text, Error>> + Send;

    fn take_bytes(&self, request: TakeBytes) -> impl Future<Output = Result<Bytes, Error>> + Send;

    fn take_file(&self, request: TakeFile) -> impl Future<Output = Result<Text, Error>> + Send;

    fn take_image(&self, request: TakeImage) -> impl Future<Output = Result<(), Error>> + Send;

    fn take_compressed(&self, request: TakeCompressed) -> impl Future<Output = Result<Text, Error>> + Send;

    fn take_compressed_file(&self, request: TakeCompressedFile) -> impl Future<Output = Result<Text, Error>> + Send;

    fn take_sized_file(&self, request: TakeSizedFile) -> impl Future<Output = Result<Text, Error>> + Send;

    fn get_file(&self, request: GetFile) -> impl Future<Output = Result<File, Error>> + Send;

    fn peek_file(&self, request: PeekFile) -> impl Future<Output = Result<File, Error>> + Send;

    fn get_image(&self, request: GetImage) -> impl Future<Output = Result<File, Error>> + Send;
}

pub(super) mod generated {
    use super::*;

    crate::server! {
        /// Serves files.
        Files, Error, [RestJson1];
        take_nothing(TakeNothing),
        take_empty(TakeEmpty),
        take_text(TakeText),
        take_bytes(TakeBytes),
        take_file(TakeFile),
        take_image(TakeImage),
        take_compressed(TakeCompressed),
        take_compressed_file(TakeCompressedFile),
        take_sized_file(TakeSizedFile),
        get_file(GetFile),
        peek_file(PeekFile),
        get_image(GetImage),
    }
}

/// Answers what it is sent, and the file that a test says.
pub(super) struct Cabinet(pub(super) fn() -> File);

/// What a handler can say of a stream: its length, and what came of reading it.
async fn read(file: ByteStream) -> Text {
    let length = file.length();
    let text = match file.collect().await {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => error.to_string(),
    };
    Text { text: Some(format!("{length:?} {text}")) }
}

impl Files for Cabinet {
    async fn take_nothing(&self, _: TakeNothing) -> Result<(), Error> {
        Ok(())
    }

    async fn take_empty(&self, _: TakeEmpty) -> Result<(), Error> {
        Ok(())
    }

    async fn take_text(&self, request: TakeText) -> Result<Text, Error> {
        Ok(Text { text: request.text })
    }

    async fn take_bytes(&self, request: TakeBytes) -> Result<Bytes, Error> {
        Ok(Bytes { bytes: request.bytes })
    }

    async fn take_file(&self, request: TakeFile) -> Result<Text, Error> {
        Ok(read(request.file).await)
    }

    /// Does not look at it.
    async fn take_image(&self, _: TakeImage) -> Result<(), Error> {
        Ok(())
    }

    /// Tells of other encodings, too.
    async fn take_compressed(&self, request: TakeCompressed) -> Result<Text, Error> {
        let text = request.text.unwrap_or_default();
        Ok(Text { text: Some(request.encoding.map_or(text.clone(), |encoding| format!("{encoding}: {text}"))) })
    }

    async fn take_compressed_file(&self, request: TakeCompressedFile) -> Result<Text, Error> {
        Ok(read(request.file).await)
    }

    async fn take_sized_file(&self, request: TakeSizedFile) -> Result<Text, Error> {
        Ok(read(request.file).await)
    }

    async fn get_file(&self, _: GetFile) -> Result<File, Error> {
        Ok((self.0)())
    }

    async fn peek_file(&self, _: PeekFile) -> Result<File, Error> {
        Ok((self.0)())
    }

    async fn get_image(&self, _: GetImage) -> Result<File, Error> {
        Ok((self.0)())
    }
}
