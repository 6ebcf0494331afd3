//! What only a browser knows: one binary for all of it.
#![cfg(target_arch = "wasm32")]

mod support;

mod capture;
mod parks;
mod settings;
mod storage;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
