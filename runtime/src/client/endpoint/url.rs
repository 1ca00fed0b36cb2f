//! URLs of the program's own, and regions: what may become the host and the path of a request.

use crate::uri::is_dot_segment;
use http::Uri;
use percent_encoding::percent_decode_str;

/// The longest label of a host, in characters.
const MAX_LABEL: usize = 63;

/// The longest name of a host, in characters.
const MAX_HOST: usize = 253;

/// Why a request goes nowhere. The URL is not repeated: it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EndpointError {
    #[error("the region {0:?} is not a label of a host: letters, digits and hyphens, 63 at most")]
    Region(String),
    #[error("the account {0:?} is not a label of a host: letters, digits and hyphens, 63 at most")]
    Account(String),
    #[error("the service says that it is called at {0:?}, which is not a host")]
    Discovered(String),
    #[error("the endpoint URL is not a URL")]
    NotAUrl,
    #[error("the endpoint URL must begin with http:// or https:// and a host")]
    Scheme,
    #[error("the endpoint URL must not have user information: credentials come from the configuration")]
    UserInformation,
    #[error("the endpoint URL must not have a query")]
    Query,
    #[error("the endpoint URL must not have a fragment")]
    Fragment,
    #[error("the path of the endpoint URL must not have empty or dot segments: it would be signed without them")]
    Path,
}

/// Refuses a region that would make another host of a URL, or another scope of a signature.
pub(crate) fn check_region(region: &str) -> Result<(), EndpointError> {
    check_label(region).map_err(EndpointError::Region)
}

/// Whether a text is a label of a host; otherwise, that text.
pub(crate) fn check_label(text: &str) -> Result<(), String> {
    let is_label = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && (1..=MAX_LABEL).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-');
    if is_label { Ok(()) } else { Err(text.to_owned()) }
}

/// Refuses a URL that is more than scheme, host, port and path, or whose path is not the one that would be signed.
pub(crate) fn check_url(url: &str) -> Result<(), EndpointError> {
    // A parsed one has lost its fragment.
    if url.contains('#') {
        return Err(EndpointError::Fragment);
    }
    let url: Uri = url.parse().map_err(|_| EndpointError::NotAUrl)?;
    let authority = url.authority().filter(|_| matches!(url.scheme_str(), Some("http" | "https")));
    if authority.ok_or(EndpointError::Scheme)?.as_str().contains('@') {
        return Err(EndpointError::UserInformation);
    }
    if url.query().is_some() {
        return Err(EndpointError::Query);
    }
    if is_signed_as_it_is(url.path()) { Ok(()) } else { Err(EndpointError::Path) }
}

/// The URL of an address that a service says: a host, perhaps with a port, over HTTPS, whatever else it may say.
pub(crate) fn discovered_url(address: &str) -> Result<String, EndpointError> {
    let refused = || EndpointError::Discovered(address.to_owned());
    let authority = address.strip_prefix("https://").unwrap_or(address);
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok());
    if !is_port || host.len() > MAX_HOST || !host.split('.').all(|label| check_label(label).is_ok()) {
        return Err(refused());
    }
    let url = format!("https://{authority}");
    check_url(&url).map_err(|_| refused())?;
    Ok(url)
}

/// Whether no segment of a path is one that signers leave out, or that a receiver may take for one. The last may be empty.
fn is_signed_as_it_is(path: &str) -> bool {
    let path = path.strip_prefix('/').unwrap_or(path);
    let named = path.strip_suffix('/').unwrap_or(path);
    let is_name = |segment: &str| !segment.is_empty() && !is_dot_segment(&percent_decode_str(segment).decode_utf8_lossy());
    path.is_empty() || named.split('/').all(is_name)
}
