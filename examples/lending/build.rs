//! Makes the modules of `src/service.rs` out of the model.

fn main() {
    smithwright::Builder::new()
        .model("model/lending.json")
        .client(cfg!(feature = "client"))
        .server(cfg!(feature = "server"))
        .compile();
}
