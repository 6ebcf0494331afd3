// What networks do to requests; crates/fault-log/catalogue.csv has the list.
import { injected } from "./rig/faults.mjs";
import { atTheEndpoint, onThePhone, verifies } from "./rig/kept.mjs";
import { delivered, Row, sendNow, tellOnline, waitsAndThenArrives } from "./rig/outbox.mjs";
import { Report, writtenOffline } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

test("requests that arrive twice are stored once", async ({ endpoint, phone }) => {
  const fault = injected("N2", "every call under /sync/ reached the endpoint twice");
  await endpoint.rules([{ path: "/sync/", fault: "twice" }]);
  await phone.open("/report");
  await new Report(phone.page).write({ photos: 1 });
  await delivered(phone.page);
  expect(atTheEndpoint(endpoint)).toMatchObject([{ blobs: 1, blobs_here: 1 }]);
  const { phone: record, rows } = await onThePhone(phone.page);
  expect(rows[0].receipts).toHaveLength(1);
  expect(verifies(rows[0].receipts[0], record.keys)).toBe(true);
  fault.observed("one device, one item, one photo, one receipt");
});

for (const [status, headers] of [
  [302, [["Location", "/login"]]],
  [511, [["Content-Type", "text/html"]]],
]) {
  test(`a ${status} of a captive portal is not an answer`, async ({ endpoint, phone }) => {
    await phone.open();
    await phone.isKept();
    const fault = injected("N5", `every call was answered ${status} by somebody else`);
    await endpoint.rules([{ path: "/sync/", fault: { status: { status, headers, body: "<h1>" } } }]);
    await phone.open("/report");
    await new Report(phone.page).write();
    await waitsAndThenArrives(endpoint, phone.page, /要登录的 Wi-Fi/);
    fault.observed("已存手机 with its words, then 已送达");
  });
}

test("a photo that a gateway changes is not taken for the one that was sealed", async ({
  endpoint,
  phone,
}) => {
  const fault = injected("N6", "a gateway changed one byte of the photo, whole and in pieces");
  await endpoint.rules([{ path: "/sync/v1/blobs", fault: "flip_body" }]);
  await phone.open("/report");
  await new Report(phone.page).write({ photos: 1 });
  await phone.page.goto(`${endpoint.url}/outbox`);
  const row = new Row(phone.page);
  await row.says("文字已送达，还差 1 张");
  await row.explains(/路上被改动了/);
  expect(atTheEndpoint(endpoint)).toMatchObject([{ blobs: 1, blobs_here: 0 }]);
  await endpoint.online();
  await sendNow(phone.page);
  await row.says("已送达（演示服务）");
  expect(atTheEndpoint(endpoint)).toMatchObject([{ blobs: 1, blobs_here: 1 }]);
  fault.observed("refused by its digest, the row waits with its words, then whole");
});

test("a gateway that takes the token away keeps nothing from arriving later", async ({
  endpoint,
  phone,
}) => {
  await phone.open();
  await phone.isKept();
  const fault = injected("N7", "a gateway took the Authorization header away");
  await endpoint.rules([{ path: "/sync/", fault: { drop_header: "authorization" } }]);
  await phone.open("/report");
  await new Report(phone.page).write();
  await waitsAndThenArrives(endpoint, phone.page, /不认这部手机/);
  fault.observed("已存手机 with its words, then sent once by the same phone");
});

test("an endpoint that says nothing is given up, and the screen never waits for it", async ({
  endpoint,
  phone,
}) => {
  await phone.open();
  await phone.isKept();
  test.setTimeout(240_000);
  const fault = injected("N9", "the connection was taken and nothing ever came back");
  await endpoint.rules([{ path: "/sync/", fault: "silence" }]);
  await phone.open("/report");
  await new Report(phone.page).write();
  await phone.page.getByRole("link", { name: "去上报箱看" }).click();
  const row = new Row(phone.page);
  await row.says("已存手机");
  await phone.page.getByRole("link", { name: "公园" }).first().click();
  await expect(phone.page.getByRole("heading", { level: 1, name: "公园" })).toBeVisible();
  await phone.page.goBack();
  // A greeting that was under way when the report was sealed knows nothing of it: the second one,
  // half a minute later, is the report's own.
  await expect(row.row.getByText(/连不上收件处/)).toBeVisible({ timeout: 90_000 });
  await endpoint.online();
  await sendNow(phone.page);
  // A call that was already hanging when the person asked is given up first, after half a minute.
  const delivered = row.row.getByText("已送达（演示服务）", { exact: true });
  await expect(delivered).toBeVisible({ timeout: 90_000 });
  fault.observed("other screens opened at once, the call was given up, sent later");
});

// The answer to a batch stopped in its middle and never ended: the page waited for the rest of it for ever,
// and sent nothing more until it was loaded anew.
test("an answer that stops in its middle is given up too, and nothing is sent twice", async ({
  endpoint,
  phone,
}) => {
  test.setTimeout(180_000);
  await writtenOffline(endpoint, phone);
  const fault = injected("N9", "of the answer to the report all but ten bytes came, and then nothing");
  await endpoint.rules([{ path: "/sync/v1/items", fault: { unfinished: 10 }, times: 1 }]);
  await phone.page.goto(`${endpoint.url}/outbox`);
  const row = new Row(phone.page);
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  await row.says("正在送");
  await expect(row.row.getByText("已送达（演示服务）", { exact: true })).toBeVisible({ timeout: 120_000 });
  expect(atTheEndpoint(endpoint)).toHaveLength(1);
  fault.observed("given up after half a minute, asked again, one report there and its receipt here");
});

test("a browser that says online and is not costs a greeting and nothing else", async ({
  endpoint,
  phone,
}) => {
  await writtenOffline(endpoint, phone);
  await phone.page.goto(`${endpoint.url}/outbox`);
  const calls = async () => (await endpoint.log()).filter(({ path }) => path.startsWith("/sync/"));
  const asked = (await calls()).length;
  const fault = injected("N10", "the browser fired `online` with no way to the endpoint");
  await tellOnline(phone.page);
  await expect.poll(async () => (await calls()).length).toBeGreaterThan(asked);
  await new Row(phone.page).says("已存手机");
  const since = (await calls()).slice(asked);
  expect(new Set(since.map(({ path }) => path))).toEqual(new Set(["/sync/v1/hello"]));
  fault.observed("only `hello` was asked, the report stayed");
});
