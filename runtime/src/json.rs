//! JSON as a [`Decoder`](crate::codec::Decoder) and an [`Encoder`](crate::codec::Encoder).

mod decoder;
mod encoder;

pub use decoder::{JsonDecoder, Mode, Problem, ProblemKind};
pub use encoder::JsonEncoder;
