// Finding a park: by what it should be, and by what is near, with no network and no map.
import { expectAccessible } from "./rig/axe.mjs";
import { unfold } from "./rig/list.mjs";
import { expect, test } from "./rig/test.mjs";

/** Inside the zoo. */
const ZOO = { latitude: 29.506642, longitude: 106.502213, accuracy: 20 };

const rows = (page) => page.locator(".sec .row");
const part = (page, name) => page.getByRole("heading", { level: 2, name, exact: true });
const chip = (page, name) => page.getByRole("button", { name, exact: true });
const names = (page) => rows(page).locator("b:not(.n)").allTextContents();

test.describe("filters", () => {
  test("show what a source says, and offer what nobody knows", async ({ phone }) => {
    const page = await phone.open("/parks");
    await expect(rows(page).first()).toBeVisible();
    await unfold(page);
    const all = await rows(page).count();
    await chip(page, "公厕").click();
    await unfold(page);
    const sure = await rows(page).count();
    expect(sure).toBeGreaterThan(0);
    expect(sure).toBeLessThan(all);
    await expect(page.getByText(`找到 ${sure} 处`)).toBeVisible();
    const unknown = page.getByRole("button", { name: /^公厕不详的 \d+ 处也看$/ });
    await expect(unknown).toHaveText(`公厕不详的 ${all - sure} 处也看`);
    await unknown.click();
    await unfold(page);
    await expect(rows(page)).toHaveCount(all);
    await expect(unknown).toHaveAttribute("aria-pressed", "true");
  });

  test("go together with what was typed, and are as they were after a park", async ({ phone }) => {
    const page = await phone.open("/parks");
    await chip(page, "报道已开放").click();
    await page.getByRole("searchbox", { name: "找公园" }).fill("cqdwy");
    await expect(rows(page)).toHaveCount(1);
    await rows(page).click();
    await expect(page.getByRole("heading", { level: 1, name: "重庆动物园" })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("searchbox", { name: "找公园" })).toHaveValue("cqdwy");
    await expect(rows(page)).toHaveCount(1);
    await expect(chip(page, "报道已开放")).toHaveAttribute("aria-pressed", "true");
    await page.reload();
    await expect(page.getByRole("searchbox", { name: "找公园" })).toHaveValue("cqdwy");
    await expect(rows(page)).toHaveCount(1);
    await expect(chip(page, "报道已开放")).toHaveAttribute("aria-pressed", "true");
  });

  test("of every question stand in one panel, by keyboard too", async ({ phone }) => {
    const page = await phone.open("/parks");
    await chip(page, "筛选").focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("group", { name: "多大" })).toBeVisible();
    // Nobody says of any park that it is step-free: nothing to press, and the words say why.
    await expect(chip(page, "无障碍（没有数据）")).toBeDisabled();
    const middle = chip(page, "10 公顷以上");
    await middle.focus();
    await page.keyboard.press("Space");
    await expect(middle).toHaveAttribute("aria-pressed", "true");
    await chip(page, "动物园").click();
    expect(await names(page)).toEqual(["重庆动物园"]);
    await expect(chip(page, "筛选 2")).toBeVisible();
    await expectAccessible(page);
    await chip(page, "清除筛选").click();
    await expect(chip(page, "筛选")).toBeVisible();
    await page.getByRole("button", { name: /^收起，看这 \d+ 处$/ }).focus();
    await page.keyboard.press("Enter");
    await expect(chip(page, "筛选")).toBeFocused();
  });

  // The panel asked for codes where parks have names: the question stood there without an answer.
  // Now every sub-district that has a park can be asked for, and typed.
  test("by sub-district leave what is there", async ({ phone }) => {
    const page = await phone.open("/parks");
    await chip(page, "筛选").click();
    const asked = page.getByRole("group", { name: "在哪个街道、镇" });
    expect(await asked.getByRole("button").count()).toBeGreaterThan(5);
    await asked.getByRole("button", { name: "杨家坪街道", exact: true }).click();
    await expect(rows(page).filter({ hasText: "重庆动物园" })).toBeVisible();
    const there = await page.evaluate(async (name) => {
      const pack = await (await fetch("/data/pack.json")).json();
      return pack.parks.filter((park) => park.sub_districts?.includes(name)).length;
    }, "杨家坪街道");
    await expect(page.getByText(`找到 ${there} 处`)).toBeVisible();
    await chip(page, "清除筛选").click();
    await page.getByRole("searchbox", { name: "找公园" }).fill("杨家坪");
    await expect(rows(page).filter({ hasText: "重庆动物园" })).toBeVisible();
  });

  test("that nothing meets say so and give everything back", async ({ phone }) => {
    const page = await phone.open("/parks");
    await chip(page, "筛选").click();
    await chip(page, "动物园").click();
    await chip(page, "球场").first().click();
    await expect(page.getByRole("heading", { name: "没有找到" })).toBeVisible();
    await page.getByRole("button", { name: "看全部" }).click();
    await expect(part(page, "已定位")).toBeVisible();
    await expect(page.getByRole("searchbox", { name: "找公园" })).toBeFocused();
  });
});

test.describe("near me", () => {
  test.use({ phoneOptions: { geolocation: ZOO, permissions: ["geolocation"] } });

  test("the nearest comes first with its straight line, and moves when I do", async ({ phone }) => {
    const page = await phone.open("/parks");
    await phone.isKept();
    await phone.context.setOffline(true);
    await chip(page, "由近到远").click();
    await expect(page.getByText("离你由近到远，位置误差 20 米以内")).toBeVisible();
    await expect(rows(page).first()).toContainText("重庆动物园");
    await expect(rows(page).first()).toContainText("10 米");
    await expect(rows(page).first()).toContainText("直线");
    await unfold(page);
    // What is only near a station says what the distance leads to, and has no distance of its own.
    const near = rows(page).filter({ hasText: "杨家坪站附近" }).first();
    await expect(near).toContainText("到站");
    const unplaced = part(page, "由近到远").locator("xpath=../..").locator(".row").last();
    await expect(unplaced).toContainText("待标定");
    const farther = { ...ZOO, latitude: ZOO.latitude - 0.0091 };
    await phone.context.setGeolocation(farther);
    await expect(rows(page).filter({ hasText: "重庆动物园" })).toContainText("1.0 公里");
  });

  // The chip went away under the finger, and whoever goes by keys began again at the top.
  test("the order is turned on and off without the focus being lost", async ({ phone }) => {
    const page = await phone.open("/parks");
    const nearMe = chip(page, "由近到远");
    for (const off of [nearMe, chip(page, "不按远近")]) {
      await nearMe.press("Enter");
      await expect(nearMe).toHaveAttribute("aria-pressed", "true");
      await expect(nearMe).toBeFocused();
      await off.press("Enter");
      await expect(nearMe).toHaveAttribute("aria-pressed", "false");
      await expect(nearMe).toBeFocused();
    }
  });

  // Rows stay where they are and show other parks: whoever stood on one with Tab, and walked, pressed
  // Enter on another park than the one that was read out.
  test("the focus goes with its park when the order changes", async ({ phone }) => {
    const page = await phone.open("/parks");
    await chip(page, "由近到远").click();
    await expect(rows(page).first()).toContainText("重庆动物园");
    for (const latitude of [ZOO.latitude - 0.05, ZOO.latitude]) {
      const row = rows(page).first();
      await row.focus();
      const href = await row.getAttribute("href");
      await phone.context.setGeolocation({ ...ZOO, latitude });
      await expect(rows(page).first()).not.toHaveAttribute("href", href);
      await expect(page.locator(":focus")).toHaveAttribute("href", href);
    }
  });

  test("the order is still there after a park, and can be left", async ({ phone }) => {
    const page = await phone.open("/parks");
    await chip(page, "由近到远").click();
    await expect(part(page, "由近到远")).toBeVisible();
    await rows(page).first().click();
    await page.goBack();
    await expect(part(page, "由近到远")).toBeVisible();
    await chip(page, "不按远近").click();
    await expect(part(page, "已定位")).toBeVisible();
  });
});

test("a refused position asks for a station instead, and is not asked for again", async ({
  phone,
}) => {
  const page = await phone.open("/parks");
  await chip(page, "由近到远").click();
  await expect(page.getByText("没有位置权限。选一个车站或社区，一样能由近到远。")).toBeVisible();
  await page.evaluate(() => {
    navigator.geolocation.getCurrentPosition = () => document.body.append("asked again");
  });
  await page.getByRole("searchbox", { name: "找车站、街道、社区" }).fill("杨家坪");
  await page.getByRole("button", { name: "杨家坪站 轨道站" }).click();
  await expect(page.getByText("离杨家坪站由近到远")).toBeVisible();
  await expect(rows(page).first()).toContainText("米");
  await chip(page, "由近到远").click();
  await expect(page.getByText("没有位置权限")).toBeVisible();
  await expect(page.getByText("asked again")).toHaveCount(0);
});
