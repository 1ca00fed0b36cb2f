//! Headers that a case means without saying them: those of a case are a lower bound, of which a server could not always tell what the
//! request is.

use super::format::own_media_type;
use smithwright::ir::Protocol;

/// Headers that are sent where a case does not say them.
pub(crate) type Implied = Vec<(&'static str, String)>;

/// The content type of a case that says what its body is, but not in a header.
///
/// Where all bodies are of the protocol's format, a body says it by being there. The cases about what a body without a content type is
/// answered do not say what it is.
pub(crate) fn content_type(protocol: Protocol, media_type: Option<&str>, body: Option<&str>) -> Implied {
    let own = own_media_type(protocol);
    let is_meant = match protocol.definition().binds_http {
        true => media_type == Some(own),
        false => body.is_some_and(|body| !body.is_empty()),
    };
    is_meant.then(|| ("Content-Type", own.to_owned())).into_iter().collect()
}

/// What names the operation of a request, or the protocol by whose rules something else names it.
pub(crate) fn route(protocol: Protocol, service: &str, operation: &str) -> Implied {
    match protocol {
        Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => vec![("X-Amz-Target", format!("{service}.{operation}"))],
        Protocol::RpcV2Cbor => vec![("smithy-protocol", "rpc-v2-cbor".to_owned())],
        Protocol::RpcV2Json => vec![("smithy-protocol", "rpc-v2-json".to_owned())],
        Protocol::RestJson1 => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_without_a_content_type_stays_so_unless_it_can_mean_one_thing_only() {
        let implied = |protocol, media_type| content_type(protocol, media_type, Some("{}")).pop().map(|(_, value)| value);
        let json = Some("application/json");
        assert_eq!(implied(Protocol::RestJson1, None), None);
        assert_eq!(implied(Protocol::RestJson1, json).as_deref(), json);
        assert_eq!(implied(Protocol::RestJson1, Some("text/plain")), None);
        assert_eq!(implied(Protocol::AwsJson1_0, None).as_deref(), Some("application/x-amz-json-1.0"));
        assert_eq!(implied(Protocol::AwsJson1_0, json).as_deref(), Some("application/x-amz-json-1.0"));
        assert_eq!(content_type(Protocol::AwsJson1_0, None, Some("")), []);
    }

    #[test]
    fn an_operation_is_named_as_its_protocol_names_it() {
        assert_eq!(route(Protocol::AwsJson1_1, "Desk", "Ping"), [("X-Amz-Target", "Desk.Ping".to_owned())]);
        assert_eq!(route(Protocol::RpcV2Cbor, "Desk", "Ping"), [("smithy-protocol", "rpc-v2-cbor".to_owned())]);
        assert_eq!(route(Protocol::RestJson1, "Desk", "Ping"), []);
    }
}
