//! From a crate to what a browser loads: compiled, given its glue, made small; the page's own cut into
//! the part that starts it and pieces that are loaded when somebody goes to their rooms (`src/rooms.rs`).

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

use crate::{
    command::{program, run},
    files,
    finish::SHELL,
    page,
    tools::TARGET,
};

/// What Rust's wasm may use, as every browser with Background Sync knows it; and as small as it gets.
const OPT: [&str; 9] = [
    "-Oz",
    "--converge",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];
/// Where the page's parts lie until they are named by their content.
const PARTS: &str = "target/page-parts/page";
/// The module that loads the pieces, as the glue imports it before it has its name.
const LOADER: &str = "./rooms.js";
/// Gives the loader what the pieces share with the start: the one module whose name stays.
const BOOT: &str = "./boot.js";
/// Where glue or wasm-opt are missing.
const TOOLS: &str = "Type: cargo xtask tools";
/// What Trunk leaves of the link that tells it to build no wasm.
const SKIPPED: &str = "<link data-trunk data-trunk-id=1 data-trunk-skip rel=rust>";
/// What every piece's file begins with.
const PIECE: &str = "room-";

/// Compiles a crate for the browser and gives it its glue, in a folder.
pub fn bind(package: &str, library: &str, target: &str, into: &Path) -> Result<()> {
    let build = ["build", "--quiet", "--locked", "--target", TARGET, "--profile", page::profile()];
    let instead = format!("Type: cargo build --release --target {TARGET} --package {package}");
    run(program("cargo", &build).args(["--package", package]), &instead)?;
    run(&mut glue(&compiled(library), target, into), TOOLS)
}

/// Puts the page's wasm into a page that is being built, and its names into `index.html`.
pub fn page_into(dist: &Path) -> Result<()> {
    let parts = Path::new(PARTS);
    let _ = fs::remove_dir_all(parts);
    fs::create_dir_all(parts)?;
    compile_page()?;
    let start = parts.join("poshang.wasm");
    let pieces = cut(&fs::read(compiled("poshang"))?, &start)?;
    let keep = |stem: &str, bytes: &[u8], ending: &str| named_into(dist, stem, bytes, ending);

    let mut loader = fs::read_to_string(parts.join(LOADER))?;
    for piece in pieces {
        let (old, stem) = (name_of(&piece), stem_of(&piece));
        let new = keep(&format!("{PIECE}{stem}"), &small(&piece)?, ".wasm")?;
        loader = renamed(&loader, &format!("./{old}"), &new)?;
    }
    let loader = keep("rooms", loader.as_bytes(), ".js")?;

    // The pieces call into the start by what the linker exports there.
    run(glue(&start, "web", parts).arg("--keep-lld-exports"), TOOLS)?;
    let script = fs::read_to_string(parts.join("poshang.js"))?;
    let script = script.replace(&format!("from \"{LOADER}\""), &format!("from \".{loader}\""));
    let script = keep("poshang", script.as_bytes(), ".js")?;
    let wasm = keep("poshang", &small(&parts.join("poshang_bg.wasm"))?, "_bg.wasm")?;

    let shell = dist.join(SHELL);
    let mut html = fs::read_to_string(&shell)?;
    html = renamed(&html, SKIPPED, "")?;
    for (old, new) in [("/rooms.js", loader), ("/poshang.js", script), ("/poshang_bg.wasm", wasm)] {
        html = renamed(&html, old, &new)?;
    }
    Ok(fs::write(&shell, html)?)
}

/// Does this file of a built page hold rooms that the first screen does not need?
pub fn is_piece(address: &str) -> bool {
    address.starts_with(&format!("/{PIECE}"))
}

/// The wasm with as few bytes as it can have; while somebody works on the page, as it is.
pub fn small(wasm: &Path) -> Result<Vec<u8>> {
    if page::is_quick() {
        return Ok(fs::read(wasm)?);
    }
    let small = wasm.with_extension("small.wasm");
    let mut opt = program("wasm-opt", &OPT);
    run(opt.arg(wasm).arg("-o").arg(&small), TOOLS)?;
    Ok(fs::read(small)?)
}

/// A file named by its content, for under such a name nothing ever changes. Says its address.
pub fn named_into(dist: &Path, stem: &str, bytes: &[u8], ending: &str) -> Result<String> {
    let name = format!("{stem}-{}{ending}", &files::digest(bytes)[..16]);
    let file = dist.join(&name);
    fs::write(&file, bytes).with_context(|| format!("{} cannot be written", file.display()))?;
    Ok(format!("/{name}"))
}

/// The cut goes along what the linker knows of the code, and it needs the names of all of it.
fn compile_page() -> Result<()> {
    let build = ["rustc", "--locked", "--target", TARGET, "--profile", page::profile()];
    let what = ["--package", "poshang", "--bin", "poshang", "--features", "cut"];
    let known = ["--", "-C", "link-arg=--emit-relocs", "-C", "strip=none"];
    let instead = format!("Type: cargo build --release --target {TARGET} --bin poshang");
    run(program("cargo", &build).args(what).args(known), &instead)
}

/// Cuts the page's wasm where `src/rooms.rs` says. Leaves what starts the page at `start`, with the
/// loader beside it, and gives the pieces' files.
fn cut(whole: &[u8], start: &Path) -> Result<Vec<PathBuf>> {
    let mut options = Options::new(whole);
    options.output_dir = Path::new(PARTS);
    options.main_out_path = start;
    options.link_name = LOADER;
    options.main_module = BOOT;
    let cut = transform(options).map_err(|error| anyhow!("the page was not cut: {error:#}"))?;
    ensure!(!cut.split_modules.is_empty(), "src/rooms.rs names no room that is loaded later");
    Ok(cut.split_modules)
}

fn glue(wasm: &Path, target: &str, into: &Path) -> Command {
    let mut bindgen = program("wasm-bindgen", &["--no-typescript", "--target", target]);
    bindgen.arg("--out-dir").arg(into).arg(wasm);
    bindgen
}

fn compiled(name: &str) -> PathBuf {
    page::target().join(format!("{TARGET}/{}/{name}.wasm", page::profile()))
}

/// `split_report.wasm` is called `report`: the tool's word for it tells a reader nothing.
fn stem_of(piece: &Path) -> String {
    let stem = piece.file_stem().unwrap_or_default().to_string_lossy();
    stem.trim_start_matches("split_").replace("chunk_", "shared-")
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Puts an address in the place of a name that stands there once.
fn renamed(text: &str, old: &str, new: &str) -> Result<String> {
    let found = text.matches(old).count();
    ensure!(found == 1, "{old} must be named once and is named {found} times");
    Ok(text.replace(old, new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_not_there_once_is_refused() {
        assert_eq!(renamed("a ./b.wasm", "./b.wasm", "/c.wasm").unwrap(), "a /c.wasm");
        let error = renamed("", "./b.wasm", "/c.wasm").unwrap_err().to_string();
        assert_eq!(error, "./b.wasm must be named once and is named 0 times");
    }

    #[test]
    fn a_piece_is_told_from_the_start_by_its_name() {
        let dist = tempfile::tempdir().unwrap();
        let stem = stem_of(Path::new("target/split_report.wasm"));
        let piece = named_into(dist.path(), &format!("{PIECE}{stem}"), b"code", ".wasm").unwrap();
        assert!(piece.starts_with("/room-report-") && is_piece(&piece), "{piece}");
        assert!(dist.path().join(&piece[1..]).is_file());
        assert!(!is_piece("/poshang-8f14e45fceea167a_bg.wasm") && !is_piece("/rooms-1.js"));
        assert_eq!(stem_of(Path::new("chunk_4.wasm")), "shared-4");
    }
}
