//! Makes the modules of `src/service.rs` out of `model.json`.

fn main() {
    smithwright::Builder::new()
        .model("model.json")
        .name("service")
        .client(true)
        .server(true)
        .compile();
}
