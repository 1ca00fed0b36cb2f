//! Formats: what values look like in a body.

pub mod cbor;
pub mod json;
#[cfg(test)]
mod shapes;

use crate::codec::{DecodeErrorKind, Decoded, Decoder, Encoder, Mode, ProblemKind, Problems, Reading, Structure};

/// What a protocol writes values in.
pub trait Format: 'static {
    /// What writes it.
    type Encoder: Encoder;

    /// What reads it.
    type Decoder<'a>: FormatDecoder;

    /// A structure without members: what an empty body is taken for.
    const EMPTY: &'static [u8];

    /// Whether a body is a structure without members.
    fn is_empty(body: &[u8]) -> bool;

    /// What is written to an encoder.
    fn encode(write: impl FnOnce(&mut Self::Encoder)) -> Vec<u8>;

    /// A decoder of a whole body.
    fn decoder(body: &[u8], mode: Mode, reading: Reading) -> Self::Decoder<'_>;
}

/// Reads a whole body, whose members have paths under `path`. Strictly, what is wrong with it is among the problems.
///
/// # Errors
///
/// A body that is not of the format; leniently, a value of another type, too.
pub(crate) fn read_body<'b, F: Format>(
    body: &'b [u8],
    path: &str,
    mode: Mode,
    reading: Reading,
    problems: &mut Problems,
    read: impl FnOnce(&mut F::Decoder<'b>) -> Decoded,
) -> Decoded {
    let mut decoder = F::decoder(body, mode, reading);
    let result = read(&mut decoder).and_then(|()| decoder.end());
    problems.extend(path, decoder.into_problems());
    let Err(error) = result else { return Ok(()) };
    match error.kind() {
        // The problems say so.
        DecodeErrorKind::TooManyProblems(_) => Ok(()),
        DecodeErrorKind::Mistyped(expected) if mode == Mode::Strict => {
            problems.push(path.to_owned(), ProblemKind::Mistyped(expected));
            Ok(())
        }
        _ => Err(error),
    }
}

/// Reads a structure that is all of a body. A client takes a null for an empty one, as boto3 does: there are services that answer it.
pub(crate) fn read_structure<D: Decoder, T: Structure>(decoder: &mut D, mode: Mode, value: &mut T) -> Decoded {
    match mode == Mode::Lenient && decoder.null()? {
        true => Ok(()),
        false => decoder.structure(value),
    }
}

/// The decoder of a whole body.
pub trait FormatDecoder: Decoder {
    /// Ends the body.
    ///
    /// # Errors
    ///
    /// More of it.
    fn end(&self) -> Decoded;

    /// What a strict decoder recorded, also when it did not come to the end.
    fn into_problems(self) -> Problems;
}
