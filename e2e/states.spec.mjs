// 上报箱: each state that a report can be in, reached by a fault as it happens, in the words that a
// person reads. `已存手机`, `文字已送达`, `已送达` and `等你补一句` are reached in the other files too.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { injected } from "./rig/faults.mjs";
import { atTheEndpoint, ENDPOINT, onThePhone, verifies } from "./rig/kept.mjs";
import { delivered, Opened, Row, sendNow } from "./rig/outbox.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";
import { Worker } from "./rig/worker.mjs";

const INSTANCE = "urn:uuid:01a205c2-27e0-7123-9122-334455667788";
const DELIVERED = "已送达（演示服务）";

test("a report that the endpoint fails over eight times is put aside, and its neighbour arrives", async ({
  endpoint,
  phone,
}) => {
  // One report made the endpoint fail, and whatever was written after it waited behind it.
  await phone.open();
  await phone.isKept();
  // What the worker asks does not pass through the page: here nobody wakes it.
  await phone.context.addInitScript(() => (SyncManager.prototype.register = async () => {}));
  await endpoint.offline();
  const { page } = phone;
  for (const words of ["卡住收件处的", "后面的一件"]) {
    await page.goto(`${endpoint.url}/report?another=1`);
    await new Report(page).write({ words });
  }
  let failed = 0;
  await page.route("**/sync/v1/items", async (route) => {
    if (!route.request().postData()?.includes("卡住收件处的")) return route.continue();
    // As the endpoint's own answer in all but its outcome.
    const hello = await page.request.get(`${endpoint.url}/sync/v1/hello`);
    const headers = { ...hello.headers(), "content-type": "application/problem+json" };
    delete headers["content-length"];
    failed += 1;
    const problem = { type: "/problems/busy", title: "Busy", status: 503, detail: "", instance: INSTANCE };
    await route.fulfill({ status: 503, headers, body: JSON.stringify(problem) });
  });
  await endpoint.online();
  await page.goto(`${endpoint.url}/outbox`);
  const stuck = page.locator("[data-row]").filter({ hasText: "已存手机" });
  await expect(page.getByText(DELIVERED)).toHaveCount(1, { timeout: 30_000 });
  await expect(async () => {
    await sendNow(page);
    await expect(stuck.getByText(/几次都卡在这一件上/)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  expect(failed).toBeGreaterThanOrEqual(8);
  await expect(page.getByText(DELIVERED)).toHaveCount(1);
  expect(atTheEndpoint(endpoint)).toHaveLength(1);

  await page.unroute("**/sync/v1/items");
  await sendNow(page);
  await expect(page.getByText(DELIVERED)).toHaveCount(2, { timeout: 30_000 });
  expect(atTheEndpoint(endpoint)).toHaveLength(2);
});

test("a report that a restored endpoint has lost is offered again, and both receipts are kept and shown", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  await new Report(phone.page).write({ words: "备份里有的" });
  await delivered(phone.page);
  const backup = endpoint.folder();
  const tool = (...given) => execFileSync(ENDPOINT, given, { encoding: "utf8" });
  tool("backup", "--data", endpoint.data, "--to", backup);
  await phone.page.goto(`${endpoint.url}/report?another=1`);
  await new Report(phone.page).write({ words: "备份以后的", photos: 1 });
  await delivered(phone.page);
  const fault = injected("S12", "the endpoint was restored from a backup older than the last report");
  const restored = join(endpoint.folder(), "data");
  tool("restore", "--from", backup, "--data", restored);
  // It hears what the endpoint lacks, and then nothing more comes through.
  await endpoint.rules([{ path: "/sync/v1/items", fault: "silence" }]);
  await endpoint.restart(["--data", restored]);
  expect(atTheEndpoint(endpoint)).toHaveLength(1);
  await phone.page.reload();
  const first = phone.page;
  await expect(first.locator("[data-row]").first().getByText("正在送")).toBeVisible({ timeout: 30_000 });
  // Another tab is not the one that sends: it reads how the report stands on the phone.
  const other = await phone.context.newPage();
  await other.goto(`${endpoint.url}/outbox`);
  const row = new Row(other);
  await row.says("已存手机");
  await row.explains(/收件处从旧备份恢复过，这一件它那里没有了/);
  await expect(other.locator("[data-row]").last().getByText(DELIVERED)).toBeVisible();

  await first.close();
  phone.page = other;
  await endpoint.online();
  await sendNow(other);
  await row.says(DELIVERED);
  expect(atTheEndpoint(endpoint)).toMatchObject([{ blobs: 0 }, { blobs: 1, blobs_here: 1 }]);
  const { phone: record, rows } = await onThePhone(other);
  const newest = rows.at(-1);
  expect(newest.receipts).toHaveLength(2);
  for (const receipt of newest.receipts) expect(verifies(receipt, record.keys)).toBe(true);
  const epochs = newest.receipts.map(({ receipt }) => JSON.parse(receipt).epoch);
  expect(new Set(epochs).size).toBe(2);
  await Opened.newest(endpoint, other);
  await expect(other.getByRole("heading", { name: "以前的回执", exact: true })).toBeVisible();
  await expect(other.getByText("给别人核对")).toHaveCount(2);
  fault.observed("said as what it is, sent again with its photo; a receipt of each life, both shown");
});

test.describe("with Background Sync", () => {
  test.use({ phoneOptions: { permissions: ["background-sync"] } });

  test("what the worker brought is not called delivered before a page has checked the receipt", async ({
    endpoint,
    phone,
  }) => {
    await phone.open();
    await phone.isKept();
    await expect.poll(async () => (await onThePhone(phone.page)).phone.keys?.length).toBe(1);
    await endpoint.offline();
    await phone.page.goto(`${endpoint.url}/report`);
    await new Report(phone.page).write({ words: "后台送出去的" });
    await phone.page.goto("about:blank");
    await endpoint.online();
    const worker = await Worker.of(phone, endpoint);
    await worker.wake();
    await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
    await worker.rests();

    // A page that the browser has frozen holds the lock: this one cannot check anything yet.
    const frozen = await phone.context.newPage();
    phone.allow(/favicon\.ico/);
    await frozen.goto(`${endpoint.url}/manifest.webmanifest`);
    await frozen.evaluate(() => {
      localStorage.setItem("poshang.beat", JSON.stringify(Date.now()));
      const held = new Promise((release) => (globalThis.release = release));
      return new Promise((holds) => navigator.locks.request("outbox", () => (holds(), held)));
    });
    await phone.open("/outbox");
    const row = new Row(phone.page);
    await row.says("已存手机");
    await expect(phone.page.getByText(DELIVERED)).toHaveCount(0);
    const [brought] = (await onThePhone(phone.page)).rows;
    expect(brought.delivery).toEqual({ is: "arrived" });
    await frozen.evaluate(() => release());
    await row.says(DELIVERED);
    expect((await onThePhone(phone.page)).rows[0].receipts).toHaveLength(1);
  });
});
