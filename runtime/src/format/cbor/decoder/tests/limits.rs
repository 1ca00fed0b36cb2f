//! Bodies that stand for more than their length.

use super::*;
use aws_smithy_types::{BigDecimal, BigInteger, Blob};

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

/// A list of this element, a quarter of a mebibyte long, up to a break.
fn list_of(element: &str) -> Vec<u8> {
    let element = hex(element);
    [hex("9f"), element.repeat((1 << 18) / element.len()), hex("ff")].concat()
}

fn read<T: Decode>(body: &[u8], limits: DecodeLimits) -> Result<T, String> {
    CborDecoder::decode_within(body, limits).map_err(|error| error.to_string())
}

/// Fails unless a body of this element is refused when its values may need no more than four times the memory of the body.
#[track_caller]
fn assert_counted<T: Decode>(element: &str) {
    let limits = DecodeLimits::default().memory(0).memory_per_byte(4);
    let body = list_of(element);
    let Err(error) = read::<T>(&body, limits) else { panic!("a list of {element} is read") };
    assert!(error.starts_with("more values than fit in 1048"), "{error}");
    assert!(
        read::<T>(&body, limits.memory_per_byte(2400)).is_ok(),
        "a list of {element} needs more than a thousand times its length"
    );
}

#[test]
fn every_kind_of_value_counts_that_needs_more_memory_than_its_body() {
    assert_counted::<Vec<Wide>>("a0");
    assert_counted::<Vec<Option<Wide>>>("f6");
    assert_counted::<Vec<Vec<Wide>>>("81a0");
    assert_counted::<Vec<BTreeMap<String, Wide>>>("a16161a0");
    assert_counted::<Vec<BTreeMap<String, bool>>>("a16161f5");
    assert_counted::<Vec<Box<Wide>>>("a0");
    assert_counted::<Vec<String>>("6161");
    assert_counted::<Vec<String>>("7fff");
    assert_counted::<Vec<Blob>>("40");
    assert_counted::<Vec<Choice>>("a1646e616d6560");
    assert_counted::<Vec<Choice>>("a1636e6577820102");
    assert_counted::<Vec<BigInteger>>("01");
    assert_counted::<Vec<BigDecimal>>("c4820001");
    assert_counted::<Vec<DateTime>>("c100");
    for element in ["01", "f6", "f5", "60", "40", "80", "a0", "8101", "a16001", "c100", "f93c00", "9fff"] {
        assert_counted::<Document>(element);
    }
}

#[test]
fn what_is_passed_over_needs_no_memory() {
    let none = DecodeLimits::default().memory(0).memory_per_byte(0);
    for element in ["01", "a0", "6161", "4161", "a1616181f6", "c4820001"] {
        assert!(read::<Item>(&[hex("a1636e6577"), list_of(element)].concat(), none).is_ok(), "{element}");
    }
}

#[test]
fn a_server_refuses_what_needs_too_much_memory_too() {
    let error = strict::<Vec<Wide>>(&list_of("a0")).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::TooLarge(_)), "{error}");
}

#[test]
fn the_depth_can_be_less_than_it_is_and_never_more() {
    let nested = |depth: usize| [vec![0x81; depth - 1], vec![0x80]].concat();
    let shallow = DecodeLimits::default().depth(3);
    assert!(read::<Document>(&nested(3), shallow).is_ok());
    assert_eq!(read::<Document>(&nested(4), shallow).unwrap_err(), "nested more than 3 levels deep at /0/0/0");
    let deep = DecodeLimits::default().depth(1_000_000);
    assert!(read::<Document>(&nested(129), deep).unwrap_err().starts_with("nested more than 128 levels deep"));
}
