// What happens to phones and their browsers; crates/fault-log/catalogue.csv has the list.
import { injected } from "./rig/faults.mjs";
import { atTheEndpoint, bytesOf, onThePhone, sha256, verifies } from "./rig/kept.mjs";
import { delivered, Row, sendNow, tellOnline, waitsAndThenArrives } from "./rig/outbox.mjs";
import { Report, writtenOffline } from "./rig/report.mjs";
import { damageOnePhoto } from "./rig/storage.mjs";
import { expect, test } from "./rig/test.mjs";

const saved = (page) => expect(page.getByText("草稿已存手机")).toBeVisible();

test("a tab that is closed while somebody types loses no word that is a second old", async ({
  phone,
}) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.upToTheWords("黄桷树旁边");
  const box = phone.page.getByLabel("写几句");
  await box.pressSequentially("栏杆断了，晚上没有灯");
  await phone.page.waitForTimeout(1_000);
  const fault = injected("C1", "the tab was closed a second after the last key");
  const other = await phone.context.newPage();
  await phone.page.close();
  await other.goto("about:blank");
  await phone.open("/report");
  await expect(phone.page.getByLabel("写几句")).toHaveValue("栏杆断了，晚上没有灯");
  fault.observed("the same question, every word of it");
});

test("a browser that is killed while a report is sealed has the draft or the report, whole", async ({
  phone,
}) => {
  // A photo was once kept in one transaction and its report in another: a crash between the two
  // left a report that named bytes which nobody had.
  for (const afterMs of [0, 5, 15, 40]) {
    await phone.open("/report?another=1");
    await phone.isKept();
    const report = new Report(phone.page);
    await report.photo();
    await report.next();
    await report.kind();
    await report.landmark();
    await report.next();
    await report.next();
    await expect(report.heading("看一遍，封好")).toBeVisible();
    const before = (await onThePhone(phone.page)).rows.length;
    const fault = injected("C2", "the browser was killed within 40 ms of the tap that seals");
    await phone.page.evaluate(() => {
      [...document.querySelectorAll("button")].find((it) => it.textContent === "封好，存手机").click();
    });
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await phone.kill();

    await phone.open("/outbox");
    const { rows, drafts } = await onThePhone(phone.page);
    expect(rows.length + drafts.length, "neither lost nor doubled").toBe(before + 1);
    for (const row of rows) {
      for (const blob of row.blobs) {
        expect(sha256(await bytesOf(phone.page, blob.sha256))).toBe(blob.sha256);
      }
    }
    for (const draft of drafts) {
      for (const photo of draft.photos) {
        expect(sha256(await bytesOf(phone.page, photo.sha256))).toBe(photo.sha256);
      }
    }
    // The next round begins with an empty desk.
    if (drafts.length > 0) {
      await phone.page.goto(new URL("/report", phone.page.url()).href);
      await new Report(phone.page).seal();
    }
    fault.observed("the draft or the report, never both, and every photo of it");
  }
});

test("a phone whose battery dies right after 已存手机 has the report", async ({ endpoint, phone }) => {
  await writtenOffline(endpoint, phone, { photos: 1, words: "封好就没电了" });
  const fault = injected("C3", "the browser was killed as soon as the screen said 已存手机");
  await phone.kill();
  await phone.open("/outbox");
  await new Row(phone.page).says("已存手机");
  const [row] = (await onThePhone(phone.page)).rows;
  expect(JSON.parse(row.sealed).body.words).toBe("封好就没电了");
  expect(sha256(Buffer.from(row.sealed))).toBe(row.sha256);
  expect(sha256(await bytesOf(phone.page, row.blobs[0].sha256))).toBe(row.blobs[0].sha256);
  fault.observed("the report and its photo, byte for byte");
});

test("a phone that dies before it noted the receipt gets the same one again", async ({
  endpoint,
  phone,
}) => {
  await phone.open();
  await phone.isKept();
  await endpoint.rules([{ path: "/sync/v1/items", fault: "lose_answer" }]);
  await phone.open("/report");
  await new Report(phone.page).write();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  const fault = injected("C4", "the browser was killed after the commit, its answer never read");
  await phone.kill();
  await endpoint.online();
  await phone.open("/outbox");
  await new Row(phone.page).says("已送达（演示服务）");
  const { phone: record, rows } = await onThePhone(phone.page);
  expect(atTheEndpoint(endpoint)).toHaveLength(1);
  expect(rows[0].receipts).toHaveLength(1);
  expect(verifies(rows[0].receipts[0], record.keys)).toBe(true);
  expect(JSON.parse(rows[0].receipts[0].receipt).seq).toBe(1);
  fault.observed("one item, its first receipt");
});

test("two tabs without locks send one report", async ({ endpoint, phone }) => {
  await phone.open();
  await phone.isKept();
  await phone.context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
  });
  await endpoint.offline();
  await phone.open("/report");
  await new Report(phone.page).write({ photos: 1 });
  const first = phone.page;
  await first.goto(`${endpoint.url}/outbox`);
  const second = await phone.context.newPage();
  await second.goto(`${endpoint.url}/outbox`);
  await endpoint.online();
  const fault = injected("C5", "two tabs sent at once in a browser without Web Locks");
  await Promise.all([first, second].map(tellOnline));
  await new Row(first).says("已送达（演示服务）");
  await second.reload();
  await new Row(second).says("已送达（演示服务）");
  expect(atTheEndpoint(endpoint)).toHaveLength(1);
  expect((await onThePhone(second)).rows[0].receipts).toHaveLength(1);
  fault.observed("one item, one receipt");
});

test("a frozen tab that holds the lock does not keep others from sending", async ({
  endpoint,
  phone,
}) => {
  // Android freezes tabs in the background. A frozen one keeps its lock for hours, and reports
  // written in the other tab waited for all that time.
  await writtenOffline(endpoint, phone);
  const first = phone.page;
  await first.goto(`${endpoint.url}/outbox`);
  await endpoint.rules([{ path: "/sync/v1/hello", fault: "silence", times: 1 }]);
  await sendNow(first);
  await expect.poll(() => first.evaluate(async () => (await navigator.locks.query()).held.length)).toBe(1);
  const devtools = await phone.context.newCDPSession(first);
  await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
  const fault = injected("C6", "the tab that holds the lock was frozen in the middle of a call");

  const second = await phone.context.newPage();
  await second.clock.install();
  await second.goto(`${endpoint.url}/outbox`);
  await new Row(second).says("已存手机");
  const inLine = async () => (await navigator.locks.query()).pending.length;
  await expect.poll(() => second.evaluate(inLine)).toBe(1);
  await second.clock.runFor(95_000);
  await new Row(second).says("已送达（演示服务）");
  expect(atTheEndpoint(endpoint)).toHaveLength(1);
  await devtools.send("Page.setWebLifecycleState", { state: "active" });
  await first.reload();
  await new Row(first).says("已送达（演示服务）");
  expect(atTheEndpoint(endpoint)).toHaveLength(1);
  fault.observed("the second tab took the lock after 90 s and sent; one item when the first thawed");
});

test("a browser that forgets everything becomes a new phone, and what arrived stays", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  await new Report(phone.page).write({ words: "第一件" });
  await delivered(phone.page);
  const devtools = await phone.context.newCDPSession(phone.page);
  const fault = injected("C12", "the browser cleared all storage of the page");
  await phone.page.goto("about:blank");
  await devtools.send("Storage.clearDataForOrigin", { origin: endpoint.url, storageTypes: "all" });
  await phone.open("/outbox");
  await expect(phone.page.getByText("这里还没有东西")).toBeVisible();
  await phone.open("/report");
  await new Report(phone.page).write({ words: "第二件" });
  await delivered(phone.page);
  const stored = atTheEndpoint(endpoint).map((item) => JSON.parse(item.sealed));
  expect(stored.map((sealed) => sealed.body.words)).toEqual(["第一件", "第二件"]);
  expect(new Set(stored.map((sealed) => sealed.device)).size).toBe(2);
  fault.observed("an empty 上报箱 that says so, a second device at the endpoint, both reports there");
});

for (const [what, years] of [["behind", -10], ["ahead", 10]]) {
  test(`a clock ten years ${what} loses and refuses nothing`, async ({ endpoint, phone }) => {
    await phone.open("/report");
    await new Report(phone.page).write({ words: "先" });
    await delivered(phone.page);
    const fault = injected("C15", `the phone's clock was set ten years ${what}`);
    await phone.context.addInitScript((off) => {
      const RealDate = Date;
      globalThis.Date = class extends RealDate {
        constructor(...given) {
          super(...(given.length ? given : [RealDate.now() + off]));
        }
        static now() {
          return RealDate.now() + off;
        }
      };
    }, years * 365 * 86_400_000);
    await phone.open("/report?another=1");
    await new Report(phone.page).write({ words: "后" });
    await phone.page.goto(`${endpoint.url}/outbox`);
    await expect(phone.page.getByText("已送达（演示服务）")).toHaveCount(2);
    const stored = atTheEndpoint(endpoint).map((item) => JSON.parse(item.sealed));
    expect(stored.map((sealed) => sealed.body.words)).toEqual(["先", "后"]);
    expect(stored[0].id < stored[1].id, "ids rise").toBe(true);
    expect(stored.map((sealed) => sealed.dseq)).toEqual([1, 2]);
    fault.observed("sent like any other, its id and number higher than the one before");
  });
}

test("a photo that is damaged in storage is shown for repair and never sent", async ({
  endpoint,
  phone,
}) => {
  await writtenOffline(endpoint, phone, { photos: 1 });
  const fault = injected("C16", "one byte of the stored photo was changed");
  await damageOnePhoto(phone.page);
  await endpoint.online();
  await phone.page.goto(`${endpoint.url}/outbox`);
  await new Row(phone.page).explains(/和封好时的不一样了/);
  expect(atTheEndpoint(endpoint)).toMatchObject([{ blobs: 1, blobs_here: 0 }]);
  fault.observed("the row says so and waits for its person; the endpoint got no byte of it");
});

test("a photo of 48 megapixels is taken in, small, and the page goes on", async ({ phone }) => {
  await phone.open("/report");
  const buffer = Buffer.from(
    await phone.page.evaluate(async () => {
      const canvas = new OffscreenCanvas(8000, 6000);
      const context = canvas.getContext("2d");
      context.fillStyle = "#7a5";
      context.fillRect(0, 0, 8000, 6000);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.5 });
      return [...new Uint8Array(await blob.arrayBuffer())];
    }),
  );
  const fault = injected("C17", "the camera gave a photo of 8000 × 6000 pixels");
  const report = new Report(phone.page);
  await report.photo({ name: "large.jpg", mimeType: "image/jpeg", buffer });
  await report.next();
  await saved(phone.page);
  const [draft] = (await onThePhone(phone.page)).drafts;
  expect(draft.photos[0]).toMatchObject({ width: 1600, height: 1200 });
  fault.observed("kept at 1600 × 1200, the next question is on the screen");
});

for (const [fault, status, slug, words] of [
  ["C19", 426, "upgrade", /这个版本太旧/],
  ["A8", 429, "slow-down", /送得太密了/],
]) {
  test(`an answer ${status} keeps the queue and says why`, async ({ endpoint, phone }) => {
    await phone.open();
    await phone.isKept();
    const hello = await (await fetch(`${endpoint.url}/sync/v1/hello`)).json();
    const told = injected(fault, `the endpoint answered ${status} to the batch`);
    await endpoint.rules([
      {
        path: "/sync/v1/items",
        fault: {
          status: {
            status,
            headers: [
              ["Sync-Protocol", "1"],
              ["Sync-Epoch", hello.epoch],
              ["Content-Type", "application/problem+json"],
              ["Retry-After", "600"],
            ],
            body: JSON.stringify({ type: `/problems/${slug}`, title: slug, status, detail: slug }),
          },
        },
      },
    ]);
    await phone.open("/report");
    await new Report(phone.page).write();
    await waitsAndThenArrives(endpoint, phone.page, words);
    told.observed("已存手机 with its words, and sent once the endpoint takes it");
  });
}
