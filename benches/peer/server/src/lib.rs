//! Two servers of the same two operations, and the load that they are put under.

pub mod by_hand;
pub mod generated;
pub mod load;
