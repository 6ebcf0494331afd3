//! Starts the endpoint.
fn main() {}
