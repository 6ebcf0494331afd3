// Many in one walk, and the same thing twice: all of it with no network.
import { atTheEndpoint, onThePhone } from "./rig/kept.mjs";
import { sendNow } from "./rig/outbox.mjs";
import { photoOf } from "./rig/pictures.mjs";
import { Report, writtenOffline } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const bodies = (endpoint) => atTheEndpoint(endpoint).map((item) => JSON.parse(item.sealed));

test("three snaps in a walk, then three reports, sealed at once", async ({ endpoint, phone }) => {
  const page = await phone.open();
  await phone.isKept();
  await endpoint.offline();
  await page.goto(`${endpoint.url}/report`);
  const report = new Report(page);
  for (const colour of ["red", "green", "blue"]) {
    await expect(report.heading("拍一张现场")).toBeVisible();
    await expect(page.getByText(/^存好了/)).toHaveCount(0);
    await report.photo(await photoOf(page, colour));
    await report.button("这处先拍着，去拍下一处").click();
  }
  await expect(page.getByText(/^存好了/)).toHaveCount(0);
  expect((await onThePhone(page)).drafts.map((it) => it.photos.length)).toEqual([1, 1, 1]);

  await page.goto(`${endpoint.url}/outbox`);
  const lacking = page.getByText("还差：在哪里、哪一类、看一遍");
  await expect(lacking).toHaveCount(3);
  for (const words of ["第一处", "第二处", "第三处"]) {
    await page.goto(`${endpoint.url}/outbox`);
    const unwritten = page.getByRole("listitem").filter({ has: lacking }).last();
    await unwritten.getByRole("link", { name: "接着写" }).click();
    await report.next();
    await report.kind();
    await report.landmark(`${words}的门口`);
    await report.next();
    await report.words(words);
    await report.next();
    await expect(report.heading("看一遍，封好")).toBeVisible();
    await page.getByRole("link", { name: "先不封，去看别的草稿" }).click();
    await expect(page.getByRole("heading", { name: "上报箱" })).toBeVisible();
  }
  await expect(page.getByText("写好了，可以封")).toHaveCount(3);
  await page.getByRole("button", { name: "写好的 3 份，一次封好" }).click();
  await expect(page.getByText("已存手机", { exact: true })).toHaveCount(3);
  expect((await onThePhone(page)).drafts).toEqual([]);
  await endpoint.online();
  await sendNow(page);
  await expect(page.getByText("已送达（演示服务）")).toHaveCount(3, { timeout: 30_000 });
  expect(atTheEndpoint(endpoint).every((it) => it.blobs === 1 && it.blobs_here === 1)).toBe(true);
  const sent = bodies(endpoint);
  expect(sent.map((it) => it.body.words)).toEqual(["第一处", "第二处", "第三处"]);
  expect(new Set(sent.map((it) => it.blobs[0].sha256)).size).toBe(3);
});

test("an own duplicate found offline enters the earlier report as its next revision", async ({
  endpoint,
  phone,
}) => {
  await writtenOffline(endpoint, phone, { photos: 1, words: "栏杆断了" });
  const { page } = phone;
  await page.goto(`${endpoint.url}/report?another=1`);
  const report = new Report(page);
  await report.photo(await photoOf(page, "green"));
  await report.next();
  await report.kind();
  await report.landmark();
  await report.next();
  await report.words("断得更多了");
  await report.next();
  await expect(page.getByRole("heading", { name: "是不是报过的那一处？" })).toBeVisible();
  await expect(page.getByRole("img", { name: "上次的" })).toBeVisible();
  await expect(page.getByRole("img", { name: "这次的" })).toBeVisible();
  await report.button("是同一处，补到上次那件里").click();
  await expect(page.getByRole("img", { name: "照片 2" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "是不是报过的那一处？" })).toHaveCount(0);
  await report.seal();
  const { rows, drafts } = await onThePhone(page);
  expect(drafts).toEqual([]);
  expect(rows.map((row) => row.key.rev)).toEqual([1, 2]);
  await endpoint.online();
  await page.goto(`${endpoint.url}/outbox`);
  await expect.poll(() => atTheEndpoint(endpoint).length, { timeout: 30_000 }).toBe(2);
  const [first, second] = bodies(endpoint);
  expect(second.id).toBe(first.id);
  expect(second.body.words).toBe("栏杆断了\n断得更多了");
  expect(second.blobs.map((it) => it.sha256)).toContain(first.blobs[0].sha256);
  expect(second.blobs).toHaveLength(2);
});

test("what is not the same thing is a report of its own, and is not asked about again", async ({
  endpoint,
  phone,
}) => {
  await writtenOffline(endpoint, phone, { words: "栏杆断了" });
  const { page } = phone;
  await page.goto(`${endpoint.url}/report?another=1`);
  const report = new Report(page);
  await report.upToTheWords("小卖部门口");
  await report.words("对面的栏杆");
  await report.next();
  const asked = page.getByRole("heading", { name: "是不是报过的那一处？" });
  await expect(asked).toBeVisible();
  await report.button("不是，另报一件").click();
  await expect(asked).toHaveCount(0);
  await expect(page.getByText("草稿已存手机")).toBeVisible();
  await page.reload();
  await expect(report.heading("看一遍，封好")).toBeVisible();
  await expect(asked).toHaveCount(0);
  await report.seal();
  expect(new Set((await onThePhone(page)).rows.map((row) => row.key.id)).size).toBe(2);
});

test("the same thing as a report whose words have left the phone is a report that says so", async ({
  endpoint,
  phone,
}) => {
  const page = await phone.open("/report");
  await new Report(page).write({ words: "栏杆断了" });
  await page.goto(`${endpoint.url}/outbox`);
  await expect(page.getByText("已送达（演示服务）")).toBeVisible({ timeout: 30_000 });
  // As it is after thirty days: the words are let go, what it was and where stay.
  const id = await page.evaluate(async () => {
    const asked = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
    const db = await asked(indexedDB.open("poshang"));
    const store = db.transaction("rows", "readwrite").objectStore("rows");
    const [name] = await asked(store.getAllKeys());
    const row = JSON.parse((await asked(store.get(name))).json);
    const json = JSON.stringify({ ...row, sealed: "", delivery: { is: "remainder" } });
    await asked(store.put({ json }, name));
    db.close();
    return row.key.id;
  });
  await endpoint.offline();
  await page.goto(`${endpoint.url}/report?another=1`);
  const report = new Report(page);
  await report.upToTheWords("小卖部门口");
  await report.words("还是断的");
  await report.next();
  await report.button("是同一处，补到上次那件里").click();
  await expect(page.getByText(/^记下了：和上次报的是同一处/)).toBeVisible();
  await report.seal();
  const row = (await onThePhone(page)).rows.find((it) => it.sealed);
  expect(JSON.parse(row.sealed).body.again).toEqual({ of: id, how: "same" });
});
