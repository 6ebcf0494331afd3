//! The real binary: started twice, killed, watched, stopped.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

mod support;

use support::process::{Process, refused, serve};

#[test]
fn a_second_process_on_the_same_data_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Process::start(serve(folder.path()));
    let said = refused(serve(folder.path()));
    assert!(said.contains("another endpoint works on the data folder"), "{said}");
    assert!(first.terminate());
    assert!(Process::start(serve(folder.path())).terminate());
}
