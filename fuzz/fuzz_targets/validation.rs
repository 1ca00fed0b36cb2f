//! Patterns and values, separated by a line feed: whatever is translated compiles, or is passed over, and matching ends.

#![no_main]

use libfuzzer_sys::fuzz_target;
use smithwright_runtime::validate::Pattern;

fuzz_target!(|input: &str| {
    let Some((source, value)) = input.split_once('\n') else { return };
    // A pattern is a part of the program. What is lost here is little, as inputs are short.
    let source: &'static str = source.to_owned().leak();
    let (whole, part) = (Pattern::whole(source).matches(value), Pattern::part(source).matches(value));
    assert!(part || !whole, "the whole value matches, but no part of it");
});
