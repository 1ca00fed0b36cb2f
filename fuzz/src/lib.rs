//! What the fuzz targets share. How to run them: `fuzz/run`.

pub mod diagrams;
pub mod events;
pub mod model;
pub mod mutate;
pub mod operations;
pub mod round_trip;
pub mod sent;
pub mod shapes;
