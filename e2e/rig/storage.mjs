// What a test does to the phone's storage behind the page's back.

/** Changes one byte of the only photo. */
export async function damageOnePhoto(page) {
  await page.evaluate(async () => {
    const asked = (request) =>
      new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const db = await asked(indexedDB.open("poshang"));
    const store = db.transaction("blobs", "readwrite").objectStore("blobs");
    const [name] = await asked(store.getAllKeys());
    const bytes = await asked(store.get(name));
    bytes[100] ^= 1;
    await asked(store.put(bytes, name));
    db.close();
  });
}

/** Seals so many reports like the newest one, each with an id, a number and a digest of its own. */
export async function manyMore(page, count) {
  await page.evaluate(async (count) => {
    const asked = (request) =>
      new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const hex = (bytes) => [...bytes].map((it) => it.toString(16).padStart(2, "0")).join("");
    const db = await asked(indexedDB.open("poshang"));
    const record = (await asked(db.transaction("rows").objectStore("rows").getAll())).at(-1);
    const like = JSON.parse(record.json);
    const made = [];
    for (let i = 1; i <= count; i++) {
      const ms = parseInt(like.key.id.replaceAll("-", "").slice(0, 12), 16) + i;
      const time = ms.toString(16).padStart(12, "0");
      const id = `${time.slice(0, 8)}-${time.slice(8)}${like.key.id.slice(13)}`;
      const parts = JSON.parse(like.sealed);
      // The members keep their order; only what must differ does.
      const sealed = JSON.stringify({ ...parts, id, dseq: like.dseq + i });
      const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sealed));
      const key = { ...like.key, id };
      const row = { ...like, key, dseq: like.dseq + i, sealed, sha256: hex(new Uint8Array(digest)) };
      made.push([{ ...record, json: JSON.stringify(row) }, `${id}.1`]);
    }
    const tx = db.transaction(["rows", "meta"], "readwrite");
    for (const [value, key] of made) tx.objectStore("rows").add(value, key);
    const meta = tx.objectStore("meta");
    const phone = JSON.parse(await asked(meta.get("phone")));
    phone.device.last_dseq += count;
    meta.put(JSON.stringify(phone), "phone");
    await new Promise((resolve) => (tx.oncomplete = resolve));
    db.close();
  }, count);
}

/** The newest row says that nothing of it has left, as an older page would have left it. */
export async function sayNothingLeft(page) {
  await page.evaluate(async () => {
    const asked = (request) =>
      new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const db = await asked(indexedDB.open("poshang"));
    const store = db.transaction("rows", "readwrite").objectStore("rows");
    const name = (await asked(store.getAllKeys())).at(-1);
    const record = await asked(store.get(name));
    const json = JSON.stringify({ ...JSON.parse(record.json), tried: false });
    await asked(store.put({ ...record, json }, name));
    db.close();
  });
}
