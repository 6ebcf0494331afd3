// The worker that sends while no page is open; crates/fault-log/catalogue.csv has the list.
import { injected } from "./rig/faults.mjs";
import { atTheEndpoint, onThePhone, verifies } from "./rig/kept.mjs";
import { Row } from "./rig/outbox.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";
import { Worker } from "./rig/worker.mjs";

test.use({ phoneOptions: { permissions: ["background-sync"] } });

/** A phone that has met the endpoint, wrote a report without a network, and shows no page of it. */
async function writtenAndPutAway(endpoint, phone, what) {
  await phone.open();
  await phone.isKept();
  await expect.poll(async () => (await onThePhone(phone.page)).phone.keys?.length).toBe(1);
  await endpoint.offline();
  await phone.page.goto(`${endpoint.url}/report`);
  await new Report(phone.page).write(what);
  await phone.page.goto("about:blank");
}

/** What stands on the phone, read on a page that neither sends nor checks anything. */
async function rowsOf(endpoint, phone) {
  await phone.page.goto(`${endpoint.url}/rescue.html`);
  const { rows } = await onThePhone(phone.page);
  await phone.page.goto("about:blank");
  return rows;
}

test("the worker sends while no page is open, and the next page checks the receipt with no network", async ({
  endpoint,
  phone,
}) => {
  await writtenAndPutAway(endpoint, phone, { photos: 1 });
  await endpoint.online();
  const fault = injected("C22", "the browser woke the worker with no page open");
  const worker = await Worker.of(phone, endpoint);
  await worker.wake();
  await expect.poll(() => atTheEndpoint(endpoint)).toMatchObject([{ blobs: 1, blobs_here: 1 }]);
  await worker.rests();
  const [brought] = await rowsOf(endpoint, phone);
  expect(brought.delivery).toEqual({ is: "arrived" });
  expect(brought.receipts, "nobody has checked its signature yet").toEqual([]);

  await endpoint.offline();
  await phone.open("/outbox");
  await new Row(phone.page).says("已送达（演示服务）");
  const { phone: record, rows } = await onThePhone(phone.page);
  expect(rows[0].receipts).toHaveLength(1);
  expect(verifies(rows[0].receipts[0], record.keys)).toBe(true);
  expect(atTheEndpoint(endpoint)).toHaveLength(1);
  fault.observed("text and photo at the endpoint, 已送达 after the page had checked the signature");
});

test("a worker that is stopped in the middle costs a repetition and nothing else", async ({
  endpoint,
  phone,
}) => {
  // Browsers stop a worker after half a minute or five. A queue that lived in its memory would be
  // gone, and what it had sent would be sent as something new.
  await writtenAndPutAway(endpoint, phone, { photos: 1 });
  await endpoint.rules([{ path: "/sync/v1/items", fault: { delay_ms: 2_000 } }]);
  const asked = (await endpoint.log()).length;
  const worker = await Worker.of(phone, endpoint);
  await worker.wake();
  const calls = async () => (await endpoint.log()).slice(asked).map(({ path }) => path);
  await expect.poll(calls).toContainEqual(expect.stringMatching(/hello|devices/));
  await phone.page.waitForTimeout(700);
  const fault = injected("C23", "the browser stopped the worker while its text was under way");
  await worker.stop();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  const [row] = await rowsOf(endpoint, phone);
  expect(row.delivery, "nobody heard the answer").toEqual({ is: "sealed" });

  await endpoint.online();
  await worker.wake();
  await expect.poll(() => atTheEndpoint(endpoint)).toMatchObject([{ blobs: 1, blobs_here: 1 }]);
  await worker.rests();
  await phone.open("/outbox");
  await new Row(phone.page).says("已送达（演示服务）");
  const { rows } = await onThePhone(phone.page);
  expect(rows[0].receipts).toHaveLength(1);
  expect(JSON.parse(rows[0].receipts[0].receipt).seq).toBe(1);
  expect(atTheEndpoint(endpoint)).toHaveLength(1);
  fault.observed("the next wake-up went on from what was stored: one item, its first receipt");
});

test("a worker of another build leaves the stores to the page", async ({ endpoint, phone }) => {
  await writtenAndPutAway(endpoint, phone, { photos: 1 });
  const [before] = await rowsOf(endpoint, phone);
  await endpoint.restart(["--page", endpoint.otherBuild("second")]);
  await endpoint.online();
  const worker = await Worker.of(phone, endpoint);
  await worker.update("second");
  const asked = (await endpoint.log()).length;
  const fault = injected("C7", "the worker was of a newer build than the page that kept the report");
  await worker.isWatched();
  await worker.wake();
  await worker.hasCarried();
  const calls = (await endpoint.log()).slice(asked).map(({ path }) => path);
  expect(calls.filter((path) => path.startsWith("/sync/"))).toEqual([]);
  expect(await rowsOf(endpoint, phone)).toEqual([before]);

  await phone.open("/outbox");
  await new Row(phone.page).says("已送达（演示服务）");
  expect(atTheEndpoint(endpoint)).toHaveLength(1);
  fault.observed("the worker sent and changed nothing; the page of its own build then sent");
});

test("a page without a network asks the browser to wake the worker", async ({ endpoint, phone }) => {
  await phone.open();
  await phone.isKept();
  await endpoint.offline();
  // Whoever believes the browser to be online is woken at once, so the page must not.
  await phone.page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, "onLine", { get: () => false });
    globalThis.asked = [];
    SyncManager.prototype.register = async (tag) => void globalThis.asked.push(tag);
  });
  await phone.page.goto(`${endpoint.url}/report`);
  await new Report(phone.page).write();
  await expect.poll(() => phone.page.evaluate(() => globalThis.asked)).toContain("outbox");
});
