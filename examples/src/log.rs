//! What the programs say of themselves, on standard error.

use tracing::Level;

/// Logs from now on: what goes wrong, and what whoever runs the program should know.
pub fn start() {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_max_level(Level::INFO).init();
}
