//! The program itself, in a small repository of its own.

#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

mod diff;
mod hostile;
mod interrupted;
mod new;
mod outside;
mod repository;
