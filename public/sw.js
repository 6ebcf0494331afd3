// Keeps the page on the phone, so that it opens with no network.
//
// It answers GETs of the files listed below and navigations to the page's own addresses, and
// nothing else: it never sees a POST or PUT, never answers for /sync/, and stores nothing of a
// person's. A new build waits until the page says that nobody is in the middle of a report.

// The build fills in these two. FILES maps a path to the SHA-256 of its bytes (base64).
const BUILD = "unbuilt";
const FILES = {};

const PREFIX = "poshang-";
const CACHE = PREFIX + BUILD;
const SHELL = "/";
const SERVER_PATHS = ["/sync/", "/problems/", "/healthz", "/readyz"];

addEventListener("install", (event) => event.waitUntil(keepAll()));

addEventListener("activate", (event) => event.waitUntil(dropOlder().then(() => clients.claim())));

addEventListener("message", (event) => {
  if (event.data?.type === "skip-waiting") skipWaiting();
});

addEventListener("fetch", (event) => {
  const path = listedPath(event.request);
  if (path) event.respondWith(answer(path, event.request));
});

/** All of a build or nothing of it: one wrong file and the browser drops this worker. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  const keep = async ([path, digest]) => cache.put(path, await obtain(path, digest));
  await Promise.all(Object.entries(FILES).map(keep));
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
