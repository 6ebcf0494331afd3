//! After the build: what the service worker keeps, and compressed copies for the endpoint.

use std::{
    collections::BTreeMap,
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use data_encoding::BASE64;
use flate2::{Compression, write::GzEncoder};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::{carrier, carrier::Engine, files, page, wasm};

/// The page's file. The worker asks for it by the address that a person opens, so that the browser
/// does not load it a second time under another name.
pub const SHELL: &str = "index.html";
/// The service worker's file.
pub const WORKER: &str = "sw.js";
/// What a page and a worker are called that were not built.
const UNNAMED: &str = "unbuilt";
/// What compresses well. Smaller files than this gain nothing.
const TEXT: [&str; 7] = ["html", "css", "js", "wasm", "json", "svg", "webmanifest"];
const WORTH_IT: usize = 256;

/// Path to base64 SHA-256, as the worker compares it.
type Listed = BTreeMap<String, String>;

/// Finishes the build that Trunk has staged; Trunk puts it in place afterwards.
pub fn staged() -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let staging = staging.context("only Trunk starts this, after a build. Type: trunk build")?;
    wasm::page_into(&staging)?;
    let engine = carrier::build_into(&staging)?;
    finish(&staging, &engine, env::var(page::BUILD_ID).ok())
}

/// Copies a built page and names it anew: for the service worker that is another build.
pub fn under_another_id(dist: &Path, new_dist: &Path, id: &str) -> Result<()> {
    files::copy_folder(dist, new_dist)?;
    let old = line::<String>(dist, "BUILD")?;
    name_build(new_dist, &old, id)?;
    compress(&new_dist.join(SHELL))?;
    compress(&new_dist.join(WORKER))
}

/// The addresses that the worker of a built page keeps.
pub fn listed(dist: &Path) -> Result<Vec<String>> {
    Ok(line::<Listed>(dist, "FILES")?.into_keys().collect())
}

/// The addresses of the engine that it loads when it has to send.
pub fn engine(dist: &Path) -> Result<[String; 2]> {
    let Engine { glue, wasm, .. } = line(dist, "ENGINE")?;
    Ok([glue, wasm])
}

fn finish(dist: &Path, engine: &Engine, build_id: Option<String>) -> Result<()> {
    let content = serde_json::to_string(&(list(dist)?, engine))?;
    let id = build_id.unwrap_or_else(|| files::digest(content.as_bytes())[..16].to_owned());
    set_line(dist, "ENGINE", &serde_json::to_string(engine)?)?;
    name_build(dist, UNNAMED, &id)?;
    for file in files::below(dist)? {
        compress(&file)?;
    }
    Ok(())
}

/// Page and worker learn which build they are. The page's file changes by that, and so does the list.
fn name_build(dist: &Path, old: &str, new: &str) -> Result<()> {
    let shell = dist.join(SHELL);
    let page = fs::read_to_string(&shell)?;
    let found = page.matches(old).count();
    ensure!(found == 1, "{SHELL} must name the build {old} once and does {found} times");
    fs::write(&shell, page.replace(old, new))?;
    set_line(dist, "BUILD", &quoted(new))?;
    set_line(dist, "FILES", &serde_json::to_string(&list(dist)?)?)
}

/// Every file but the worker itself, and the pictures that only an installer asks for.
fn list(dist: &Path) -> Result<Listed> {
    let mut list = Listed::new();
    for file in files::below(dist)? {
        let path = file.strip_prefix(dist)?.to_string_lossy().replace('\\', "/");
        if path != WORKER
            && !carrier::is_part(&path)
            && !["png", "br", "gz"].contains(&extension(&file))
        {
            let address = if path == SHELL { "/".to_owned() } else { format!("/{path}") };
            list.insert(address, BASE64.encode(&Sha256::digest(fs::read(&file)?)));
        }
    }
    ensure!(list.contains_key("/"), "{} holds no built page", dist.display());
    every_named_file_is_there(dist)?;
    Ok(list)
}

/// A page that names a file which was not built would come up unstyled, or not at all.
fn every_named_file_is_there(dist: &Path) -> Result<()> {
    let shell = fs::read_to_string(dist.join(SHELL))?;
    let named = ["href=", "src="].into_iter().flat_map(|name| shell.split(name).skip(1));
    for named in named {
        let address =
            named.trim_start_matches('"').split(['"', ' ', '>']).next().unwrap_or_default();
        let file = address.strip_prefix('/').filter(|file| !file.is_empty());
        if let Some(file) = file {
            let there = dist.join(file).is_file();
            ensure!(there, "{SHELL} names {file}, which was not built. Type: cargo xtask build");
        }
    }
    Ok(())
}

/// What stands in a line `const NAME = …;` of the worker's script.
fn line<T: DeserializeOwned>(dist: &Path, name: &str) -> Result<T> {
    let worker = dist.join(WORKER);
    let script =
        fs::read_to_string(&worker).with_context(|| format!("{} is missing", worker.display()))?;
    let start = format!("const {name} = ");
    let line = script.lines().find_map(|line| line.strip_prefix(&start));
    let line = line.with_context(|| format!("{WORKER} has no line `{start}…;`"))?;
    Ok(serde_json::from_str(line.trim_end_matches(';'))?)
}

fn set_line(dist: &Path, name: &str, value: &str) -> Result<()> {
    let worker = dist.join(WORKER);
    let script = fs::read_to_string(&worker)?;
    Ok(fs::write(&worker, with_line(&script, name, value)?)?)
}

/// Gives `const NAME = …;` of the worker's script another value.
fn with_line(script: &str, name: &str, value: &str) -> Result<String> {
    let start = format!("const {name} = ");
    let (lines, found) = script.lines().fold((String::new(), 0), |(mut lines, found), line| {
        let hit = line.starts_with(&start);
        let line = if hit { format!("{start}{value};") } else { line.to_owned() };
        lines.push_str(&line);
        lines.push('\n');
        (lines, found + usize::from(hit))
    });
    ensure!(found == 1, "sw.js must have one line `{start}…;` and has {found}");
    Ok(lines)
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes the compressed copies of a text beside it.
pub fn compress(file: &Path) -> Result<()> {
    for (ending, bytes) in copies(&file.to_string_lossy(), &fs::read(file)?)? {
        fs::write(beside(file, ending), bytes)?;
    }
    Ok(())
}

/// The compressed copies of a text, each with the ending of its name; none of what gains nothing.
pub fn copies(name: &str, bytes: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>> {
    if !TEXT.contains(&extension(Path::new(name))) || bytes.len() < WORTH_IT {
        return Ok(Vec::new());
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    Ok(vec![("br", brotli(bytes)?), ("gz", gzip.finish()?)])
}

/// Brotli at its strongest: done once here, read by every phone.
fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let quality = if page::is_quick() { 2 } else { 11 };
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &params)?;
    Ok(packed)
}

/// `style.css` → `style.css.br`.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn extension(file: &Path) -> &str {
    file.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built() -> tempfile::TempDir {
        let dist = tempfile::tempdir().unwrap();
        fs::write(dist.path().join("index.html"), page("words")).unwrap();
        fs::write(dist.path().join("icon.png"), "picture").unwrap();
        fs::write(dist.path().join(WORKER), include_str!("../../../public/sw.js")).unwrap();
        dist
    }

    fn page(words: &str) -> String {
        "<meta name=build content=unbuilt>".to_owned() + &format!("<p>{words}</p>").repeat(99)
    }

    fn finish(dist: &Path, id: Option<&str>) -> Result<()> {
        let engine = Engine {
            glue: "/carrier-1.js".into(),
            wasm: "/carrier-1_bg.wasm".into(),
            sha256: "=".into(),
        };
        super::finish(dist, &engine, id.map(str::to_owned))
    }

    fn worker(dist: &Path) -> String {
        fs::read_to_string(dist.join(WORKER)).unwrap()
    }

    #[test]
    fn the_worker_lists_the_page_by_digest_but_neither_itself_nor_pictures() {
        let dist = built();
        finish(dist.path(), None).unwrap();
        assert_eq!(listed(dist.path()).unwrap(), ["/"]);
        let shell = fs::read(dist.path().join(SHELL)).unwrap();
        assert!(worker(dist.path()).contains(&BASE64.encode(&Sha256::digest(shell))));
    }

    #[test]
    fn page_and_worker_know_that_they_are_of_one_build() {
        let dist = built();
        finish(dist.path(), Some("first")).unwrap();
        let shell = fs::read_to_string(dist.path().join(SHELL)).unwrap();
        assert!(shell.starts_with("<meta name=build content=first>"), "{shell}");
        assert!(worker(dist.path()).contains("const BUILD = \"first\";"));
        assert_eq!(engine(dist.path()).unwrap(), ["/carrier-1.js", "/carrier-1_bg.wasm"]);
    }

    #[test]
    fn a_changed_file_changes_the_worker_and_the_same_files_give_the_same_worker() {
        let (one, two, three) = (built(), built(), built());
        fs::write(three.path().join("index.html"), page("other")).unwrap();
        for dist in [&one, &two, &three] {
            finish(dist.path(), None).unwrap();
        }
        assert_eq!(worker(one.path()), worker(two.path()));
        assert_ne!(worker(one.path()), worker(three.path()));
    }

    /// Two builds at once once left a page that named a stylesheet which the other had replaced:
    /// it came up without any style, and nothing had said so.
    #[test]
    fn a_page_that_names_a_file_which_was_not_built_is_refused() {
        let dist = built();
        let shell = r#"<link rel="stylesheet" href="/style-1.css"/><a href="/">home</a>"#;
        fs::write(dist.path().join("index.html"), page("words") + shell).unwrap();
        let refused = finish(dist.path(), None).unwrap_err().to_string();
        assert!(refused.starts_with("index.html names style-1.css"), "{refused}");
        fs::write(dist.path().join("style-1.css"), "p{}").unwrap();
        finish(dist.path(), None).unwrap();
    }

    #[test]
    fn another_id_is_another_build_with_the_same_files() {
        let (dist, new, second) = (built(), tempfile::tempdir().unwrap(), built());
        finish(dist.path(), Some("first")).unwrap();
        under_another_id(dist.path(), new.path(), "second").unwrap();
        finish(second.path(), Some("second")).unwrap();
        assert_eq!(worker(new.path()), worker(second.path()));
        assert_eq!(listed(new.path()).unwrap(), listed(dist.path()).unwrap());
    }

    #[test]
    fn compressed_copies_lie_beside_text() {
        let dist = built();
        finish(dist.path(), None).unwrap();
        let page = dist.path().join("index.html");
        let mut plain = Vec::new();
        let packed = fs::read(beside(&page, "br")).unwrap();
        brotli::BrotliDecompress(&mut &packed[..], &mut plain).unwrap();
        assert_eq!(plain, fs::read(&page).unwrap());
        assert!(beside(&page, "gz").is_file());
        assert!(!dist.path().join("icon.png.br").exists());
    }

    #[test]
    fn a_worker_without_the_two_lines_is_refused() {
        let error = with_line("const OTHER = 1;", "FILES", "{}").unwrap_err();
        assert_eq!(error.to_string(), "sw.js must have one line `const FILES = …;` and has 0");
    }
}
