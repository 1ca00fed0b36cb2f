//! Bodies in chunks, with trailers behind them: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html>.
//!
//! ```text
//!   10000\r\n 64 KiB \r\n  2f\r\n the rest \r\n  0\r\n x-amz-checksum-crc32:y/Q5Jg==\r\n \r\n
//! ```

#[cfg(feature = "client")]
mod encode;

#[cfg(feature = "server")]
mod decode;

#[cfg(feature = "server")]
pub(crate) use decode::UnchunkedBody;
#[cfg(feature = "client")]
pub(crate) use encode::ChunkedBody;
