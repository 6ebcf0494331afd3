// The service worker: the page without a network, and a new build that waits.
import { expect, test } from "./rig/test.mjs";

const buildsKept = (page) =>
  page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("poshang-")));

test("a page opened once opens again with no network, at every address", async ({
  endpoint,
  phone,
}) => {
  const page = await phone.open();
  await expect(page.locator("#app h1").first()).toBeVisible();
  await phone.isKept();
  await phone.close();
  await endpoint.offline();
  for (const path of ["/", "/parks", "/report", "/outbox", "/me", "/nowhere"]) {
    await phone.open(path);
    await expect(phone.page.locator("#app h1").first()).toBeVisible();
  }
});

test("the worker keeps what the page has loaded without loading it twice", async ({
  endpoint,
  phone,
}) => {
  await phone.open();
  await phone.isKept();
  const log = await endpoint.log();
  const loaded = log.filter(({ upstream_status }) => upstream_status === 200);
  const paths = loaded.map(({ path }) => path).filter((path) => path !== "/sw.js");
  expect(paths).toContain("/data/pack.json");
  expect(paths).toEqual([...new Set(paths)]);
});

test("the page opens out of the cache without waking the worker", async ({ phone }) => {
  await phone.open();
  await phone.isKept();
  await phone.page.reload();
  await expect(phone.page.locator("#app h1").first()).toBeVisible();
  const sources = await phone.page.evaluate(() =>
    ["navigation", "resource"]
      .flatMap((type) => performance.getEntriesByType(type))
      .map(({ name, workerFinalSourceType }) => [new URL(name).pathname, workerFinalSourceType]),
  );
  for (const path of ["/", "/theme.js", "/boot.js", "/data/pack.json"]) {
    expect(sources).toContainEqual([path, "cache"]);
  }
});

test("a new build waits until it is told, and then clears the old one away", async ({
  endpoint,
  phone,
}) => {
  const page = await phone.open();
  await phone.isKept();
  const [first] = await buildsKept(page);
  await endpoint.restart(["--page", endpoint.otherBuild("second")]);

  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (!registration.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  expect((await buildsKept(page)).sort()).toEqual([first, "poshang-second"].sort());

  await page.evaluate(async () => {
    const { waiting } = await navigator.serviceWorker.ready;
    waiting.postMessage({ type: "skip-waiting" });
  });
  await expect.poll(() => buildsKept(page)).toEqual(["poshang-second"]);
});

test("a login page in a file's place is not kept as that file", async ({ endpoint, phone }) => {
  await phone.open();
  await phone.isKept();
  const [first] = await buildsKept(phone.page);
  await endpoint.restart(["--page", endpoint.otherBuild("second")]);
  await phone.page.evaluate(async () => {
    for (const name of await caches.keys()) {
      await (await caches.open(name)).delete("/data/pack.json");
    }
  });
  await endpoint.rules([{ path: "/data/", fault: "login_page" }]);
  await phone.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => {});
    while (registration.installing) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  const kept = await phone.page.evaluate(async () => {
    const answer = await (await caches.open("poshang-second")).match("/data/pack.json");
    return answer?.headers.get("content-type") ?? "nothing";
  });
  expect(first).not.toBe("poshang-second");
  expect(kept).toBe("nothing");
});
