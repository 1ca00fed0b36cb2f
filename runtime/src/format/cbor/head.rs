//! What the bytes that data items begin with mean: <https://www.rfc-editor.org/rfc/rfc8949#section-3>.

/// The kind of a data item: the upper three bits of its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Major {
    /// An integer.
    Unsigned = 0,
    /// A negative integer: -1 minus the argument.
    Negative = 1,
    /// Bytes.
    Bytes = 2,
    /// A string in UTF-8.
    Text = 3,
    /// Data items.
    Array = 4,
    /// Pairs of data items.
    Map = 5,
    /// A number that says more of the data item behind it.
    Tag = 6,
    /// A simple value, a floating-point number, or the end of what is indefinite.
    Simple = 7,
}

/// The largest argument that fits in the first byte, and one more.
pub(super) const SMALL: u8 = 24;

/// What stands in the first byte when one byte behind it is the argument; of 2, 4 and 8 bytes, the next three.
pub(super) const ONE_BYTE: u8 = 24;
/// See [`ONE_BYTE`].
pub(super) const TWO_BYTES: u8 = 25;
/// See [`ONE_BYTE`].
pub(super) const FOUR_BYTES: u8 = 26;
/// See [`ONE_BYTE`].
pub(super) const EIGHT_BYTES: u8 = 27;

/// What stands in the first byte when the length is not known: the data item ends with a [`BREAK`].
pub(super) const INDEFINITE: u8 = 31;

/// The end of what is indefinite.
pub(super) const BREAK: u8 = 0xff;

/// `false`.
pub(super) const FALSE: u8 = 0xf4;
/// `true`.
pub(super) const TRUE: u8 = 0xf5;
/// `null`.
pub(super) const NULL: u8 = 0xf6;
/// `undefined`, which Smithy takes for null.
pub(super) const UNDEFINED: u8 = 0xf7;
/// A floating-point number of 16 bits.
pub(super) const HALF: u8 = 0xf9;
/// A floating-point number of 32 bits.
pub(super) const SINGLE: u8 = 0xfa;
/// A floating-point number of 64 bits.
pub(super) const DOUBLE: u8 = 0xfb;

/// The tag of seconds since 1970.
pub(super) const EPOCH: u8 = Major::Tag.initial(1);
/// The tag of an integer of any size, as bytes.
pub(super) const POSITIVE: u8 = Major::Tag.initial(2);
/// The tag of a negative integer of any size: -1 minus what the bytes say.
pub(super) const NEGATIVE: u8 = Major::Tag.initial(3);
/// The tag of a decimal fraction: a list of an exponent and a mantissa.
pub(super) const FRACTION: u8 = Major::Tag.initial(4);

impl Major {
    /// The first byte of a data item of this kind.
    pub(super) const fn initial(self, information: u8) -> u8 {
        (self as u8) << 5 | information
    }

    /// The kind of a data item that begins with this byte.
    pub(super) const fn of(initial: u8) -> Self {
        match initial >> 5 {
            0 => Self::Unsigned,
            1 => Self::Negative,
            2 => Self::Bytes,
            3 => Self::Text,
            4 => Self::Array,
            5 => Self::Map,
            6 => Self::Tag,
            _ => Self::Simple,
        }
    }
}

/// What a first byte says beside the kind.
pub(super) const fn information(initial: u8) -> u8 {
    initial & 0x1f
}
