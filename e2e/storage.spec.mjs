// The phone's storage: closed under the page, emptied, damaged, full; crates/fault-log/catalogue.csv
// has the list.
import { injected } from "./rig/faults.mjs";
import { atTheEndpoint, onThePhone } from "./rig/kept.mjs";
import { delivered, Row, sendNow } from "./rig/outbox.mjs";
import { Report, writtenOffline } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const BREAKING = new URL("./rig/breaking.js", import.meta.url).pathname;

/** Runs in a page of the same origin that is not the app, so that nobody has the database open. */
async function behindItsBack(phone, act, given) {
  phone.allow(/favicon\.ico/);
  await phone.page.goto(new URL("/manifest.webmanifest", phone.page.url()).href);
  await phone.page.evaluate(act, given);
}

const deleteDatabase = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase("poshang");
    request.onsuccess = resolve;
    request.onerror = request.onblocked = reject;
  });

/** Texts in the mirror, by the names of their rows. */
const mirrored = (page) =>
  page.evaluate(async () => {
    const keys = await (await caches.open("mirror.poshang")).keys();
    return keys.map((it) => new URL(it.url).pathname).filter((it) => it.startsWith("/mirror/rows/"));
  });

for (const how of ["begin", "request", "commit", "told"]) {
  test(`a database that is closed again and again (${how}) is opened each time, and the report arrives once`, async ({
    endpoint,
    phone,
  }) => {
    // iOS closes the database of a page that is short of memory. Every step after that failed until
    // somebody loaded the page again, and what had been typed meanwhile was lost.
    await phone.open();
    await phone.context.addInitScript({ path: BREAKING });
    await phone.open("/report");
    const fault = injected("C8", `the database was closed at every third transaction (${how})`);
    await phone.page.evaluate((how) => breakEvery(how, 3), how);
    await new Report(phone.page).write({ photos: 1, words: "内存不够的时候写的" });
    // The same page, never loaded again.
    await phone.page.getByRole("link", { name: /上报箱/ }).last().click();
    await new Row(phone.page).says("已送达（演示服务）");
    await phone.page.evaluate(() => breakNext("begin", 0));
    const [item, ...others] = atTheEndpoint(endpoint);
    expect(others).toEqual([]);
    expect(item).toMatchObject({ blobs: 1, blobs_here: 1 });
    expect(JSON.parse(item.sealed).body.words).toBe("内存不够的时候写的");
    const { phone: record } = await onThePhone(phone.page);
    expect(record.device.last_dseq).toBe(1);
    fault.observed("each step done anew on a new connection without a reload; one report, one number");
  });
}

test("a database that closes for ever is said, and what was typed stays on the screen", async ({
  phone,
}) => {
  await phone.open();
  await phone.context.addInitScript({ path: BREAKING });
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.upToTheWords("黄桷树旁边");
  const box = phone.page.getByLabel("写几句");
  await box.fill("第一句");
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  const fault = injected("C8", "every transaction of the page failed from now on");
  await phone.page.evaluate(() => breakNext("begin", 1e9));
  await box.fill("第一句，第二句");
  await expect(phone.page.getByText("没存住，字只在屏幕上")).toBeVisible();
  await expect(box).toHaveValue("第一句，第二句");
  await phone.page.evaluate(() => breakNext("begin", 0));
  await box.fill("第一句，第二句，第三句");
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  await expect(phone.page.getByText("没存住，字只在屏幕上")).toBeHidden();
  expect((await onThePhone(phone.page)).drafts[0].words).toBe("第一句，第二句，第三句");
  fault.observed("没存住 with the words still in the box, and kept as soon as the storage works");
});

test("a database that comes back empty is noticed, its texts come back and the endpoint is told", async ({
  endpoint,
  phone,
}) => {
  // A crash once left Chromium with an empty database: 300 rows before, none after, and the page
  // said 这里还没有东西 to somebody who had written all morning.
  await phone.open("/report");
  await new Report(phone.page).write({ words: "早就送到的" });
  await delivered(phone.page);
  await expect.poll(() => mirrored(phone.page)).toEqual([]);
  await endpoint.offline();
  await phone.open("/report?another=1");
  await new Report(phone.page).write({ words: "有照片的", photos: 1 });
  await phone.open("/report?another=1");
  await new Report(phone.page).write({ words: "只有字的" });
  await expect.poll(async () => (await mirrored(phone.page)).length).toBe(2);
  const before = (await onThePhone(phone.page)).rows;
  const fault = injected("C9", "the database was deleted behind the page's back");
  await behindItsBack(phone, deleteDatabase);

  await phone.open("/outbox");
  await expect(phone.page.getByText("手机里的存储出过差错")).toBeVisible();
  await expect(phone.page.getByText(/2 件没送到的/)).toBeVisible();
  await expect(phone.page.getByText(/1 张照片不在/)).toBeVisible();
  await expect(phone.page.locator("[data-row]")).toHaveCount(2);
  await endpoint.online();
  await sendNow(phone.page);
  await expect(phone.page.getByText("已送达（演示服务）")).toHaveCount(1, { timeout: 30_000 });
  await expect(phone.page.getByText(/照片不在这部手机里了，这一部分/)).toBeVisible();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(4);
  const stored = atTheEndpoint(endpoint).map((item) => ({ ...item, ...JSON.parse(item.sealed) }));
  const texts = before.filter((row) => row.delivery.is === "sealed");
  for (const row of texts) {
    expect(stored.filter((item) => item.sealed === row.sealed)).toHaveLength(1);
  }
  expect(new Set(stored.map((item) => item.device)).size, "the same device").toBe(1);
  expect(stored.map((item) => item.dseq).sort()).toEqual([1, 2, 3, 4]);
  const probe = stored.find((item) => item.kind === "probe");
  expect(probe.body).toMatchObject({ what: "storage_forgot", found_dseq: 0, last_dseq: 3, texts: 2 });

  // It is said until it is read, and then no more.
  await phone.page.reload();
  await phone.page.getByRole("button", { name: "知道了" }).click();
  await phone.page.reload();
  await expect(phone.page.locator("[data-row]")).toHaveCount(2);
  await expect(phone.page.getByText("手机里的存储出过差错")).toBeHidden();
  fault.observed("said in 上报箱, both texts sent as they were sealed, once; a probe tells the endpoint");
});

test("a row that cannot be read hides no other, and comes back from the mirror if it is there", async ({
  endpoint,
  phone,
}) => {
  await writtenOffline(endpoint, phone, { words: "好的一件" });
  await phone.open("/report?another=1");
  await new Report(phone.page).write({ words: "坏掉的一件" });
  await expect.poll(async () => (await mirrored(phone.page)).length).toBe(2);
  const before = (await onThePhone(phone.page)).rows;
  const { key } = before.find((row) => JSON.parse(row.sealed).body.words === "坏掉的一件");
  const spoil = async (name) => {
    const asked = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
    const db = await asked(indexedDB.open("poshang"));
    await asked(db.transaction("rows", "readwrite").objectStore("rows").put({ json: "{", todo: 1 }, name));
    db.close();
  };
  const fault = injected("C9", "a row in the database was overwritten with half a text");
  await behindItsBack(phone, spoil, `${key.id}.${key.rev}`);
  await phone.open("/outbox");
  await expect(phone.page.getByText(/1 件没送到的/)).toBeVisible();
  await expect(phone.page.locator("[data-row]")).toHaveCount(2);

  // With no mirror either, it is counted and stays, and the other one still goes.
  await behindItsBack(phone, () => caches.delete("mirror.poshang"));
  await phone.page.evaluate(spoil, `${key.id}.${key.rev}`);
  await phone.open("/outbox");
  await expect(phone.page.getByText(/1 条记录读不出来/)).toBeVisible();
  await endpoint.online();
  await sendNow(phone.page);
  await new Row(phone.page).says("已送达（演示服务）");
  const words = atTheEndpoint(endpoint).map((item) => JSON.parse(item.sealed).body.words);
  expect(words).toContain("好的一件");
  fault.observed("mended from the mirror; without one counted and kept, and its neighbour arrived");
});

test("an upgrade of the database that the battery ends costs nothing, and is done again", async ({
  endpoint,
  phone,
}) => {
  await writtenOffline(endpoint, phone, { photos: 1, words: "升级的时候没电了" });
  // Whether it was tried meanwhile is another matter.
  const asSealed = async () =>
    (await onThePhone(phone.page)).rows.map(({ waits, tried, ...row }) => row);
  const before = await asSealed();
  // As a later build would: a store more, nothing taken away. It never comes to its end.
  await phone.page.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open("poshang", 3);
        request.onupgradeneeded = () => {
          const store = request.result.createObjectStore("later");
          const again = (nth) => (store.put(nth, nth).onsuccess = () => again(nth + 1));
          again(0);
          resolve();
        };
      }),
  );
  const fault = injected("C18", "the browser was killed in the middle of an upgrade");
  await phone.kill();

  await phone.open("/outbox");
  await new Row(phone.page).says("已存手机");
  expect(await asSealed()).toEqual(before);
  await phone.page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open("poshang", 3);
        request.onupgradeneeded = () => request.result.createObjectStore("later");
        request.onsuccess = () => resolve(request.result.close());
        request.onerror = () => reject(request.error);
      }),
  );
  await endpoint.online();
  await phone.page.reload();
  await delivered(phone.page);
  expect(atTheEndpoint(endpoint)).toMatchObject([{ blobs: 1, blobs_here: 1 }]);
  fault.observed("every row as it was; upgraded the second time, and this build sent from there");
});
