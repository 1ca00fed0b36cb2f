//! What is wrong with a request, and how it is told.

use super::*;
use crate::server::RejectionKind;

#[tokio::test]
async fn broken_json_is_refused() {
    let (status, code, body) = answer(server(), request("PUT", "/things/a", r#"{"Part":"#)).await;
    assert_eq!((status, code.as_str()), (400, "SerializationException"));
    assert!(body.starts_with(r#"{"message":"not JSON"#), "{body}");
}

#[tokio::test]
async fn everything_mistyped_is_told() {
    let body = r#"{"Part":{"Name":1},"Kind":[],"Sizes":[1,"2",3.5]}"#;
    let message = "expected a string at /Part/Name; expected a string at /Kind; \
                   expected an integer at /Sizes/1; expected an integer at /Sizes/2";
    assert_eq!(answer(server(), request("PUT", "/things/a", body)).await, error(400, "SerializationException", message));
    let no_object = error(400, "SerializationException", "expected an object");
    assert_eq!(answer(server(), request("PUT", "/things/a", "[]")).await, no_object);
}

#[tokio::test]
async fn what_is_missing_is_told() {
    let message = "Value at '/Part' failed to satisfy constraint: Member must not be null";
    let one = format!(
        r#"{{"message":"1 validation error detected. {message}","fieldList":[{{"path":"/Part","message":"{message}"}}]}}"#
    );
    for validation in [true, false] {
        for body in ["", "{}", r#"{"Part":null}"#] {
            let answer = answer(server().validation(validation), request("PUT", "/things/a", body)).await;
            assert_eq!(answer, (400, "ValidationException".to_owned(), one.clone()));
        }
    }
}

#[tokio::test]
async fn every_violation_is_told() {
    let body = r#"{"Part":{"Name":"secret"},"Kind":"TRIANGULAR"}"#;
    let size = "Value at '/Part/Size' failed to satisfy constraint: Member must not be null";
    let name =
        "Value with length 6 at '/Part/Name' failed to satisfy constraint: Member must have length between 1 and 5, inclusive";
    let kind = "Value at '/Kind' failed to satisfy constraint: Member must satisfy enum value set: [ROUND, SQUARE]";
    let expected = format!(
        r#"{{"message":"3 validation errors detected. {size}; {name}; {kind}","fieldList":[{{"path":"/Part/Size","message":"{size}"}},{{"path":"/Part/Name","message":"{name}"}},{{"path":"/Kind","message":"{kind}"}}]}}"#
    );
    assert_eq!(answer(server(), request("PUT", "/things/a", body)).await, (400, "ValidationException".to_owned(), expected));
}

#[tokio::test]
async fn without_validation_what_the_model_does_not_know_goes_through() {
    let body = r#"{"Part":{"Name":"longer","Size":1},"Kind":"TRIANGULAR"}"#;
    let (status, _, body) = answer(server().validation(false), request("PUT", "/things/a", body)).await;
    assert_eq!(status, 201);
    assert!(body.contains("TRIANGULAR"), "{body}");
}

#[tokio::test]
async fn a_rejection_may_be_an_error_of_the_service() {
    let server = server().rejection(|rejection| {
        assert_eq!(rejection.operation().map(|it| it.name), Some("PutThing"));
        let message = rejection.violations().iter().map(|it| it.path.clone()).collect::<String>();
        (rejection.kind() == RejectionKind::Invalid)
            .then(|| NotFoundException { message: Some(message), ..Default::default() }.into())
    });
    let modelled = (404, "NotFoundException".to_owned(), r#"{"Message":"/Part"}"#.to_owned());
    assert_eq!(answer(server.clone(), request("PUT", "/things/a", "{}")).await, modelled);
    assert_eq!(answer(server, request("PUT", "/things/a", "[]")).await.1, "SerializationException");
}

#[tokio::test]
async fn a_list_or_map_is_told_by_the_length_that_was_sent_though_it_was_not_read() {
    let labels: Vec<String> = (0..1_000).map(|index| format!(r#""{index}":"x""#)).collect();
    let body =
        format!(r#"{{"Part":{{"Name":"a","Size":1}},"Sizes":[{}1],"Labels":{{{}}}}}"#, "1,".repeat(99_999), labels.join(","));
    let (status, code, body) = answer(server(), request("PUT", "/things/a", &body)).await;
    assert_eq!((status, code.as_str()), (400, "ValidationException"));
    for violation in [
        "2 validation errors detected. ",
        "Value with length 100000 at '/Sizes' failed to satisfy constraint: Member must have length between 1 and 3, inclusive",
        "Value with length 1000 at '/Labels' failed to satisfy constraint: Member must have length less than or equal to 2",
    ] {
        assert!(body.contains(violation), "{body}");
    }
}

#[tokio::test]
async fn without_validation_a_list_may_be_too_long() {
    let body = r#"{"Part":{"Name":"a","Size":1},"Sizes":[1,2,3,4,5]}"#;
    let (status, ..) = answer(server().validation(false), request("PUT", "/things/a", body)).await;
    assert_eq!(status, 201);
}

#[tokio::test]
async fn a_request_that_makes_millions_of_violations_gets_a_short_answer() {
    let body = format!(r#"{{"Part":{{"Name":"a","Size":1}},"Sizes":[{}1]}}"#, "\"\",".repeat(100_000));
    let (status, code, body) = answer(server(), request("PUT", "/things/a", &body)).await;
    assert_eq!((status, code.as_str()), (400, "SerializationException"));
    assert!(body.len() < 10_000);
    let labels: Vec<String> = (0..100_000).map(|index| format!(r#""{index}":1"#)).collect();
    let body = format!(r#"{{"Labels":{{{}}}}}"#, labels.join(","));
    let (status, code, body) = answer(server(), request("PUT", "/things/a", &body)).await;
    assert_eq!((status, code.as_str()), (400, "SerializationException"));
    assert!(body.len() < 10_000);
}

/// Nothing that a client sends hangs, panics or is the server's fault.
#[tokio::test]
async fn nonsense_is_the_clients_fault() {
    let bodies = ["", "{", "null", "\u{0}", "{}{}", r#"{"Part":{},"Part":{}}"#, r#"{"Part":1,"Part":[]}"#, r#"{"":{"":[[[]]]}}"#];
    let paths = [
        "*",
        "/%",
        "/things/%ff",
        "/things/%zz",
        "/things/..",
        "/things/a?&&=&=a",
        "/things/%2F%2F",
        "/things/a//",
        "//things/a",
    ];
    for path in paths {
        for method in ["GET", "PUT", "POST", "DELETE", "OPTIONS", "BREW"] {
            for body in bodies {
                let (status, ..) = answer(server(), request(method, path, body)).await;
                assert!(status < 500, "{method} {path} {body}");
            }
        }
    }
}
