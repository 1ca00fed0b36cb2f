//! Places for connections.

use super::activity::Activity;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How long a connection that was asked to leave has for it, before another is asked.
const PATIENCE: Duration = Duration::from_millis(50);

/// A certain number of places.
#[derive(Debug)]
pub(super) struct House {
    free: Arc<Semaphore>,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    next: u64,
    by: HashMap<u64, Arc<Activity>>,
}

/// A connection's place. It is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    house: Arc<House>,
    number: u64,
    activity: Arc<Activity>,
    _permit: OwnedSemaphorePermit,
}

impl House {
    pub(super) fn new(places: usize) -> Arc<Self> {
        let free = Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS)));
        Arc::new(Self { free, taken: Mutex::default() })
    }

    /// A place for a connection. Where there is none, whoever has been idle for the longest makes one.
    pub(super) async fn place(self: &Arc<Self>) -> Place {
        let permit = loop {
            if let Ok(permit) = Arc::clone(&self.free).try_acquire_owned() {
                break permit;
            }
            self.evict();
            if let Ok(Ok(permit)) = timeout(PATIENCE, Arc::clone(&self.free).acquire_owned()).await {
                break permit;
            }
        };
        let mut taken = self.taken();
        let number = taken.next;
        taken.next += 1;
        let activity = Arc::new(Activity::new());
        taken.by.insert(number, Arc::clone(&activity));
        Place { house: Arc::clone(self), number, activity, _permit: permit }
    }

    /// Asks the connection to end that has been idle for the longest, if one is.
    pub(super) fn evict(&self) {
        let taken = self.taken();
        let idle = taken.by.values().filter_map(|activity| Some((activity.idle_since()?, activity)));
        if let Some((_, activity)) = idle.min_by_key(|(since, _)| *since) {
            activity.evict();
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// What the connection in this place does.
    pub(super) fn activity(&self) -> Arc<Activity> {
        Arc::clone(&self.activity)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.house.taken().by.remove(&self.number);
    }
}
