//! A contact desk and a proxy, written on the generated trait [`Connect`](connect_api::Connect).
//!
//! - [`Desk`] is an Amazon Connect in memory: five operations, as anyone would write them. `contact-desk` serves it.
//! - [`proxy`] answers all operations with what another Connect answers. `connect-proxy` serves it.
//!
//! Both are a `connect_server::Server`, and [`serve`](serve::serve) puts any such behind a socket.

mod callers;
mod desk;
pub mod log;
mod proxy;
pub mod serve;

pub use callers::Callers;
pub use desk::Desk;
pub use proxy::{client, own_callers, proxy};
