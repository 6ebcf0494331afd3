// The page's own door to the storage against plain JavaScript that makes the same writes.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { test } from "../e2e/rig/test.mjs";
import { ROOT } from "../e2e/rig/program.mjs";
import { measured } from "./measured.mjs";

const REPORTS = 1_000;
/** Even: the browser still clears up after the first when the second begins. */
const ROUNDS = 6;
const part = (name) => readFileSync(join(ROOT, "target", "page-parts", "bench", name));

test("a sealed report enters the storage as fast as plain JavaScript would put it there", async ({
  endpoint,
  phone,
}) => {
  // The door makes its stores when the page starts; then nobody but the two that race uses them.
  await phone.open();
  await phone.isKept();
  await phone.context.route("**/bench/*", (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1);
    const type = { html: "text/html", js: "text/javascript", wasm: "application/wasm" };
    const contentType = type[name.split(".").at(-1)];
    route.fulfill({ body: name === "door.html" ? "<h1>door</h1>" : part(name), contentType });
  });
  await phone.page.evaluate(async () => {
    for (const it of await navigator.serviceWorker.getRegistrations()) await it.unregister();
  });
  const page = await phone.open("/bench/door.html");
  await page.evaluate(load, `${endpoint.url}/bench/`);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Whoever begins takes turns.
    const order = round % 2 ? ["plain", "rust"] : ["rust", "plain"];
    const took = {};
    for (const who of order) took[who] = await page.evaluate(race, [who, REPORTS]);
    rounds.push(took);
  }
  console.log(rounds);
  const sum = (who) => rounds.reduce((ms, took) => ms + took[who], 0);
  measured({
    what: `${REPORTS} sealed reports into IndexedDB, one strict transaction each: the page's door against plain JavaScript`,
    goal: 1.1,
    value: sum("rust") / sum("plain"),
    unit: "times as long",
    how: `all of ${ROUNDS} rounds in one browser, who begins takes turns (\`bench/storage.bench.mjs\`)`,
  });
});

/** Loads the door alone. In the page. */
async function load(from) {
  globalThis.door = await import(`${from}bench_door.js`);
  await globalThis.door.default({ module_or_path: `${from}bench_door_bg.wasm` });
}

/** Milliseconds until all are on the disk, in stores that were empty before. In the page. */
async function race([who, count]) {
  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const ended = (tx) =>
    new Promise((resolve, reject) => {
      tx.oncomplete = resolve;
      tx.onabort = () => reject(tx.error);
    });
  const db = await asked(indexedDB.open("poshang"));
  const stores = ["meta", "rows", "drafts"];
  const clear = db.transaction(stores, "readwrite");
  for (const store of stores) clear.objectStore(store).clear();
  await ended(clear);

  const sealed = new door.Sealed(count);
  const rows = sealed.texts().map((text) => JSON.parse(text));
  const phone = JSON.parse(sealed.phone());
  const keep = async (row) => {
    const tx = db.transaction(stores, "readwrite", { durability: "strict" });
    const done = ended(tx);
    const [meta, kept, drafts] = stores.map((store) => tx.objectStore(store));
    const { id, rev } = row.key;
    const earlier = await asked(kept.getAll(IDBKeyRange.bound(`${id}.`, `${id}/`)));
    if (earlier.length > 0) throw new Error("sealed twice");
    JSON.parse((await asked(meta.get("phone"))) ?? "{}");
    kept.add({ json: JSON.stringify(row), todo: 1 }, `${id}.${rev}`);
    meta.put(JSON.stringify(phone), "phone");
    drafts.delete(id);
    await done;
  };
  const begun = performance.now();
  if (who === "rust") {
    if ((await sealed.keep()) !== count) throw new Error("not all were kept");
  } else {
    for (const row of rows) await keep(row);
  }
  const took = performance.now() - begun;
  const there = await asked(db.transaction("rows").objectStore("rows").count());
  if (there !== count) throw new Error(`${there} rows`);
  db.close();
  sealed.free();
  return took;
}
