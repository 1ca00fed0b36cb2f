//! The names that a server goes by.

use http::header::HOST;
use http::uri::Authority;
use http::{HeaderMap, Uri};
use std::net::IpAddr;

/// The hosts that a request may name. A page in a browser can have its own name resolved to whatever address it likes (DNS rebinding), and
/// read what a server there answers; but it cannot say another name than its own.
#[derive(Clone, Debug)]
pub struct Hosts {
    address: IpAddr,
    names: Vec<String>,
}

/// Why a request is not for this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misdirected {
    /// It names no host, or several.
    Unclear,
    /// It names another one.
    Elsewhere,
}

impl Hosts {
    /// The address that is listened on, and names for it. An address of this machine alone goes by `localhost`, too; one that stands for
    /// all addresses, by any address.
    pub fn new(address: IpAddr, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { address, names: names.into_iter().map(Into::into).collect() }
    }

    /// Whether a request is for this server. The port is not compared: it may be forwarded from another.
    pub(super) fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Misdirected> {
        let mut said = headers.get_all(HOST).iter();
        let (Some(host), None) = (said.next(), said.next()) else { return Err(Misdirected::Unclear) };
        let host = Authority::try_from(host.as_bytes()).map_err(|_| Misdirected::Unclear)?;
        let is_ours = self.has(&host) && uri.authority().is_none_or(|authority| self.has(authority));
        is_ours.then_some(()).ok_or(Misdirected::Elsewhere)
    }

    fn has(&self, authority: &Authority) -> bool {
        let name = authority.host();
        if self.names.iter().any(|own| own.eq_ignore_ascii_case(name)) {
            return true;
        }
        match name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            Ok(address) => self.is_at(address.to_canonical()),
            Err(_) => (self.is_local() || self.is_everywhere()) && name.eq_ignore_ascii_case("localhost"),
        }
    }

    fn is_at(&self, address: IpAddr) -> bool {
        self.is_everywhere() || self.is_local() && address.is_loopback() || address == self.address.to_canonical()
    }

    fn is_local(&self) -> bool {
        self.address.to_canonical().is_loopback()
    }

    fn is_everywhere(&self) -> bool {
        self.address.is_unspecified()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(listening: &str, target: &str, hosts: &[&str]) -> Result<(), Misdirected> {
        let headers = hosts.iter().map(|host| (HOST, host.parse().unwrap())).collect();
        Hosts::new(listening.parse().unwrap(), ["desk.example"]).check(&target.parse().unwrap(), &headers)
    }

    #[test]
    fn its_address_and_its_names_are_its_own() {
        for host in ["127.0.0.1", "127.0.0.1:8080", "[::1]:1", "localhost", "LOCALHOST:80", "desk.example", "Desk.Example:443"] {
            assert_eq!(check("127.0.0.1", "/", &[host]), Ok(()), "{host}");
        }
        assert_eq!(check("192.0.2.1", "/", &["192.0.2.1"]), Ok(()));
        assert_eq!(check("0.0.0.0", "/", &["192.0.2.1:80"]), Ok(()));
    }

    #[test]
    fn another_name_or_address_is_not() {
        for host in ["evil.example", "localhost.evil.example", "localhost.", "192.0.2.1", "[2001:db8::1]", "2130706433"] {
            assert_eq!(check("127.0.0.1", "/", &[host]), Err(Misdirected::Elsewhere), "{host}");
        }
        assert_eq!(check("192.0.2.1", "/", &["localhost"]), Err(Misdirected::Elsewhere));
        assert_eq!(check("0.0.0.0", "/", &["evil.example"]), Err(Misdirected::Elsewhere));
    }

    #[test]
    fn a_target_with_a_host_must_name_it_as_well() {
        assert_eq!(check("127.0.0.1", "http://localhost/", &["localhost"]), Ok(()));
        assert_eq!(check("127.0.0.1", "http://evil.example/", &["localhost"]), Err(Misdirected::Elsewhere));
        assert_eq!(check("127.0.0.1", "http://localhost/", &["evil.example"]), Err(Misdirected::Elsewhere));
    }

    #[test]
    fn there_is_one_host() {
        for hosts in [[].as_slice(), &["localhost", "localhost"], &["localhost", "evil.example"], &[""], &["a b"]] {
            assert_eq!(check("127.0.0.1", "/", hosts), Err(Misdirected::Unclear), "{hosts:?}");
        }
    }
}
