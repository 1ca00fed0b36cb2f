//! Hashes of a body as a whole, and of the tree of its parts:
//! <https://docs.aws.amazon.com/amazonglacier/latest/dev/checksum-calculations.html>.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::body::SdkBody;
use http::{HeaderName, HeaderValue};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The hash of the whole body.
const CONTENT_HASH: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// The hash of its parts' hashes.
const TREE_HASH: HeaderName = HeaderName::from_static("x-amz-sha256-tree-hash");

/// How long a part is; the last one may be shorter.
const PART: usize = 1024 * 1024;

/// A hash.
type Hash = [u8; 32];

/// Gives a request the hashes of its body, unless it has them.
///
/// # Errors
///
/// A stream without a hash.
pub(super) fn set(request: &mut http::Request<SdkBody>) -> Result<(), BoxError> {
    for (name, hash) in [(CONTENT_HASH, whole as fn(&[u8]) -> Hash), (TREE_HASH, tree)] {
        if request.headers().contains_key(&name) {
            continue;
        }
        let bytes = request.body().bytes().ok_or_else(|| format!("a stream has no hash beforehand: send the header {name}"))?;
        let value = HeaderValue::try_from(hex(&hash(bytes)))?;
        request.headers_mut().insert(name, value);
    }
    Ok(())
}

fn whole(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// Hashes of parts are hashed in pairs, and what comes of that again, until there is one; what has no pair stays as it is.
fn tree(bytes: &[u8]) -> Hash {
    let mut level: Vec<Hash> = bytes.chunks(PART).map(whole).collect();
    while level.len() > 1 {
        level = level.chunks(2).map(pair).collect();
    }
    level.first().copied().unwrap_or_else(|| whole(&[]))
}

fn pair(hashes: &[Hash]) -> Hash {
    match hashes {
        [one] => *one,
        hashes => whole(&hashes.concat()),
    }
}

fn hex(hash: &Hash) -> String {
    hash.iter().fold(String::with_capacity(2 * hash.len()), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(body: impl Into<SdkBody>) -> http::Request<SdkBody> {
        http::Request::new(body.into())
    }

    #[test]
    fn a_body_of_one_part_is_hashed_once() {
        let mut request = request("hello world");
        set(&mut request).unwrap();
        let hash = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
        assert_eq!(request.headers()[CONTENT_HASH], hash);
        assert_eq!(request.headers()[TREE_HASH], hash);
    }

    #[test]
    fn no_body_has_the_hash_of_nothing() {
        let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!((hex(&tree(b"")).as_str(), hex(&whole(b"")).as_str()), (hash, hash));
    }

    #[test]
    fn parts_are_hashed_in_pairs_and_the_last_may_have_none() {
        let bytes: Vec<u8> = (0..2 * PART + 1).map(|index| u8::try_from(index % 251).unwrap()).collect();
        let [first, second, third] = [&bytes[..PART], &bytes[PART..2 * PART], &bytes[2 * PART..]].map(whole);
        let pair = whole(&[first, second].concat());
        assert_eq!(tree(&bytes[..2 * PART]), pair);
        assert_eq!(tree(&bytes), whole(&[pair, third].concat()));
    }

    #[test]
    fn what_the_caller_says_stays() {
        let mut request = request("hello world");
        request.headers_mut().insert(TREE_HASH, HeaderValue::from_static("mine"));
        set(&mut request).unwrap();
        assert_eq!(request.headers()[TREE_HASH], "mine");
    }

    #[test]
    fn a_stream_needs_its_hashes_from_the_caller() {
        let stream = || SdkBody::from_body_1_x(http_body_util::Full::new(bytes::Bytes::from_static(b"hello")));
        let error = set(&mut request(stream())).unwrap_err();
        assert!(error.to_string().contains("x-amz-content-sha256"), "{error}");
        let mut request = request(stream());
        request.headers_mut().insert(CONTENT_HASH, HeaderValue::from_static("a"));
        request.headers_mut().insert(TREE_HASH, HeaderValue::from_static("b"));
        set(&mut request).unwrap();
    }
}
