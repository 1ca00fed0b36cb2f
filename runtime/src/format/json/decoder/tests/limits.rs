//! Text that stands for more than its length.

use super::*;
use aws_smithy_types::BigDecimal;

/// A shape of hundreds of bytes, of which none need be written.
#[derive(Debug, Default)]
struct Wide([Option<String>; 25]);

impl Structure for Wide {
    fn encode_members<E: Encoder>(&self, _: &mut E) {}

    fn decode_member<D: Decoder>(&mut self, _: &str, from: &mut D) -> Decoded {
        from.set(&mut self.0[0])
    }
}

crate::structure! { Wide: default {} }

/// `[element,element,..]`, a mebibyte long.
fn list_of(element: &str) -> String {
    let count = (1 << 20) / (element.len() + 1);
    format!("[{}]", vec![element; count].join(","))
}

fn read<T: Decode>(text: &str, limits: DecodeLimits) -> Result<T, String> {
    JsonDecoder::decode_within(text.as_bytes(), limits).map_err(|error| error.to_string())
}

/// Fails unless a text of this element is refused when its values may need no more than four times the memory of the text.
#[track_caller]
fn assert_counted<T: Decode>(element: &str) {
    let limits = DecodeLimits::default().memory(0).memory_per_byte(4);
    let text = list_of(element);
    let Err(error) = read::<T>(&text, limits) else { panic!("a list of {element} is read") };
    assert!(error.starts_with("more values than fit in 4194"), "{error}");
    assert!(
        read::<T>(&text, limits.memory_per_byte(1000)).is_ok(),
        "a list of {element} needs more than a thousand times its length"
    );
}

#[test]
fn every_kind_of_value_counts_that_needs_more_memory_than_its_text() {
    assert_counted::<Vec<Wide>>("{}");
    assert_counted::<Vec<Option<Wide>>>("null");
    assert_counted::<Vec<Vec<Wide>>>("[{}]");
    assert_counted::<Vec<BTreeMap<String, Wide>>>(r#"{"a":{}}"#);
    assert_counted::<Vec<BTreeMap<String, bool>>>(r#"{"a":true}"#);
    assert_counted::<Vec<Box<Wide>>>("{}");
    assert_counted::<Vec<Wide>>(r#"{"a":"b"}"#);
    assert_counted::<Vec<String>>(r#""a""#);
    assert_counted::<Vec<Choice>>(r#"{"name":""}"#);
    assert_counted::<Vec<Choice>>(r#"{"new":[1,2]}"#);
    assert_counted::<Vec<BigDecimal>>("1");
    assert_counted::<Vec<DateTime>>("0");
    for element in ["1", "null", "true", "\"\"", "[]", "{}", "[1]", r#"{"":1}"#] {
        assert_counted::<Document>(element);
    }
}

#[test]
fn what_is_passed_over_needs_no_memory() {
    let none = DecodeLimits::default().memory(0).memory_per_byte(0);
    for element in ["1", "{}", r#""a""#, r#"{"a":[null]}"#] {
        assert!(read::<Item>(&format!(r#"{{"new":{}}}"#, list_of(element)), none).is_ok(), "{element}");
    }
}

#[test]
fn a_message_of_many_wide_elements_is_ordinary() {
    assert_eq!(lenient::<Vec<Wide>>(&format!("[{}{{}}]", "{},".repeat(9_999))).unwrap().len(), 10_000);
    let error = lenient::<Vec<Wide>>(&list_of("{}")).unwrap_err();
    assert!(error.starts_with("more values than fit in 19922944 bytes of memory at /"), "{error}");
}

#[test]
fn a_server_refuses_what_needs_too_much_memory_too() {
    let error = strict::<Vec<Wide>>(&list_of("{}")).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::TooLarge(_)), "{error}");
}

#[test]
fn the_depth_can_be_less_than_it_is_and_never_more() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let shallow = DecodeLimits::default().depth(3);
    assert!(read::<Document>(&nested(3), shallow).is_ok());
    assert_eq!(read::<Document>(&nested(4), shallow).unwrap_err(), "nested more than 3 levels deep at /0/0/0");
    let deep = DecodeLimits::default().depth(1_000_000);
    assert!(read::<Document>(&nested(129), deep).unwrap_err().starts_with("nested more than 128 levels deep"));
}
