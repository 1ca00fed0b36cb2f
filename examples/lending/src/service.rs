//! What the model says, as the build script writes it: requests, responses and errors, a client, a server.

smithwright_runtime::include_service!("lending");
