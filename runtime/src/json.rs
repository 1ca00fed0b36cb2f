//! JSON as a [`Decoder`](crate::codec::Decoder) and an [`Encoder`](crate::codec::Encoder).

mod cursor;
mod decoder;
mod encoder;
mod number;
mod problem;
mod scan;

pub use decoder::{JsonDecoder, Mode};
pub use encoder::JsonEncoder;
pub(crate) use problem::MAX_PROBLEMS;
pub use problem::{Problem, ProblemKind, Problems};
