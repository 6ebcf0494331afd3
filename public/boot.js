// Starts the page. The build leaves the addresses of glue and wasm in two preload links of the
// head; reading them here keeps index.html free of inline script (content security policy).

const address = (selector) => {
  const link = document.head.querySelector(selector);
  if (!link) throw new Error(`index.html has no ${selector}`);
  return link.href;
};

/** Uncovers the words that stand in index.html for the case that the page's own cannot. */
const fail = (why) => {
  console.error(why);
  document.getElementById("app").hidden = true;
  document.getElementById("failed").hidden = false;
  document.getElementById("failed-why").textContent = String(why?.message ?? why);
};

// After a panic the wasm is dead, at the start or later: the screen would not answer any more.
const failOnPanic = (event) => {
  const why = event.error ?? event.reason;
  if (why instanceof WebAssembly.RuntimeError) fail(why);
};
addEventListener("error", failOnPanic);
addEventListener("unhandledrejection", failOnPanic);

// A newer pack of the district that this phone has kept is read while the wasm is still compiled: the
// page finds it here once it runs (crates/outbox/src/cache.rs).
const keptPack = async () => {
  const cache = await caches.open("pack.poshang");
  const bytes = async (request) => [
    new URL(request.url).pathname,
    await (await cache.match(request)).arrayBuffer(),
  ];
  return Promise.all((await cache.keys()).map(bytes));
};
globalThis.keptPack = keptPack().catch(() => []);

let glue;

/** What the pieces that are loaded later (rooms-*.js) share with the wasm that is running. */
export const initSync = (...given) => glue.initSync(...given);

// No await at the top: the glue imports the loader of the pieces, and that imports this module.
const start = async () => {
  glue = await import(address('link[rel="modulepreload"]'));
  await glue.default({ module_or_path: address('link[rel="preload"][type="application/wasm"]') });
};
start().catch(fail);
