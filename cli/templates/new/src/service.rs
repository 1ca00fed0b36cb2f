//! What the model says: requests, responses, errors and the trait in `api`, and a client and a server of it.

smithwright_runtime::include_service!("service");
