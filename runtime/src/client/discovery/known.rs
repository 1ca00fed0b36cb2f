//! What a service said of where it is called, for as long as it holds.

use crate::operation::DiscoveredEndpoint;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::box_error::BoxError;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// How many are kept: what requests say is in their keys.
const MOST: usize = 1000;

/// How long a service is left alone that did not say it.
const PATIENCE: Duration = Duration::from_secs(60);

/// What an address is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// Where the call would go otherwise, which follows from its region, too.
    pub(super) base: String,
    /// Whose call it is: the id of a key.
    pub(super) caller: Option<String>,
    /// The operation, and what the request says of its endpoint; any operation, where it says nothing.
    pub(super) about: Option<(&'static str, BTreeMap<String, String>)>,
}

/// What is known of a [`Key`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// An address that holds.
    Fresh(String),
    /// The service did not say lately; an address that held.
    Failing(Option<String>),
    /// Nothing that holds; an address that held.
    Unknown(Option<String>),
}

#[derive(Debug)]
struct Known {
    address: Option<String>,
    /// Until when it holds, or until when the service is left alone.
    until: SystemTime,
    is_failing: bool,
}

/// What a client's service said.
#[derive(Debug)]
pub(crate) struct KnownEndpoints {
    time: SharedTimeSource,
    known: Mutex<BTreeMap<Key, Known>>,
}

impl KnownEndpoints {
    pub(crate) fn new(time: SharedTimeSource) -> Self {
        Self { time, known: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Key, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn find(&self, key: &Key) -> Found {
        let now = self.time.now();
        match self.lock().get(key) {
            Some(Known { address: Some(address), until, is_failing: false }) if now < *until => Found::Fresh(address.clone()),
            Some(Known { address, until, is_failing: true }) if now < *until => Found::Failing(address.clone()),
            Some(Known { address, .. }) => Found::Unknown(address.clone()),
            None => Found::Unknown(None),
        }
    }

    /// Keeps what the service says: the first address.
    ///
    /// # Errors
    ///
    /// There is none.
    pub(super) fn keep(&self, key: Key, endpoints: Vec<DiscoveredEndpoint>) -> Result<String, BoxError> {
        let first = endpoints.into_iter().find(|endpoint| !endpoint.address.is_empty());
        let DiscoveredEndpoint { address, period } = first.ok_or("it answers without an address")?;
        let until = self.after(period);
        self.put(key, Known { address: Some(address.clone()), until, is_failing: false });
        Ok(address)
    }

    /// Leaves the service alone for a while.
    pub(super) fn fail(&self, key: Key) {
        let address = self.lock().remove(&key).and_then(|known| known.address);
        self.put(key, Known { address, until: self.after(PATIENCE), is_failing: true });
    }

    pub(super) fn forget(&self, key: &Key) {
        self.lock().remove(key);
    }

    fn after(&self, period: Duration) -> SystemTime {
        let now = self.time.now();
        now.checked_add(period).unwrap_or(now)
    }

    fn put(&self, key: Key, known: Known) {
        let now = self.time.now();
        let mut all = self.lock();
        if all.len() >= MOST {
            all.retain(|_, known| now < known.until);
        }
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(key, known);
    }
}
