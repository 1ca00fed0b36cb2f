//! The hermetic tests of the whole: fixtures, snapshots, freshness, round trips.
