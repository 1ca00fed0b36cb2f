//! Numbers of every width.

use super::*;
use aws_smithy_types::{BigDecimal, BigInteger};

#[test]
fn integers_may_be_in_any_width_and_fit_their_type() {
    for body in ["05", "1805", "190005", "1a00000005", "1b0000000000000005"] {
        assert_eq!(lenient::<i8>(&hex(body)), Ok(5), "{body}");
    }
    assert_eq!(lenient::<i8>(&hex("387f")), Ok(-128));
    assert!(lenient::<i8>(&hex("1880")).is_err() && lenient::<i8>(&hex("3880")).is_err());
    assert_eq!(lenient::<i64>(&hex("1b7fffffffffffffff")), Ok(i64::MAX));
    assert_eq!(lenient::<i64>(&hex("3b7fffffffffffffff")), Ok(i64::MIN));
    assert!(lenient::<i64>(&hex("1b8000000000000000")).is_err() && lenient::<i64>(&hex("3bffffffffffffffff")).is_err());
}

#[test]
fn floats_may_be_in_any_width_and_integers_too() {
    for body in ["f93e00", "fa3fc00000", "fb3ff8000000000000"] {
        assert_eq!((lenient::<f32>(&hex(body)), lenient::<f64>(&hex(body))), (Ok(1.5), Ok(1.5)), "{body}");
    }
    assert_eq!((lenient::<f32>(&hex("190100")), lenient::<f64>(&hex("20"))), (Ok(256.0), Ok(-1.0)));
    assert_eq!(lenient::<f64>(&hex("3bffffffffffffffff")), Ok(-18_446_744_073_709_551_616.0));
    assert!(lenient::<f32>(&hex("f97e00")).unwrap().is_nan());
    assert_eq!(lenient::<f64>(&hex("f9fc00")), Ok(f64::NEG_INFINITY));
}

#[test]
fn a_double_is_rounded_to_a_float_and_refused_by_a_server_when_it_is_too_large() {
    let (tenth, large) = (CborEncoder::encode(&0.1f64), CborEncoder::encode(&1e300));
    assert_eq!(lenient::<f32>(&tenth), Ok(0.1));
    assert_eq!(strict::<Vec<f32>>(&[hex("81"), tenth].concat()).unwrap(), []);
    assert_eq!(lenient::<f32>(&large), Ok(f32::INFINITY));
    assert_eq!(strict::<Vec<f32>>(&[hex("81"), large].concat()).unwrap().len(), 1);
    assert_eq!(strict::<Vec<f32>>(&hex("81 f97c00")).unwrap(), []);
}

fn big_integer(body: &str) -> Result<String, String> {
    lenient::<BigInteger>(&hex(body)).map(|number| number.as_ref().to_owned())
}

fn big_decimal(body: &str) -> Result<String, String> {
    lenient::<BigDecimal>(&hex(body)).map(|number| number.as_ref().to_owned())
}

#[test]
fn integers_of_any_size_are_integers_or_bignums() {
    for (body, digits) in [
        ("00", "0"),
        ("3863", "-100"),
        ("c240", "0"),
        ("c340", "-1"),
        ("c2 42 0001", "1"),
        ("c249010000000000000000", "18446744073709551616"),
        ("c348ffffffffffffffff", "-18446744073709551616"),
        ("c2 5f 4101 42 0000 ff", "65536"),
    ] {
        assert_eq!(big_integer(body).as_deref(), Ok(digits), "{body}");
    }
    for body in ["f93c00", "c2 6161", "c2 01", "c1 01", "c2"] {
        assert!(big_integer(body).is_err(), "{body}");
    }
}

#[test]
fn decimals_are_fractions_of_bignums_or_any_other_number() {
    for (body, digits) in [
        ("c482 21 196ab3", "273.15"),
        ("c482 21 396ab2", "-273.15"),
        ("c482 00 05", "5"),
        ("c482 22 00", "0.000"),
        ("c482 03 05", "5e3"),
        ("c482 3903e7 01", "1e-1000"),
        ("c482 20 c249010000000000000000", "1844674407370955161.6"),
        ("c49f 20 0f ff", "1.5"),
        ("05", "5"),
        ("f93e00", "1.5"),
        ("fb3fb999999999999a", "0.1"),
    ] {
        assert_eq!(big_decimal(body).as_deref(), Ok(digits), "{body}");
    }
    for body in ["c4 01", "c480", "c48100", "c483000102", "c482 f93e00 01", "c482 00 f93e00", "c482 00 6161", "f97e00", "6131"] {
        assert!(big_decimal(body).is_err(), "{body}");
    }
}

#[test]
fn an_exponent_without_bounds_is_none() {
    for body in ["c482 1bffffffffffffffff 01", "c482 3bffffffffffffffff 01", "c482 c249010000000000000000 01"] {
        assert!(big_decimal(body).is_err(), "{body}");
    }
    assert!(lenient::<Document>(&hex("c482 1b7fffffffffffffff 01")).is_ok());
}

#[test]
fn numbers_of_any_size_come_back() {
    for digits in
        ["0", "-1", "18446744073709551615", "-18446744073709551616", "-18446744073709551617", "123456789012345678901234567890"]
    {
        let number: BigInteger = digits.parse().unwrap();
        assert_eq!(lenient::<BigInteger>(&CborEncoder::encode(&number)), Ok(number));
    }
    for digits in ["0", "0.0", "-1.50", "1e400", "-12345678901234567890.123456789", "5", "1e-999999999"] {
        let number: BigDecimal = digits.parse().unwrap();
        let again = lenient::<BigDecimal>(&CborEncoder::encode(&number)).unwrap();
        assert_eq!(again.as_ref(), digits);
    }
}
