use outbox::fetch::get;

use super::{PackError, Parks, handle::Loaded};

/// Fetches the pack that was built with this page, and the layers beside it. Without a network the
/// worker answers. Half a pack is none: nobody could tell what of it is missing.
pub async fn fetch() -> Parks {
    Parks::of(whole().await)
}

async fn whole() -> Result<Loaded, PackError> {
    let mut pack = Loaded::read(&file("pack.json").await?)?;
    if let Some(layers) = pack.layers() {
        let (osm, links) = (file(&layers.osm).await?, file(&layers.links).await?);
        pack.join((&layers.osm, &osm), (&layers.links, &links))?;
    }
    Ok(pack)
}

async fn file(name: &str) -> Result<String, PackError> {
    match get(&format!("/data/{name}")).await {
        Ok((200, text)) => Ok(text),
        Ok((status, _)) => Err(PackError::Status(status)),
        Err(_) => Err(PackError::Unreachable),
    }
}
