//! What a server refuses.

use super::*;
use aws_smithy_types::Blob;

/// Whether a server takes these data items as the only element of a list, so that the error has a place.
#[track_caller]
fn check<T: Decode>(bodies: &str, taken: bool) {
    for body in bodies.split(' ') {
        match strict::<Vec<T>>(&[hex("81"), hex(body)].concat()) {
            Ok(problems) => assert_eq!(problems.is_empty(), taken, "{body}: {problems:?}"),
            Err(error) => assert!(!taken, "{body}: {error}"),
        }
    }
}

#[track_caller]
fn takes<T: Decode>(bodies: &str) {
    check::<T>(bodies, true);
}

#[track_caller]
fn refuses<T: Decode>(bodies: &str) {
    check::<T>(bodies, false);
}

#[test]
fn a_boolean_is_one_of_two_values() {
    takes::<bool>("f4 f5");
    refuses::<bool>("00 01 f6 f7 f8ff 6474727565 80 a0");
}

#[test]
fn an_integer_is_no_float_and_nothing_else_is_one() {
    takes::<i32>("00 20 1a7fffffff 3a7fffffff 1b0000000000000001");
    refuses::<i32>("1a80000000 f93c00 fb3ff0000000000000 6131 f5 f6 8101 a0 c101 c24101 c4820001");
}

#[test]
fn a_float_is_a_number() {
    takes::<f64>("00 20 f93c00 fa3f800000 fb3ff0000000000000 f97e00 f97c00");
    refuses::<f64>("634e614e f5 f6 80 a0 c24101 c4820001 c1f93c00 4100");
}

#[test]
fn a_string_is_text_and_a_blob_bytes() {
    takes::<String>("60 6161 7fff 7f6161ff");
    refuses::<String>("40 4161 5fff 01 f6 80 a0 61ff c16161");
    takes::<Blob>("40 4161 5fff 5f4161ff");
    refuses::<Blob>("60 6161 7fff 8100 f6 a0");
}

#[test]
fn a_list_a_map_and_a_structure_are_what_they_are() {
    takes::<Vec<i32>>("80 9fff 8101 9f01ff");
    refuses::<Vec<i32>>("a0 bfff 4101 6161 81f4 81f93c00");
    takes::<BTreeMap<String, i32>>("a0 bfff a1616101");
    refuses::<BTreeMap<String, i32>>("80 9fff a10101 a1416101 a16161f4");
    takes::<Item>("a1646e616d65616e bf646e616d65616eff");
    refuses::<Item>("80 01 a0 a10101 a1646e616d6501");
}

#[test]
fn nulls_are_refused_where_none_are_allowed() {
    let problem = |path: &str| vec![(path.to_owned(), ProblemKind::Mistyped("a value, not null"))];
    assert_eq!(strict::<Vec<i32>>(&hex("82 01 f6")).unwrap(), problem("/1"));
    assert_eq!(strict::<BTreeMap<String, i32>>(&hex("a1 6161 f7")).unwrap(), problem("/a"));
    takes::<Vec<Option<i32>>>("8201f6 8201f7");
    takes::<Vec<Document>>("81f6");
}

#[test]
fn a_union_has_one_member_of_its_type() {
    takes::<Choice>("a1646e616d65616e a2646e616d65616e6161f6 bf646e616d65616eff");
    refuses::<Choice>("a0 bfff a1646e616d65f6 a2646e616d65616e616101 a1646e616d6501 80 01 a10101");
}

#[test]
fn a_member_that_the_model_does_not_know_is_recorded_in_a_union() {
    #[derive(Debug)]
    struct Known;

    impl Zero for Known {
        fn zero() -> Self {
            Self
        }
    }

    impl Decode for Known {
        fn decode<D: Decoder>(from: &mut D) -> Result<Self, DecodeError> {
            from.union(|_, from| from.unrecognized().map(|_| Self))
        }
    }

    assert_eq!(strict::<Vec<Known>>(&hex("81 a1 6161 01")).unwrap(), [("/0/a".into(), ProblemKind::Unrecognized)]);
}

#[test]
fn what_is_no_cbor_is_an_error_wherever_a_value_of_another_type_lies() {
    for body in ["a1 6473697a65 6178 00", "a1 6473697a65 62", "a1 6473697a65 8201", "bf 6473697a65 6178", "a1 6473697a65 1c"] {
        let problems = strict::<Item>(&hex(body));
        assert!(problems.is_err(), "{body}: {problems:?}");
    }
}
