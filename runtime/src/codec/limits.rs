//! How much a decoder makes of a text.

/// How deeply values nest at most, whatever is set: a decoder goes down a level by calling itself.
const MAX_DEPTH: u32 = 128;

/// What the length of the text allows at least, in bytes.
const MEMORY: usize = 16 << 20;

/// What each byte of the text allows besides, in bytes.
const MEMORY_PER_BYTE: usize = 3;

/// The longest frame of a stream of events, in bytes.
const FRAME: usize = 16 << 20;

/// How much a decoder makes of a text: how deeply it goes, and how much memory it takes for what is in lists, maps, strings and boxes.
///
/// A short text can stand for large values: `{}` is an element of hundreds of bytes where a structure has many optional members. So
/// memory is counted where it is allocated, and a text that needs more is refused. The defaults are far from what ordinary messages
/// need: 16 MiB hold 25,000 elements of 600 bytes, whatever the length of the text is.
///
/// ```
/// use smithwright_runtime::codec::DecodeLimits;
///
/// let limits = DecodeLimits::default().memory(64 << 20).memory_per_byte(8);
/// assert_eq!(limits.memory_for(1 << 20), 72 << 20);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct DecodeLimits {
    depth: u32,
    memory: usize,
    memory_per_byte: usize,
    frame: usize,
}

impl Default for DecodeLimits {
    fn default() -> Self {
        Self { depth: MAX_DEPTH, memory: MEMORY, memory_per_byte: MEMORY_PER_BYTE, frame: FRAME }
    }
}

impl DecodeLimits {
    /// Refuses values that nest more deeply than this; 128 levels unless set, and never more.
    pub const fn depth(mut self, levels: u32) -> Self {
        self.depth = if levels < MAX_DEPTH { levels } else { MAX_DEPTH };
        self
    }

    /// Refuses a text whose values need more bytes than this and [`memory_per_byte`](Self::memory_per_byte) allow; 16 MiB unless set.
    pub const fn memory(mut self, bytes: usize) -> Self {
        self.memory = bytes;
        self
    }

    /// How many bytes each byte of the text allows beside [`memory`](Self::memory); 3 unless set.
    pub const fn memory_per_byte(mut self, bytes: usize) -> Self {
        self.memory_per_byte = bytes;
        self
    }

    /// Refuses a frame of a stream of events that is longer than this; 16 MiB unless set. Each of them is held in memory.
    pub const fn frame(mut self, bytes: usize) -> Self {
        self.frame = bytes;
        self
    }

    /// How long a frame of a stream of events may be, in bytes.
    pub const fn max_frame(&self) -> usize {
        self.frame
    }

    /// How deeply values may nest, in levels.
    pub const fn max_depth(&self) -> u32 {
        self.depth
    }

    /// How much memory the values of a text of this length may need, in bytes.
    pub const fn memory_for(&self, length: usize) -> usize {
        self.memory.saturating_add(self.memory_per_byte.saturating_mul(length))
    }
}
