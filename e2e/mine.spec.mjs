// What a person keeps of parks for themselves: on this phone alone, and in a file they save.
import { readFileSync } from "node:fs";

import { expectAccessible } from "./rig/axe.mjs";
import { Phone } from "./rig/phone.mjs";
import { shoot } from "./rig/screens.mjs";
import { expect, test } from "./rig/test.mjs";

/** The zoo has a point; the lake is only near a station. */
const ZOO = "/parks/JLP-002";
const LAKE = "/parks/JLP-001";
const AT_THE_ZOO = { latitude: 29.506642, longitude: 106.502213, accuracy: 20 };

const button = (page, name) => page.getByRole("button", { name, exact: true });
const note = (page) => page.getByRole("textbox", { name: "私人笔记" });
const keptNote = (page) => page.getByText("笔记在这部手机里了");

test("a star and a note are there after the browser was closed, with no network", async ({
  endpoint,
  phone,
}) => {
  let page = await phone.open(ZOO);
  await phone.isKept();
  await endpoint.offline();
  await button(page, "收藏").click();
  await expect(button(page, "已收藏")).toHaveAttribute("aria-pressed", "true");
  await note(page).fill("北门下坡近，\n老虎馆下午三点喂食。");
  await expect(keptNote(page)).toBeVisible();
  await shoot(page, "park-mine");
  await phone.close();
  page = await phone.open(ZOO);
  await expect(button(page, "已收藏")).toBeVisible();
  await expect(note(page)).toHaveValue("北门下坡近，\n老虎馆下午三点喂食。");
  await page.getByRole("link", { name: "全部收藏和盖章" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "我的公园" })).toBeVisible();
  const row = page.getByRole("link", { name: /重庆动物园/ });
  await expect(row).toContainText("老虎馆下午三点喂食");
  await shoot(page, "mine");
  await expectAccessible(page);
  // Nothing of it has left the phone.
  expect((await endpoint.log()).filter((it) => it.method !== "GET" && !/hello/.test(it.path))).toEqual([]);
});

test("a note is on the phone half a second after the last key, whatever happens then", async ({
  phone,
}) => {
  let page = await phone.open(ZOO);
  await note(page).pressSequentially("东门有电梯");
  await expect(keptNote(page)).toBeVisible();
  await phone.kill();
  page = await phone.open(ZOO);
  await expect(note(page)).toHaveValue("东门有电梯");
  await note(page).fill("字".repeat(2_001));
  await expect(page.getByText("多了 1 个字")).toBeVisible();
  // It is in no database, and a page that is loaded anew has it all the same, and says so.
  await page.reload();
  await expect(note(page)).toHaveValue("字".repeat(2_001));
  await expect(page.getByText("多了 1 个字")).toBeVisible();
  await note(page).fill("东门有电梯，西门没有");
  await expect(keptNote(page)).toBeVisible();
});

// A database has no time when a page is loaded anew a moment after the last key.
test("a note that is not written yet outlives the page that is loaded anew", async ({ phone }) => {
  const page = await phone.open(ZOO);
  await note(page).pressSequentially("带外婆来这里坐坐");
  await page.reload();
  await expect(note(page)).toHaveValue("带外婆来这里坐坐");
  await expect(keptNote(page)).toBeVisible();
});

test("what two tabs write of one park is both there", async ({ phone }) => {
  const one = await phone.open(ZOO);
  await expect(note(one)).toBeVisible();
  const two = await phone.context.newPage();
  await two.goto(one.url());
  await expect(note(two)).toBeVisible();
  // A field that somebody has in hand does not change under them.
  await note(two).focus();
  await note(one).fill("从一号口出来");
  await expect(keptNote(one)).toBeVisible();
  await note(two).fill("雨天路滑");
  await expect(keptNote(two)).toBeVisible();
  await one.reload();
  await expect(note(one)).toHaveValue("雨天路滑");
  await expect(one.getByText("从一号口出来")).toBeVisible();
  await button(one, "这条不要了").click();
  await expect(one.getByText("从一号口出来")).toHaveCount(0);
});

test.describe("at the park", () => {
  test.use({ phoneOptions: { geolocation: AT_THE_ZOO, permissions: ["geolocation"] } });

  test("the position stamps, once a day, and no position is kept", async ({ phone }) => {
    const page = await phone.open(ZOO);
    await button(page, "盖章").click();
    await expect(page.getByText(/到过，按位置盖的（误差 20 米以内）/)).toBeVisible();
    await button(page, "盖章").click();
    await expect(page.getByText("今天已经盖过了。")).toBeVisible();
    const kept = await page.evaluate(async () => {
      const open = indexedDB.open("poshang");
      await new Promise((resolve) => (open.onsuccess = resolve));
      const all = open.result.transaction("mine").objectStore("mine").getAll();
      await new Promise((resolve) => (all.onsuccess = resolve));
      return all.result.join();
    });
    expect(kept).toContain("JLP-002");
    expect(kept).not.toMatch(/29\.5|106\.5/);
    await button(page, "撤掉").click();
    await expect(page.getByText(/按位置盖的/)).toHaveCount(0);
  });

  test("from farther than 150 metres only the hand stamps, and says so", async ({ phone }) => {
    const page = await phone.open(ZOO);
    await phone.context.setGeolocation({ ...AT_THE_ZOO, latitude: AT_THE_ZOO.latitude + 0.0018 });
    await button(page, "盖章").click();
    await expect(page.getByText("手机离这里还有 200 米，150 米以内才能按位置盖。")).toBeVisible();
    await phone.context.setGeolocation({ ...AT_THE_ZOO, accuracy: 400 });
    await button(page, "盖章").click();
    await expect(page.getByText(/现在的位置误差有 400 米/)).toBeVisible();
    await button(page, "我确实来过，手工盖").click();
    await expect(page.getByText(/到过，手工盖的/)).toBeVisible();
  });

  test("a park that is only near a station is stamped by hand alone", async ({ phone }) => {
    const page = await phone.open(LAKE);
    await button(page, "盖章").click();
    await expect(page.getByText("这个公园还没有自己的位置，只能手工盖。")).toBeVisible();
  });
});

test("a refused position is not asked for again", async ({ phone }) => {
  const page = await phone.open(ZOO);
  await button(page, "盖章").click();
  await expect(page.getByText("没有位置权限，只能手工盖。")).toBeVisible();
  await page.evaluate(() => {
    navigator.geolocation.getCurrentPosition = () => document.body.append("asked again");
  });
  await button(page, "盖章").click();
  await button(page, "我确实来过，手工盖").click();
  await expect(page.getByText(/到过，手工盖的/)).toBeVisible();
  await expect(page.getByText("asked again")).toHaveCount(0);
});

test("a saved file gives another phone the same, and a damaged one changes nothing", async ({
  endpoint,
  phone,
}) => {
  const page = await phone.open(ZOO);
  await button(page, "收藏").click();
  await note(page).fill("带把伞");
  await expect(keptNote(page)).toBeVisible();
  await page.goto(`${endpoint.url}/parks/mine`);
  const saving = page.waitForEvent("download");
  await button(page, "存成文件").click();
  const file = await (await saving).path();
  const other = new Phone(endpoint.url);
  try {
    const there = await other.open(ZOO);
    await note(there).fill("从北门进");
    await expect(keptNote(there)).toBeVisible();
    await there.goto(`${endpoint.url}/parks/mine`);
    const text = readFileSync(file, "utf8");
    const give = async (buffer) =>
      there.locator("#mine-file").setInputFiles({
        name: "parks.json",
        mimeType: "application/json",
        buffer: Buffer.from(buffer),
      });
    await give(text.replace('"favourite": true', '"favourite": "yes"'));
    await expect(there.getByText(/改坏了，坏在 \/parks\/0\/favourite，什么都没动/)).toBeVisible();
    await give(text.slice(0, 40));
    await expect(there.getByText(/不是“我的公园”存的文件/)).toBeVisible();
    await expect(there.getByRole("heading", { name: "收藏", exact: true })).toHaveCount(0);
    await give(text);
    await expect(there.getByText("读进来了，1 个公园有新内容。")).toBeVisible();
    await give(text);
    await expect(there.getByText("文件里的这里都有了。")).toBeVisible();
    await expect(there.getByRole("heading", { name: "收藏", exact: true })).toBeVisible();
    // Both notes: the newer one stands, the older one is beside it.
    await there.getByRole("link", { name: /重庆动物园/ }).click();
    await expect(note(there)).toHaveValue("从北门进");
    await expect(there.getByText("带把伞")).toBeVisible();
    expect(other.complaints).toEqual([]);
  } finally {
    await other.discard();
  }
});

test("everything goes only after a question, and reports stay", async ({ phone }) => {
  const page = await phone.open(ZOO);
  await button(page, "收藏").click();
  await expect(button(page, "已收藏")).toBeVisible();
  await page.getByRole("link", { name: "全部收藏和盖章" }).click();
  await button(page, "全部删掉").click();
  const ask = page.getByRole("dialog");
  await ask.getByRole("button", { name: "留着" }).click();
  await expect(page.getByRole("link", { name: /重庆动物园/ })).toBeVisible();
  await button(page, "全部删掉").click();
  await ask.getByRole("button", { name: "全部删掉" }).click();
  await expect(page.getByRole("heading", { name: "还没有收藏" })).toBeVisible();
});

test("keys alone keep a park", async ({ phone }) => {
  const page = await phone.open(ZOO);
  await button(page, "收藏").focus();
  await page.keyboard.press("Space");
  await expect(button(page, "已收藏")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(button(page, "分享")).toBeFocused();
  await button(page, "盖章").focus();
  await page.keyboard.press("Enter");
  await button(page, "我确实来过，手工盖").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/到过，手工盖的/)).toBeVisible();
  await expectAccessible(page);
});
