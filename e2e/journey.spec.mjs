// One report's journey: written with no network, kept, carried once, receipted, and all that can
// happen to it on the way.
import { injected } from "./rig/faults.mjs";
import { delivered, Row, sendNow, tellOnline, waitsAndThenArrives } from "./rig/outbox.mjs";
import { atTheEndpoint, bytesOf, onThePhone, sha256, verifies } from "./rig/kept.mjs";
import { Report, writtenOffline } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

test("a report with a photo, written offline, is sent once and its receipt verifies", async ({
  endpoint,
  phone,
}) => {
  await writtenOffline(endpoint, phone, { photos: 1 });
  await phone.close();

  await phone.open("/outbox");
  await new Row(phone.page).says("已存手机");
  expect((await onThePhone(phone.page)).rows).toHaveLength(1);

  await endpoint.online();
  await sendNow(phone.page);
  await new Row(phone.page).says("已送达（演示服务）");

  const { phone: record, rows } = await onThePhone(phone.page);
  const [row] = rows;
  const stored = atTheEndpoint(endpoint);
  expect(stored).toHaveLength(1);
  expect(stored[0]).toMatchObject({ rev: 1, sha256: row.sha256, blobs: 1, blobs_here: 1 });
  expect(sha256(Buffer.from(stored[0].sealed))).toBe(row.sha256);
  expect(stored[0].sealed).toBe(row.sealed);
  expect(row.receipts).toHaveLength(1);
  expect(verifies(row.receipts[0], record.keys)).toBe(true);
  const told = JSON.parse(row.receipts[0].receipt);
  expect(told).toMatchObject({ id: row.key.id, rev: 1, sha256: row.sha256 });
  expect(sha256(await bytesOf(phone.page, row.blobs[0].sha256))).toBe(row.blobs[0].sha256);
});

for (const path of ["/sync/v1/devices", "/sync/v1/items", "/sync/v1/blobs"]) {
  test(`an answer lost after the commit of ${path} makes no second one`, async ({
    endpoint,
    phone,
  }) => {
    const fault = injected("N1", `the first answer of ${path} was thrown away`);
    await endpoint.rules([{ path, fault: "lose_answer", times: 1 }]);
    await phone.open("/report");
    await new Report(phone.page).write({ photos: 1 });
    await delivered(phone.page);
    const log = await endpoint.log();
    expect(log.filter((it) => it.done === "lose_answer")).toHaveLength(1);
    const devices = new Set(log.filter((it) => it.method === "PUT" && it.path.includes("/devices/")));
    expect(new Set([...devices].map((it) => it.path)).size).toBe(1);
    expect(atTheEndpoint(endpoint)).toHaveLength(1);
    fault.observed("one device, one item, 已送达");
  });
}

// It said that it would be sent by itself, below a landing that was reached.
test("the sealed page says when it was delivered, as soon as it is", async ({ endpoint, phone }) => {
  await writtenOffline(endpoint, phone);
  const landing = phone.page.getByRole("listitem").filter({ hasText: "已送达（演示服务）" });
  await expect(landing).toContainText("有网自动送");
  await endpoint.online();
  await tellOnline(phone.page);
  await expect(landing).toContainText(/今天 \d\d:\d\d/);
  await expect(phone.page.getByText("有网自动送")).toHaveCount(0);
});

test("a login page is not an answer: the report waits and says why", async ({
  endpoint,
  phone,
}) => {
  await phone.open();
  await phone.isKept();
  const fault = injected("N5", "every call was answered 200 with the HTML of a login page");
  await endpoint.rules([{ path: "/sync/", fault: "login_page" }]);
  await phone.open("/report");
  await new Report(phone.page).write();
  await waitsAndThenArrives(endpoint, phone.page, /要登录的 Wi-Fi/);
  fault.observed("已存手机 with its words, then 已送达 once the endpoint itself answered");
});

test("two tabs of one phone send one report", async ({ endpoint, phone }) => {
  await writtenOffline(endpoint, phone, { photos: 1 });
  const first = phone.page;
  await first.goto(`${endpoint.url}/outbox`);
  const second = await phone.context.newPage();
  await second.goto(`${endpoint.url}/outbox`);
  await endpoint.online();
  const fault = injected("C5", "two tabs were told of the network at the same moment");
  // Whoever comes first sends; a button would be gone under the other's finger.
  await Promise.all([first, second].map(tellOnline));
  await new Row(first).says("已送达（演示服务）");
  await second.reload();
  await new Row(second).says("已送达（演示服务）");
  expect(atTheEndpoint(endpoint)).toHaveLength(1);
  fault.observed("one item, both tabs say 已送达");
});

test("a photo cut in half is missing, in words, until it is whole", async ({ endpoint, phone }) => {
  const fault = injected("N3", "the line broke after 300 bytes of the photo");
  await endpoint.rules([{ method: "PUT", path: "/sync/v1/blobs", fault: { cut_body: 300 } }]);
  await phone.open("/report");
  await new Report(phone.page).write({ photos: 1 });
  await phone.page.goto(`${endpoint.url}/outbox`);
  const row = new Row(phone.page);
  await row.says("文字已送达，还差 1 张");
  expect(atTheEndpoint(endpoint)).toMatchObject([{ blobs: 1, blobs_here: 0 }]);
  await endpoint.online();
  await sendNow(phone.page);
  await row.says("已送达（演示服务）");
  expect(atTheEndpoint(endpoint)).toMatchObject([{ blobs: 1, blobs_here: 1 }]);
  fault.observed("文字已送达，还差 1 张, nothing half at the endpoint, then whole");
});

test("another endpoint gets nothing until a person accepts it, and old receipts still verify", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  await new Report(phone.page).write({ words: "第一件" });
  await delivered(phone.page);
  await endpoint.restart(["--data", endpoint.folder()]);
  await phone.page.goto(`${endpoint.url}/report?another=1`);
  await new Report(phone.page).write({ words: "第二件" });
  await phone.page.goto(`${endpoint.url}/outbox`);
  await expect(phone.page.getByRole("heading", { name: "收件处换了钥匙" })).toBeVisible();
  await expect(phone.page.getByText("和上次不是同一个").first()).toBeVisible();
  expect(atTheEndpoint(endpoint)).toHaveLength(0);
  // Nothing goes by itself now, so nothing says that it does.
  await expect(phone.page.getByText("你答应以前什么都不送")).toBeVisible();
  await expect(phone.page.getByText("自动送")).toHaveCount(0);
  await expect(phone.page.getByRole("button", { name: "现在送" })).toHaveCount(0);

  await phone.page.getByRole("button", { name: "我认得，送给它" }).click();
  await expect(phone.page.getByRole("heading", { name: "收件处换了钥匙" })).toBeHidden();
  // It is asked what it lacks, like one that was restored, and gets what this phone still keeps.
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(2);
  await expect(phone.page.getByText("已送达（演示服务）")).toHaveCount(2);
  const { phone: record, rows } = await onThePhone(phone.page);
  expect(record.keys).toHaveLength(2);
  expect(rows.map((row) => row.receipts.length)).toEqual([2, 1]);
  for (const receipt of rows.flatMap((row) => row.receipts)) {
    expect(verifies(receipt, record.keys)).toBe(true);
  }
  const [old] = rows[0].receipts;
  expect(verifies(old, [record.keys[1]])).toBe(false);
});

test("a receipt with one flipped bit does not count", async ({ endpoint, phone }) => {
  // What the worker asks does not pass through the page: here nobody wakes it.
  await phone.open();
  await phone.context.addInitScript(() => (SyncManager.prototype.register = async () => {}));
  await phone.page.goto(`${endpoint.url}/report`);
  // The feed brings receipts as well as the answer does.
  const receipts = /\/sync\/v1\/(items|changes)/;
  await phone.page.route(receipts, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/"signature":"(.)/g, (_, first) =>
      `"signature":"${first === "A" ? "B" : "A"}`,
    );
    await route.fulfill({ response: answer, body });
  });
  await new Report(phone.page).write();
  await phone.page.goto(`${endpoint.url}/outbox`);
  const row = new Row(phone.page);
  await row.says("已存手机");
  await row.explains(/回执核对不上/);
  expect((await onThePhone(phone.page)).rows[0].receipts).toEqual([]);
  await phone.page.unroute(receipts);
  await tellOnline(phone.page);
  await row.says("已送达（演示服务）");
  expect(atTheEndpoint(endpoint)).toHaveLength(1);
});
