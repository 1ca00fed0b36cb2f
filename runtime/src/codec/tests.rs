//! What the tables of names say, held to formats that need them: a small XML and a small query codec, both as protocols have them.

mod query;
mod shapes;
mod xml;
