//! The real binary: started, started twice, started with wrong files.
#![expect(clippy::unwrap_used, reason = "in a test, what is missing is the failure")]

mod support;

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpStream,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use model::{
    receipt::{Keyring, Trust},
    wire::Hello,
};
use serde_json::json;
use support::{
    client::{Client, head},
    process::{Process, refused, serve},
};

#[test]
fn a_second_process_on_the_same_data_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Process::start(serve(folder.path()));
    let fault = fault_log::injected("S15", "a second endpoint was started on the same folder");
    let said = refused(serve(folder.path()));
    assert!(said.contains("another endpoint works on the data folder"), "{said}");
    assert!(first.terminate());
    assert!(Process::start(serve(folder.path())).terminate());
    fault.observed("it refused and said why; the first went on");
}

fn keys(process: &Process) -> Vec<String> {
    let mut client = Client::connect(process.at).unwrap();
    let answer = client.send("GET", "/sync/v1/hello", &[], b"").unwrap();
    let hello: Hello = serde_json::from_slice(&answer.body).unwrap();
    assert!(matches!(Keyring::default().judge(&hello.keys), Trust::Known(_)));
    hello.keys.into_iter().map(|key| key.key).chain([hello.epoch.to_string()]).collect()
}

#[test]
fn keys_and_epoch_stay_over_a_restart_and_a_lost_key_is_never_made_anew() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let first = keys(&Process::start(serve(folder.path())));
    assert_eq!(keys(&Process::start(serve(folder.path()))), first);
    let file = folder.path().join("keys.json");
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let kept = fs::read_to_string(&file).unwrap();
    fs::write(&file, kept.replacen("\"secret\": \"", "\"secret\": \"A", 1)).unwrap();
    assert!(refused(serve(folder.path())).contains("`secret` is not 32 bytes"));
    fs::remove_file(&file).unwrap();
    let said = refused(serve(folder.path()));
    assert!(said.contains("put the old file back"), "{said}");
    fs::write(&file, kept).unwrap();
    assert_eq!(keys(&Process::start(serve(folder.path()))), first);
}

// An operator makes the data folder as one makes folders, and others have accounts on the machine. Words,
// positions and telephone numbers lie in the database.
#[test]
fn the_database_is_its_owners_alone_in_whatever_folder_it_lies() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).unwrap();
    let files = ["endpoint.db", "endpoint.db-wal", "endpoint.db-shm"].map(|name| data.join(name));
    let all_private = || {
        for file in &files {
            let mode = fs::metadata(file).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{}", file.display());
        }
    };
    let mut process = Process::start(serve(&data));
    all_private();
    process.kill();
    // As an older endpoint has left them.
    for file in &files {
        fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap();
    }
    let _process = Process::start(serve(&data));
    all_private();
    let backup = folder.path().join("backup");
    let restored = folder.path().join("restored");
    for (what, flags, from, to) in [
        ("backup", ["--data", "--to"], &data, &backup),
        ("restore", ["--from", "--data"], &backup, &restored),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_endpoint"));
        command.arg(what).arg(flags[0]).arg(from).arg(flags[1]).arg(to);
        assert!(command.status().unwrap().success());
    }
    let copy = fs::read_dir(backup.join("database")).unwrap().next().unwrap().unwrap().path();
    for file in [copy, restored.join("endpoint.db")] {
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_start_that_cannot_be_says_which_file_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        file
    };
    let with = |flags: &[(&str, &Path)]| {
        let mut command = serve(&folder.path().join("data"));
        for (flag, path) in flags {
            command.arg(flag).arg(path);
        }
        refused(command)
    };
    let operator = file("operator.toml", "mode = \"pilot\"\nname = \"x\"\nhours = \"x\"\n");
    let said = with(&[("--operator", &operator)]);
    assert!(said.contains("operator.toml") && said.contains("contact"), "{said}");
    let said = with(&[("--page", folder.path())]);
    assert!(said.contains("holds no built page"), "{said}");
    let pack = file("pack.json", "{}");
    let said = with(&[("--pack", &pack)]);
    assert!(said.contains("groups"), "{said}");
    let said = with(&[("--tls-cert", &pack), ("--tls-key", &pack)]);
    assert!(said.contains("--tls-cert") && said.contains("pack.json"), "{said}");
    let said = with(&[("--tls-cert", &pack)]);
    assert!(said.contains("--tls-key"), "{said}");
}

// Somebody slips in the name of the data folder. The reports of the file would be taken in by an endpoint
// that nobody has, and the phones that let go of them never know.
#[test]
fn an_import_into_a_folder_that_is_none_is_refused_and_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let typo = folder.path().join("typo");
    let mut command = Command::new(env!("CARGO_BIN_EXE_endpoint"));
    command.arg("import").arg("--data").arg(&typo);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rescue-1.zip"));
    let said = refused(command);
    assert!(said.contains("there is no data folder at") && said.contains("typo"), "{said}");
    assert!(!typo.exists());
}

#[test]
fn an_operator_is_in_the_hello() {
    let folder = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("operator.example.toml");
    let mut command = serve(folder.path());
    command.arg("--operator").arg(example);
    let process = Process::start(command);
    let mut client = Client::connect(process.at).unwrap();
    let hello = client.send("GET", "/sync/v1/hello", &[], b"").unwrap().json();
    assert_eq!(hello["mode"], "pilot");
    assert_eq!(hello["operator"]["answers_by"], "两个工作日内");
    assert_eq!(hello["operator"]["calls"], json!({}));
}

#[test]
fn another_host_without_tls_says_what_a_phone_will_miss() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = serve(folder.path());
    command.args(["--host", "0.0.0.0"]).stderr(Stdio::piped());
    let mut process = Process::start_loud(command);
    let mut said = String::new();
    let heard = process.child.stderr.take().unwrap();
    BufReader::new(heard).read_line(&mut said).unwrap();
    assert!(said.contains("camera") && said.contains("--tls-cert"), "{said}");
}

#[test]
fn a_host_is_said_as_people_write_it_and_a_name_is_told_which_form_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let with = |host: &str| {
        let mut command = serve(folder.path());
        command.args(["--host", host]);
        command
    };
    for (host, loopback) in [("localhost", "127.0.0.1"), ("::1", "::1"), ("[::1]", "::1")] {
        assert_eq!(Process::start(with(host)).at.ip().to_string(), loopback);
    }
    let said = refused(with("poshang.example"));
    assert!(said.contains("--host") && said.contains("say an address such as 127.0.0.1"), "{said}");
}

#[test]
fn a_phone_reaches_it_over_tls() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(["poshang.example".to_owned()]).unwrap();
    let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    fs::write(&chain, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let mut command = serve(&folder.path().join("data"));
    command.arg("--tls-cert").arg(chain).arg("--tls-key").arg(key);
    let process = Process::start(command);

    let mut roots = rustls::RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = "poshang.example".try_into().unwrap();
    let session = rustls::ClientConnection::new(Arc::new(config), name).unwrap();
    let stream = TcpStream::connect(process.at).unwrap();
    let mut stream = rustls::StreamOwned::new(session, stream);
    let hello = head("GET", "/sync/v1/hello", &[]);
    stream.write_all(&hello).unwrap();
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).unwrap();
    assert_eq!(answer, "HTTP/1.1 200 OK\r\n");
}
