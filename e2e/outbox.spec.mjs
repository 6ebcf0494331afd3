// 上报箱: what a person can do with what it keeps, how it asks after a day and after three, and a
// thousand reports on a poor phone.
import { injected } from "./rig/faults.mjs";
import { atTheEndpoint, onThePhone } from "./rig/kept.mjs";
import { Opened, Row, sendNow, tellOnline } from "./rig/outbox.mjs";
import { damageOnePhoto, manyMore } from "./rig/storage.mjs";
import { Report, writtenOffline } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const bodies = (endpoint) => atTheEndpoint(endpoint).map((item) => JSON.parse(item.sealed));

test("a report that is taken back before it left is read by nobody and is a draft again", async ({
  endpoint,
  phone,
}) => {
  await writtenOffline(endpoint, phone, { photos: 1, words: "写错了地方" });
  const opened = await Opened.newest(endpoint, phone.page);
  await opened.takeBack(/还没送出去/);
  await opened.says("已撤回");
  await opened.explains("没送出去就撤回了，谁也看不到。");
  // Nothing of it is to be sent or was, so nothing speaks of that; and the focus is not lost.
  await expect(phone.page.getByRole("button", { name: "现在送" })).toHaveCount(0);
  await expect(opened.way).not.toContainText(/已送达|自动送/);
  await expect(phone.page.getByRole("status").filter({ hasText: "在草稿里" })).toBeFocused();
  await endpoint.online();
  await tellOnline(phone.page);
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  const [stored] = atTheEndpoint(endpoint);
  expect(stored).toMatchObject({ rev: 1, blobs: 0 });
  expect(JSON.parse(stored.sealed)).toMatchObject({ kind: "withdraw", dseq: 1, body: {} });
  expect(stored.sealed).not.toContain("写错了地方");

  // The screen that said 已存手机 after sealing tells of it too, and never of the empty row in its place.
  const [{ key }] = (await onThePhone(phone.page)).rows;
  await phone.page.goto(`${endpoint.url}/report?sealed=${key.id}`);
  await expect(phone.page.getByRole("heading", { name: "已撤回" })).toBeVisible();
  await expect(phone.page.getByText(/已送达|自动送/)).toHaveCount(0);
  await phone.page.goto(`${endpoint.url}/rescue.html`);
  await expect(phone.page.getByText("已撤回，没送出去过")).toBeVisible();
  await phone.page.goto(`${endpoint.url}/outbox?row=${key.id}.${key.rev}`);
  // Where its words are is told to whoever comes back as well, without taking the focus.
  await expect(phone.page.getByText("写的字和照片在草稿里")).toBeVisible();
  await expect(phone.page.getByRole("status").filter({ hasText: "在草稿里" })).not.toBeFocused();
  await phone.page.getByRole("link", { name: "返回" }).first().click();
  await expect(phone.page.getByText("从撤回的一件来的")).toBeVisible();
  const heading = phone.page.getByRole("heading", { name: "已撤回" });
  const takenBack = phone.page.locator("section").filter({ has: heading });
  await expect(takenBack.locator("[data-row]")).toHaveCount(1);
  await expect(phone.page.getByRole("heading", { name: "已送达" })).toHaveCount(0);
  await phone.page.getByRole("link", { name: "接着写" }).click();
  const report = new Report(phone.page);
  await expect(report.heading("看一遍，封好")).toBeVisible();
  await expect(phone.page.getByText("从撤回的一件来的")).toBeVisible();
  await expect(phone.page.getByText("写错了地方")).toBeVisible();
  await expect(phone.page.getByRole("img", { name: "照片 1" })).toBeVisible();
  await report.seal();
  await expect.poll(() => bodies(endpoint).map((it) => it.dseq)).toEqual([1, 2]);
  expect(bodies(endpoint)[1].body.words).toBe("写错了地方");
});

test("a report that has arrived is taken back by an item of its own", async ({ endpoint, phone }) => {
  await phone.open("/report");
  await new Report(phone.page).write({ words: "后来修好了" });
  const opened = await Opened.newest(endpoint, phone.page);
  await opened.says("已送达（演示服务）");
  await endpoint.offline();
  await opened.takeBack(/已经送达/);
  await opened.says("已撤回");
  await opened.explains(/撤回还没告诉收件处/);
  await endpoint.online();
  await sendNow(phone.page);
  await opened.explains("收件处知道撤回了。");
  const [report, withdrawal] = bodies(endpoint);
  expect(withdrawal).toMatchObject({ kind: "withdraw", dseq: 2, body: { of: report.id } });
  // Taken back, it is still one thing of 上报箱, and its words are in a draft.
  await phone.page.goto(`${endpoint.url}/outbox`);
  await expect(phone.page.locator("[data-row]")).toHaveCount(1);
  await new Row(phone.page).says("已撤回");
  await expect(phone.page.getByText("后来修好了")).toBeVisible();
});

test("a change of mind about taking a report back changes nothing", async ({ endpoint, phone }) => {
  await writtenOffline(endpoint, phone);
  const opened = await Opened.newest(endpoint, phone.page);
  await phone.page.getByRole("button", { name: "撤回", exact: true }).click();
  await phone.page.getByRole("dialog").getByRole("button", { name: "不撤回" }).click();
  await opened.says("已存手机");
  await expect(phone.page.getByRole("button", { name: "撤回", exact: true })).toBeFocused();
  expect((await onThePhone(phone.page)).drafts).toHaveLength(0);
});

// The question was part of what is drawn anew when a delivery changes a row: it closed under the
// finger of a person who was reading it.
test("a delivery does not take a question away, and the question tells the new truth", async ({
  endpoint,
  phone,
}) => {
  await writtenOffline(endpoint, phone);
  await Opened.newest(endpoint, phone.page);
  await phone.page.getByRole("button", { name: "撤回", exact: true }).click();
  const asked = phone.page.getByRole("dialog");
  await expect(asked).toContainText("还没送出去");
  await endpoint.online();
  await phone.page.evaluate(() => dispatchEvent(new Event("online")));
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  await expect(asked).toContainText("已经送达");
  await asked.getByRole("button", { name: "不撤回" }).click();
  await expect(phone.page.getByRole("button", { name: "撤回", exact: true })).toBeFocused();
});

// A dialog comes up under the finger: a second quick tap had answered it unread, and a draft was gone.
test("the second of two quick taps answers no question that has just come up", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.noPhoto();
  await report.kind();
  await expect(phone.page.getByText("草稿已存手机")).toBeVisible();
  await phone.page.goto(`${endpoint.url}/outbox`);
  const ask = phone.page.getByRole("button", { name: "删掉草稿" });
  const dialog = phone.page.getByRole("dialog", { name: "删掉这份草稿？" });
  await ask.click();
  const { x, y, width, height } = await dialog
    .getByRole("button", { name: "删掉草稿" })
    .boundingBox();
  const at = [x + width / 2, y + height / 2];
  await dialog.getByRole("button", { name: "留着，接着写" }).click();
  // The button that asks stands where the one that answers will.
  await ask.evaluate((button, [left, top]) => {
    const { style } = button;
    [style.position, style.left, style.top, style.zIndex] = ["fixed", `${left}px`, `${top}px`, "99"];
  }, at);
  await phone.page.mouse.click(at[0] + 8, at[1] + 8, { clickCount: 2, delay: 60 });
  await expect(dialog).toBeVisible();
  await phone.page.waitForTimeout(500);
  await expect(dialog, "neither answer was given").toBeVisible();
  expect((await onThePhone(phone.page)).drafts).toHaveLength(1);
});

// The draft of a change looked like any other, and its question said that all would be gone.
test("a change that is thrown away leaves the report as it is", async ({ endpoint, phone }) => {
  await writtenOffline(endpoint, phone, { words: "栏杆断了" });
  await Opened.newest(endpoint, phone.page);
  await phone.page.getByRole("button", { name: "改一改" }).click();
  await expect(new Report(phone.page).heading("看一遍，封好")).toBeVisible();
  await phone.page.goto(`${endpoint.url}/outbox`);
  await expect(phone.page.getByText("改的是已经报过的一件")).toBeVisible();
  await phone.page.getByRole("button", { name: "删掉草稿" }).click();
  const asked = phone.page.getByRole("dialog", { name: "不改了？" });
  await expect(asked).toContainText("原来报的那一件还在");
  await asked.getByRole("button", { name: "删掉草稿" }).click();
  await expect(phone.page.getByText("改的是已经报过的一件")).toHaveCount(0);
  // What was pressed went with its row: a keyboard goes on from the list.
  await expect(phone.page.locator("#app .body")).toBeFocused();
  await new Row(phone.page).says("已存手机");
  expect((await onThePhone(phone.page)).drafts).toHaveLength(0);
});

// Whoever changed a delivered report and had no network found no number to say on the telephone.
test("a change that waits says what it is, and leaves number and proof in sight", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  const report = new Report(phone.page);
  await report.write({ words: "栏杆断了" });
  const opened = await Opened.newest(endpoint, phone.page);
  await opened.says("已送达（演示服务）");
  const number = await phone.page.locator(".receipt .no").first().textContent();
  await endpoint.offline();
  await phone.page.getByRole("button", { name: "改一改" }).click();
  await expect(phone.page.getByText("封好以后就是第 2 稿")).toBeVisible();
  await report.seal();
  await expect(phone.page.getByText("改过的这一稿存好了")).toBeVisible();
  await Opened.newest(endpoint, phone.page);
  await opened.says("已存手机");
  await expect(phone.page.locator(".receipt .no").first()).toHaveText(number);
  await expect(phone.page.getByText("这是第 1 稿的回执")).toBeVisible();
  await phone.page.goto(`${endpoint.url}/rescue.html`);
  await expect(phone.page.getByText("第 2 稿 · 已存手机，还没送到")).toBeVisible();
  await expect(phone.page.locator("#rows li")).toHaveCount(1);
  await expect(phone.page.locator("#rows li")).toContainText("台阶护栏破损");
});

test("a change makes the next revision, and both are sent once", async ({ endpoint, phone }) => {
  await writtenOffline(endpoint, phone, { words: "栏杆断了" });
  const opened = await Opened.newest(endpoint, phone.page);
  await phone.page.getByRole("button", { name: "改一改" }).click();
  const report = new Report(phone.page);
  await expect(report.heading("看一遍，封好")).toBeVisible();
  await phone.page.getByRole("button", { name: "改：细节" }).click();
  await report.words("栏杆断了，底下是车道");
  // In the middle of it the phone is put away, and the first revision goes out meanwhile.
  await phone.page.waitForTimeout(1_200);
  await endpoint.online();
  await phone.page.reload();
  await expect(phone.page.getByLabel("写几句")).toHaveValue("栏杆断了，底下是车道");
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  await report.button("改好了，回去看一遍").click();
  await report.seal();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(2);
  const [first, second] = bodies(endpoint);
  expect([first.rev, second.rev, second.id]).toEqual([1, 2, first.id]);
  expect([first.body.words, second.body.words]).toEqual(["栏杆断了", "栏杆断了，底下是车道"]);
  expect(second.secret_sha256).toBe(first.secret_sha256);

  await Opened.newest(endpoint, phone.page);
  await opened.says("已送达（演示服务）");
  await expect(phone.page.getByText("栏杆断了，底下是车道")).toBeVisible();
  await expect(phone.page.getByText(/^第 1 稿/)).toBeVisible();
});

test("a report whose photo was damaged goes out anew with another one", async ({
  endpoint,
  phone,
}) => {
  await writtenOffline(endpoint, phone, { photos: 1, words: "照片坏了也要报" });
  await damageOnePhoto(phone.page);
  await endpoint.online();
  const opened = await Opened.newest(endpoint, phone.page);
  await opened.says("等你补一句");
  await phone.page.getByRole("button", { name: "改好再送" }).click();
  const report = new Report(phone.page);
  await expect(report.heading("拍一张现场")).toBeVisible();
  await report.photo();
  await report.button("改好了，回去看一遍").click();
  await report.seal();
  await phone.page.goto(`${endpoint.url}/outbox`);
  await new Row(phone.page).says("已送达（演示服务）");
  await expect(phone.page.getByRole("heading", { name: "等你" })).toHaveCount(0);
  expect(atTheEndpoint(endpoint)).toMatchObject([
    { rev: 1, blobs: 1, blobs_here: 1 },
    { rev: 2, blobs: 1, blobs_here: 1 },
  ]);
});

test("what waits for a day says so, and after three it asks to be sent or saved", async ({
  endpoint,
  phone,
}) => {
  const day = 86_400_000;
  await writtenOffline(endpoint, phone);
  const strip = phone.page.locator(".strip").filter({ hasText: "件" });
  const after = async (ms) => {
    await phone.page.clock.setFixedTime(Date.now() + ms);
    await phone.page.goto(`${endpoint.url}/outbox`);
    await new Row(phone.page).says("已存手机");
  };
  await after(day - 60_000);
  await expect(strip).toContainText("1 件在手机里等着送");
  await expect(strip).toHaveClass(/wait/);
  await after(day + 60_000);
  await expect(strip).toContainText("有的超过一天了");
  await expect(strip).toHaveClass(/needs/);
  await after(3 * day + 60_000);
  await expect(strip).toContainText("有的超过三天了");
  await expect(strip.getByRole("button", { name: "现在送" })).toBeVisible();
  await strip.getByRole("link", { name: "存一份到文件" }).click();
  await expect(phone.page).toHaveURL(/rescue\.html/);
});

// 998 reports, two drafts: an endpoint asks whoever sends more than a thousand at once to wait.
test("a thousand things are scrolled, one is opened and mended, and all arrive once", async ({
  endpoint,
  phone,
}) => {
  test.setTimeout(300_000);
  const page = await phone.open();
  await phone.isKept();
  await endpoint.offline();
  await page.goto(`${endpoint.url}/report`);
  await new Report(page).write({ photos: 1, words: "最早的一件" });
  await page.goto(`${endpoint.url}/report?another=1`);
  await new Report(page).write({ words: "照着写的" });
  await manyMore(page, 996);
  for (const words of ["草稿一", "草稿二"]) {
    await page.goto(`${endpoint.url}/report?another=1`);
    const draft = new Report(page);
    await draft.upToTheWords();
    await draft.words(words);
    await expect(page.getByText("草稿已存手机")).toBeVisible();
  }
  await damageOnePhoto(page);
  const devtools = await phone.context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  const fault = injected("C24", "998 reports waited on a phone six times slower than this one");

  await page.goto(`${endpoint.url}/outbox`);
  await expect(page.getByText("998 件在手机里等着送")).toBeVisible();
  const rows = page.locator("[data-row]");
  expect(await rows.count(), "what is not looked at is not drawn").toBeLessThanOrEqual(60);
  await expect(async () => {
    await page.mouse.wheel(0, 20_000);
    await page.keyboard.press("End");
    expect(await rows.count()).toBe(998);
  }).toPass({ timeout: 120_000, intervals: [200] });
  await rows.last().click();
  await expect(page.getByText("最早的一件")).toBeVisible();

  await endpoint.online();
  await sendNow(page);
  await page.goto(`${endpoint.url}/outbox`);
  const needsYou = page.getByRole("heading", { name: "等你" });
  await expect(needsYou).toBeVisible({ timeout: 120_000 });
  await rows.first().click();
  await page.getByRole("button", { name: "改好再送" }).click();
  const report = new Report(page);
  await report.photo();
  await report.button("改好了，回去看一遍").click();
  await report.seal();
  await page.goto(`${endpoint.url}/outbox`);
  const keys = () => atTheEndpoint(endpoint).map((it) => `${it.id}.${it.rev}`);
  await expect.poll(() => keys().length, { timeout: 120_000, intervals: [2_000] }).toBe(999);
  expect(new Set(keys()).size).toBe(999);
  await expect(page.getByText("998 件", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(needsYou).toHaveCount(0);
  fault.observed("a screen of rows at first, all of them after scrolling; each of 999 revisions once");
});
