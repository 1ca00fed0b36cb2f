//! Who may call the proxy.

use connect_api::{Error, UnrecognizedError};
use http::header::AUTHORIZATION;
use smithwright_runtime::server::RequestContext;

/// What signatures of requests begin with: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>.
const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// Who may call, and so use the proxy's credentials.
#[derive(Clone, Debug)]
pub enum Callers {
    /// Everybody.
    Everybody,
    /// Requests that are signed with the access key of this id.
    ///
    /// That is what they say: the signature itself is not verified, and the id of a key is not a secret. This keeps out who calls by
    /// chance, and pages in a browser; it does not keep out who means to.
    KeyId(String),
}

impl Callers {
    /// Lets a request through.
    ///
    /// # Errors
    ///
    /// One of somebody else, in AWS's own words.
    pub(crate) fn admit(&self, context: &RequestContext) -> Result<(), Error> {
        let Self::KeyId(own) = self else { return Ok(()) };
        let said = context.headers().get(AUTHORIZATION).ok_or_else(missing)?;
        let signature = said.to_str().ok().and_then(Signature::parse).ok_or_else(incomplete)?;
        (signature.key_id == own).then_some(()).ok_or_else(unknown)
    }
}

/// What a request says of its signature.
#[derive(Debug, PartialEq)]
struct Signature<'a> {
    key_id: &'a str,
}

impl<'a> Signature<'a> {
    fn parse(header: &'a str) -> Option<Self> {
        let parts = header.strip_prefix(ALGORITHM)?.strip_prefix(' ')?;
        let part = |name: &str| {
            let mut named = parts.split(',').filter_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
            named.next().filter(|_| named.next().is_none())
        };
        let [key_id, _date, _region, _service, "aws4_request"] = part("Credential")?.split('/').collect::<Vec<_>>()[..] else {
            return None;
        };
        let signature = part("Signature")?;
        let is_signature = signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit());
        (is_signature && part("SignedHeaders").is_some_and(|headers| !headers.is_empty())).then_some(Self { key_id })
    }
}

fn missing() -> Error {
    refused("MissingAuthenticationTokenException", "The request is not signed")
}

fn incomplete() -> Error {
    refused("IncompleteSignatureException", "The request's signature is not one of AWS Signature Version 4")
}

fn unknown() -> Error {
    refused("UnrecognizedClientException", "The request is signed with another key than the proxy's")
}

fn refused(code: &str, message: &str) -> Error {
    UnrecognizedError::new(code, 403, message.to_owned()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNED: &str = "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/connect/aws4_request, SignedHeaders=host;x-amz-date, \
                          Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024";

    #[test]
    fn a_signature_names_its_key() {
        assert_eq!(Signature::parse(SIGNED), Some(Signature { key_id: "AKID" }));
        assert_eq!(Signature::parse(&SIGNED.replace(", ", ",")), Some(Signature { key_id: "AKID" }));
    }

    #[test]
    fn whatever_else_is_not_a_signature() {
        let changed = [("AWS4-HMAC-SHA256 ", "Basic "), ("aws4_request", "aws5"), ("AKID/", ""), ("fe5f", ""), ("fe5f", "ge5f")];
        for (from, to) in changed.into_iter().chain([("host;x-amz-date", ""), ("Credential=", ""), ("Signature", "Credential")]) {
            let header = SIGNED.replace(from, to);
            assert_eq!(Signature::parse(&header), None, "{header}");
        }
    }
}
