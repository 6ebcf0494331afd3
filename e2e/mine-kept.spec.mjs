// What a person keeps of parks, under a storage that fails, in several tabs, on the page for bad days.
import { readFileSync } from "node:fs";

import { expectAccessible } from "./rig/axe.mjs";
import { injected } from "./rig/faults.mjs";
import { Phone } from "./rig/phone.mjs";
import { expect, test } from "./rig/test.mjs";

const BREAKING = new URL("./rig/breaking.js", import.meta.url).pathname;
const ZOO = "/parks/JLP-002";
const MINE = "/parks/mine";

const button = (page, name) => page.getByRole("button", { name, exact: true });
const note = (page) => page.getByRole("textbox", { name: "私人笔记" });
const keptNote = (page) => page.getByText("笔记在这部手机里了");

/** The note on the zoo as it is on the disk, read past the app. */
const onTheDisk = (page) =>
  page.evaluate(async () => {
    const asked = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
    const db = await asked(indexedDB.open("poshang"));
    const text = await asked(db.transaction("mine").objectStore("mine").get("JLP-002"));
    db.close();
    return JSON.parse(text ?? "{}").note?.text ?? "";
  });

/** Gives 我的公园 a file. */
const give = (page, parks) =>
  page.locator("#mine-file").setInputFiles({
    name: "parks.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify({ what: "poshang.mine", form: 1, parks })),
  });

test("a star set in one tab is in the other, and a hand at the note is left alone", async ({ phone }) => {
  const one = await phone.open(ZOO);
  await expect(note(one)).toBeVisible();
  const two = await phone.context.newPage();
  await two.goto(one.url());
  await button(two, "收藏").click();
  await expect(button(one, "已收藏")).toBeVisible();
  await note(one).fill("从一号口出来");
  await expect(note(two)).toHaveValue("从一号口出来");
  // Whoever has the field in hand goes on from what they see; the other note is beside theirs.
  await note(two).focus();
  await note(one).fill("从三号口出来");
  await expect(keptNote(one)).toBeVisible();
  await expect(note(two)).toHaveValue("从一号口出来");
  await note(two).fill("雨天路滑");
  await note(two).blur();
  await expect(two.getByText("从三号口出来")).toBeVisible();
  await note(one).blur();
  await expect(note(one)).toHaveValue("雨天路滑");
});

test("a note is written while somebody types without a pause, and when they leave in the middle", async ({
  phone,
}) => {
  const page = await phone.open("/parks");
  await page.getByRole("link", { name: /重庆动物园/ }).first().click();
  await expect(note(page)).toBeVisible();
  await note(page).focus();
  // Keys that come quicker than any pause, for three seconds.
  const typing = note(page).pressSequentially("坡".repeat(30), { delay: 100 });
  await expect.poll(() => onTheDisk(page), { timeout: 2_000 }).toMatch(/^坡+$/);
  await typing;
  await expect.poll(() => onTheDisk(page)).toBe("坡".repeat(30));
  await note(page).press("End");
  await note(page).pressSequentially("上");
  await page.goBack();
  await expect.poll(() => onTheDisk(page)).toBe(`${"坡".repeat(30)}上`);
});

test("what the phone does not keep is said and never shown as kept, and is tried again", async ({
  phone,
}) => {
  await phone.open();
  await phone.context.addInitScript({ path: BREAKING });
  const page = await phone.open(ZOO);
  await expect(note(page)).toBeVisible();
  const fault = injected("C8", "every transaction failed while a park was starred, stamped and written about");
  await page.evaluate(() => breakNext("begin", 1e9));
  await button(page, "收藏").click();
  await expect(page.getByRole("alert")).toContainText("手机没存下");
  await expect(button(page, "收藏")).toHaveAttribute("aria-pressed", "false");
  await button(page, "盖章").click();
  await button(page, "我确实来过，手工盖").click();
  await expect(page.getByText("盖好了。")).toHaveCount(0);
  await expect(page.getByText(/手工盖的/)).toHaveCount(0);
  await note(page).fill("存不下的时候写的");
  await expect(page.locator("#park-note-state")).toContainText("手机没存下");
  await expect(keptNote(page)).toHaveCount(0);
  await page.evaluate(() => breakNext("begin", 0));
  await note(page).blur();
  await expect(keptNote(page)).toBeVisible();
  expect(await onTheDisk(page)).toBe("存不下的时候写的");
  fault.observed("said each time, nothing shown as kept; the note is written once the storage works");
});

test("a park that has left the data keeps its name and its notes, and is deleted alone", async ({
  endpoint,
  phone,
}) => {
  const page = await phone.open(MINE);
  const at = (day) => `2026-11-${day}T12:00:00.000+08:00`;
  await give(page, [
    {
      id: "OLD-1",
      name: "拆掉的公园",
      favourite: true,
      note: { text: "有两棵黄葛树", at: at("02") },
      earlier: [{ text: "早先还有秋千", at: at("01") }],
      visits: [{ at: at("02"), how: "hand" }],
    },
    { id: "JLP-002", name: "重庆动物园", favourite: true },
  ]);
  const row = page.getByRole("listitem").filter({ hasText: "拆掉的公园" });
  await expect(row).toContainText("现在的数据里没有这一处了");
  for (const words of ["有两棵黄葛树", "早先还有秋千", "2026-11-02 到过，手工盖的"]) {
    await expect(row).toContainText(words);
  }
  await expectAccessible(page);
  await button(row, "删掉这一处").click();
  await page.getByRole("dialog").getByRole("button", { name: "留着" }).click();
  await expect(row).toBeVisible();
  await button(row, "删掉这一处").click();
  await page.getByRole("dialog").getByRole("button", { name: "删掉这一处" }).click();
  await expect(row).toHaveCount(0);
  // The other one stays, and bears a mark in the list that a screen reader says.
  await page.goto(`${endpoint.url}/me`);
  await page.getByRole("link", { name: /我的公园/ }).click();
  await expect(page.getByRole("link", { name: /重庆动物园/ })).toBeVisible();
  await page.goto(`${endpoint.url}/parks`);
  const zoo = page.getByRole("link", { name: /重庆动物园/ }).first();
  await expect(zoo).toContainText("已收藏");
  await expect(page.getByText("已收藏")).toHaveCount(1);
  await expectAccessible(page);
});

test("a storage that comes back empty is said, until it is read", async ({ endpoint, phone }) => {
  const page = await phone.open(ZOO);
  await button(page, "收藏").click();
  await expect(button(page, "已收藏")).toBeVisible();
  phone.allow(/favicon\.ico/);
  const fault = injected("C9", "the database with a starred park was deleted behind the page's back");
  await page.goto(`${endpoint.url}/manifest.webmanifest`);
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase("poshang");
        request.onsuccess = resolve;
        request.onerror = request.onblocked = reject;
      }),
  );
  await page.goto(endpoint.url + MINE);
  const lost = page.getByText("手机里的存储出过差错，1 个公园的收藏、盖章和笔记不在了");
  await expect(lost).toBeVisible();
  await page.reload();
  await button(page, "知道了").click();
  await expect(lost).toBeHidden();
  await page.reload();
  await expect(page.getByRole("heading", { name: "还没有收藏" })).toBeVisible();
  await expect(lost).toHaveCount(0);
  // What goes on purpose is not called lost.
  await give(page, [{ id: "JLP-002", name: "重庆动物园", favourite: true }]);
  await expect(page.getByRole("link", { name: /重庆动物园/ })).toBeVisible();
  await button(page, "全部删掉").click();
  await page.getByRole("dialog").getByRole("button", { name: "全部删掉" }).click();
  await expect(page.getByRole("heading", { name: "还没有收藏" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "还没有收藏" })).toBeVisible();
  await expect(lost).toHaveCount(0);
  fault.observed("said in 我的公园 with the number of parks, until a person has read it");
});

test("the page for bad days saves them to the same file, and gives way to an upgrade", async ({
  endpoint,
  phone,
}) => {
  const page = await phone.open(ZOO);
  await button(page, "收藏").click();
  await note(page).fill("带把伞");
  await expect(keptNote(page)).toBeVisible();
  await page.goto(`${endpoint.url}/rescue.html`);
  const save = button(page, "把 1 个公园的收藏、盖章和笔记存成文件");
  await expect(save).toBeVisible();
  const upgrader = await phone.context.newPage();
  phone.allow(/favicon\.ico/);
  await upgrader.goto(`${endpoint.url}/manifest.webmanifest`);
  const upgraded = await upgrader.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open("poshang", 3);
        request.onupgradeneeded = () => request.result.createObjectStore("later");
        request.onsuccess = () => resolve(request.result.close());
        request.onerror = () => reject(request.error);
        request.onblocked = () => reject(new Error("blocked"));
      }).then(() => "done", String),
  );
  expect(upgraded).toBe("done");
  const saving = page.waitForEvent("download");
  await save.click();
  const text = readFileSync(await (await saving).path(), "utf8");
  const other = new Phone(endpoint.url);
  try {
    const there = await other.open(MINE);
    await give(there, JSON.parse(text).parks);
    await expect(there.getByRole("link", { name: /重庆动物园/ })).toContainText("带把伞");
    expect(other.complaints).toEqual([]);
  } finally {
    await other.discard();
  }
});

test.describe("a browser that lets nothing be stored", () => {
  test.use({ phoneOptions: { storage: "blocked" } });

  test("has it on the page, says so, and saves it to a file", async ({ phone }) => {
    const page = await phone.open(ZOO);
    await expect(page.getByText("这个浏览器什么都存不下，收藏、盖章和笔记关上页面就没了。")).toBeVisible();
    await button(page, "收藏").click();
    await expect(button(page, "已收藏")).toBeVisible();
    await note(page).fill("只在这一页");
    await expect(page.getByText("只在这一页上，关上就没了")).toBeVisible();
    await expect(keptNote(page)).toHaveCount(0);
    await page.getByRole("link", { name: "全部收藏和盖章" }).click();
    await expect(page.getByRole("link", { name: /重庆动物园/ })).toContainText("只在这一页");
    const saving = page.waitForEvent("download");
    await button(page, "存成文件").click();
    expect(readFileSync(await (await saving).path(), "utf8")).toContain("只在这一页");
  });
});
