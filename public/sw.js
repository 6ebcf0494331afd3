// Keeps the page on the phone, so that it opens with no network.
//
// It answers GETs of the files listed below and navigations to the page's own addresses, and
// nothing else: it never sees a POST or PUT of a page, and never answers for /sync/. A new build
// waits until the page says that nobody is in the middle of a report.
//
// Where the browser has Background Sync, it also sends what is sealed while nobody looks at a page:
// by the page's own engine (crates/carrier), loaded for that moment.

// The build fills in these three. FILES maps a path to the SHA-256 of its bytes (base64); ENGINE is
// two such files, `glue` and `wasm`, each a path, and the digest of the second.
const BUILD = "unbuilt";
const FILES = {};
const ENGINE = {};

const PREFIX = "poshang-";
const CACHE = PREFIX + BUILD;
const SHELL = "/";
/** The tag of the wake-up, and the lock that one sender holds. */
const OUTBOX = "outbox";
const SERVER_PATHS = ["/sync/", "/problems/", "/healthz", "/readyz"];

addEventListener("install", (event) => {
  event.waitUntil(Promise.all([keepAll(), shortCut(event).catch(() => {})]));
});

addEventListener("activate", (event) => event.waitUntil(dropOlder().then(() => clients.claim())));

addEventListener("message", (event) => {
  if (event.data?.type === "skip-waiting") skipWaiting();
});

addEventListener("sync", (event) => {
  if (event.tag === OUTBOX) event.waitUntil(carry());
});

addEventListener("fetch", (event) => {
  const path = listedPath(event.request);
  if (path) event.respondWith(answer(path, event.request));
});

/** All of a build or nothing of it: one wrong file and the browser drops this worker. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  const keep = async ([path, digest]) => cache.put(path, await obtain(path, digest));
  const files = Object.entries(FILES);
  if ("sync" in registration) {
    importGlue();
    files.push([ENGINE.wasm, ENGINE.sha256]);
  }
  await Promise.all(files.map(keep));
}

/**
 * A browser that knows such routes takes the listed files out of our cache without asking us, and
 * need not even start us to open the page. What the cache has lost it asks the network for, as `answer`
 * does. Where it refuses them, we answer as ever.
 */
async function shortCut(event) {
  const route = (pathname) => ({ urlPattern: { pathname, search: "" } });
  const condition = { or: Object.keys(FILES).map(route) };
  await event.addRoutes?.({ condition, source: { cacheName: CACHE } });
}

/**
 * The very bytes of this build. What the phone already has is not fetched again: first an older
 * build's copy, then the browser's own cache, the network last. The digest decides, because a
 * Wi-Fi login page answers 200 as well.
 */
async function obtain(path, digest) {
  const sources = [
    () => caches.match(path, { ignoreVary: true }),
    () => fetch(path),
    () => fetch(path, { cache: "reload" }),
  ];
  for (const source of sources) {
    const response = await source();
    if (response?.ok && !response.redirected && (await digestOf(response)) === digest) {
      return response;
    }
  }
  throw new Error(`${path} is not the file of build ${BUILD}`);
}

async function digestOf(response) {
  const bytes = await response.clone().arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest));
}

/**
 * The browser says that there is a network. Whoever looks at a page is better served by it; else the
 * rows are sent from here. Pages in the background are told either way, to show what has come of it,
 * or to send if this worker is of another build. An error means: wake me again later.
 */
async function carry() {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const seen = pages.some((page) => page.visibilityState === "visible");
  const waits = !seen && (await send());
  for (const page of pages) page.postMessage({ type: "wake" });
  if (waits) throw new Error("something still waits");
}

/**
 * Sends under the pages' own lock, if nobody has it, and says whether something still waits. A page
 * that opens meanwhile may take the lock away, since no beat is heard from here: two senders cost
 * bytes, never a second report.
 */
function send() {
  return navigator.locks.request(OUTBOX, { ifAvailable: true }, async (lock) => {
    if (!lock) return true;
    importGlue();
    await wasm_bindgen({ module_or_path: await answer(ENGINE.wasm, ENGINE.wasm) });
    return wasm_bindgen.carry(BUILD);
  });
}

/**
 * An installed worker may import only what it has imported before it was installed: the browser
 * keeps these scripts beside this one, so that they are there without a network. So once when
 * installing, and again when there is something to do; once in a worker's life, for the glue
 * declares a name.
 */
function importGlue() {
  if (typeof wasm_bindgen === "undefined") importScripts(ENGINE.glue);
}

async function dropOlder() {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
}

/** The listed file that answers this request, or null: then the network does, as without us. */
function listedPath(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return null;
  if (url.pathname in FILES) return url.pathname;
  return request.mode === "navigate" && isPage(url.pathname) ? SHELL : null;
}

/** Every address of the page, unknown ones too: they get the page's own words for "not found". */
function isPage(path) {
  const isFile = path.slice(path.lastIndexOf("/")).includes(".");
  return !isFile && !SERVER_PATHS.some((server) => path.startsWith(server));
}

/** The browser may have thrown a cache away to make room: then the network is better than nothing. */
async function answer(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
}
