//! Starting other programs.

use std::{
    env,
    ffi::OsString,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail};

use crate::tools;

/// A program with its arguments, with the project's own tools in front on PATH. It is asked
/// nothing: a question would wait for ever where nobody sits.
pub fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).env("PATH", path()).stdin(Stdio::null());
    // `cargo run` describes xtask in the environment. A build script that watches these (ring's
    // does) would run again, and its crate be compiled again, on every start.
    for (key, _) in env::vars_os() {
        if is_about_xtask(&key.to_string_lossy()) {
            command.env_remove(key);
        }
    }
    command
}

/// Runs a program to its end. Where that fails, the error says what to type instead.
pub fn run(command: &mut Command, instead: &str) -> Result<()> {
    let said = said(command);
    let status = command.status().with_context(|| format!("`{said}` did not start. {instead}"))?;
    if !status.success() {
        bail!("`{said}` failed ({status}). {instead}");
    }
    Ok(())
}

/// What a program prints, if it is there and content.
pub fn output(name: &str, arguments: &[&str]) -> Option<String> {
    let output = program(name, arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A command as a person would type it.
pub fn said(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Where a program lies, if PATH knows it.
pub fn find(name: &str) -> Option<PathBuf> {
    env::split_paths(&path()).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn path() -> OsString {
    let own = tools::FOLDERS.iter().map(|folder| crate::root().join(folder));
    let machine = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.chain(env::split_paths(&machine))).unwrap_or(machine)
}

fn is_about_xtask(key: &str) -> bool {
    const PREFIXES: [&str; 4] = ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_", "CARGO_CRATE_"];
    key == "CARGO" || PREFIXES.iter().any(|prefix| key.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_program_says_what_to_type_instead() {
        let error = run(&mut program("false", &["--all"]), "Type: true").unwrap_err();
        assert_eq!(error.to_string(), "`false --all` failed (exit status: 1). Type: true");
        let error = run(&mut program("no-such-program", &[]), "Type: true").unwrap_err();
        assert_eq!(error.to_string(), "`no-such-program` did not start. Type: true");
    }

    #[test]
    fn what_cargo_says_about_xtask_is_not_passed_on() {
        assert!(is_about_xtask("CARGO_PKG_NAME") && is_about_xtask("CARGO_MANIFEST_DIR"));
        assert!(!is_about_xtask("CARGO_HOME") && !is_about_xtask("CARGO_TARGET_DIR"));
    }
}
