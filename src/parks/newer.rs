//! A newer pack than that of this build: fetched and checked apart from it, kept beside it, and
//! used from the next opening on. What is in use never changes while somebody writes.

use std::cell::RefCell;

use model::hex::PackId;
use outbox::{
    cache::{Texts, read_at_start},
    fetch::{get, get_anew},
};
use wasm_bindgen::JsValue;

use super::{
    PackError,
    handle::{Loaded, Parks},
};

/// Not one of the names `poshang-…`, which the service worker drops with an old build.
const CACHE: &str = "pack.poshang";
/// What is built with the page, and what the endpoint has beside it: a kept pack has these names.
const BUILT: &str = "/data/";
const OFFERED: &str = "/pack/";
/// Written last: it names the other files, so that a kept pack is whole or not there.
const PACK: &str = "pack.json";
/// No pack is as large. The first part of the shipped one is a fortieth of it.
const LARGEST: usize = 8 << 20;

/// The kept pack if there is one, else the one that was built with this page. Without a network the
/// worker answers.
pub async fn fetch() -> Parks {
    match kept_at_start().await {
        Some(pack) => Parks::of(Ok(pack)),
        None => Parks::of(read(Folder::Built).await.map(|texts| texts.pack)),
    }
}

/// The kept pack as it was read while the wasm was compiled.
async fn kept_at_start() -> Option<Loaded> {
    let mut files = read_at_start().await;
    let mut take = |name: &str| {
        let at = files.iter().position(|(path, _)| path.strip_prefix(OFFERED) == Some(name))?;
        Some(files.swap_remove(at).1)
    };
    let text = take(PACK)?;
    let files = RefCell::new(take);
    let layer = async |name: &str| {
        let missing = || PackError::Damaged(format!("{name} is missing"));
        files.borrow_mut()(name).ok_or_else(missing)
    };
    Loaded::whole(&text, layer).await.ok()
}

/// Looks whether the endpoint has a later edition than the one in use, or a build brought one, and
/// arranges for the next opening. A pack that does not pass changes nothing.
pub async fn look_for_newer(in_use: Parks) {
    let Ok(offered) = file(Folder::Offered, PACK).await else { return };
    if in_use.id() == Some(PackId::of(offered.as_bytes())) {
        return;
    }
    let Ok(built) = read(Folder::Built).await else { return };
    let offered = whole(Folder::Offered, offered).await.ok();
    let kept = kept().await;
    let kept_version = kept.as_ref().map(Loaded::version);
    let offered_version = offered.as_ref().map(|it| it.pack.version());
    match (choose(built.pack.version(), kept_version, offered_version), offered) {
        // Where there is no room for it, the next opening looks again.
        (Choice::Offered, Some(offered)) => drop(keep(&offered).await),
        (Choice::Built, _) if kept.is_some() => drop(forget().await),
        _ => {}
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Built,
    Kept,
    Offered,
}

/// The later edition. Of one edition the endpoint's is taken, then the kept one: whoever runs the
/// endpoint may have mended a fact without raising the version.
fn choose(built: &str, kept: Option<&str>, offered: Option<&str>) -> Choice {
    let kept = kept.filter(|it| *it >= built);
    let least = kept.unwrap_or(built);
    match (offered, kept) {
        (Some(offered), _) if offered >= least => Choice::Offered,
        (_, Some(_)) => Choice::Kept,
        _ => Choice::Built,
    }
}

#[derive(Clone, Copy)]
enum Folder {
    Built,
    Offered,
}

/// A pack that has passed, and the texts it was read from.
struct Whole {
    pack: Loaded,
    files: Vec<(String, String)>,
}

async fn read(folder: Folder) -> Result<Whole, PackError> {
    let text = file(folder, PACK).await?;
    whole(folder, text).await
}

/// The pack of this text, with the layers that it names.
async fn whole(folder: Folder, text: String) -> Result<Whole, PackError> {
    let files = RefCell::new(Vec::new());
    let layer = async |name: &str| {
        let text = file(folder, name).await?;
        files.borrow_mut().push((name.to_owned(), text.clone()));
        Ok(text)
    };
    let pack = Loaded::whole(&text, layer).await?;
    let mut files = files.into_inner();
    files.push((PACK.to_owned(), text));
    Ok(Whole { pack, files })
}

/// What the endpoint offers is asked for anew each time: a file that came damaged under the name of
/// its digest would else stand in the browser's own cache for a year.
async fn file(folder: Folder, name: &str) -> Result<String, PackError> {
    let answer = match folder {
        Folder::Built => get(&format!("{BUILT}{name}")).await,
        Folder::Offered => get_anew(&format!("{OFFERED}{name}")).await,
    };
    match answer {
        Ok((200, text)) if text.len() > LARGEST => {
            Err(PackError::Damaged(format!("{name} is {} MB large", text.len() >> 20)))
        }
        Ok((200, text)) => Ok(text),
        Ok((status, _)) => Err(PackError::Status(status)),
        Err(_) => Err(PackError::Unreachable),
    }
}

async fn kept() -> Option<Loaded> {
    let texts = Texts::open(CACHE).await.ok()?;
    let text = one(&texts, PACK).await?;
    let layer = async |name: &str| {
        let missing = || PackError::Damaged(format!("{name} is missing"));
        one(&texts, name).await.ok_or_else(missing)
    };
    Loaded::whole(&text, layer).await.ok()
}

async fn one(texts: &Texts, name: &str) -> Option<String> {
    texts.get(&format!("{OFFERED}{name}")).await.ok()?
}

/// The old one stays until the new one is whole.
async fn keep(whole: &Whole) -> Result<(), JsValue> {
    let texts = Texts::open(CACHE).await?;
    for (name, text) in &whole.files {
        texts.put(&format!("{OFFERED}{name}"), text).await?;
    }
    let used = |path: &String| whole.files.iter().any(|(name, _)| path.ends_with(name));
    for path in texts.paths().await?.iter().filter(|path| !used(path)) {
        texts.delete(path).await?;
    }
    Ok(())
}

/// The pack of the build is the later one.
async fn forget() -> Result<(), JsValue> {
    let texts = Texts::open(CACHE).await?;
    // The file that names the others goes first: half a pack is none.
    texts.delete(&format!("{OFFERED}{PACK}")).await?;
    for path in texts.paths().await? {
        texts.delete(&path).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_edition_is_used_and_of_one_edition_the_endpoints() {
        let (old, new) = ("2026-11-25", "2026-11-25.2");
        assert_eq!(choose(old, None, None), Choice::Built);
        assert_eq!(choose(old, None, Some(new)), Choice::Offered);
        assert_eq!(choose(old, None, Some(old)), Choice::Offered);
        assert_eq!(choose(new, None, Some(old)), Choice::Built, "an endpoint that was left behind");
        assert_eq!(choose(old, Some(new), None), Choice::Kept);
        assert_eq!(choose(old, Some(new), Some(old)), Choice::Kept);
        assert_eq!(choose(new, Some(old), Some(old)), Choice::Built, "a build with a later one");
    }
}
