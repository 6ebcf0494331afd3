// The map of the parks: the very places of the list, drawn from the pack alone, for fingers, wheel,
// keys and screen readers.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expectAccessible } from "./rig/axe.mjs";
import { unfold } from "./rig/list.mjs";
import { laterPack, keptEdition } from "./rig/pack.mjs";
import { ROOT } from "./rig/program.mjs";
import { shoot } from "./rig/screens.mjs";
import { expect, test } from "./rig/test.mjs";

/** Inside the zoo. */
const ZOO = { latitude: 29.506642, longitude: 106.502213, accuracy: 30 };

const map = (page) => page.getByRole("region", { name: "公园地图" });
const surface = (page) => map(page).getByRole("group", { name: /^地图。/ });
const marks = (page) => surface(page).getByRole("button");
const sheet = (page) => page.getByRole("region", { name: "选中的公园" });
const control = (page, name) => page.getByRole("button", { name, exact: true });
const rows = (page) => page.locator(".sec .row");

/** One pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Opens the map, drawn. */
async function open(phone, path = "/parks?view=map") {
  const page = await phone.open(path);
  await expect(marks(page).first()).toBeVisible();
  return page;
}

/** How many places a mark stands for. */
async function counts(page) {
  const names = await marks(page).evaluateAll((all) => all.map((it) => it.ariaLabel));
  return names.map((name) => Number(/^(\d+) 处：/.exec(name)?.[1] ?? 1));
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** The numbers of the sentence under the map: placed, near, without a position. */
async function told(page) {
  const sentence = await page.getByText(/^已定位 \d+ 处/).textContent();
  const number = (pattern) => Number(pattern.exec(sentence)?.[1] ?? 0);
  return [/^已定位 (\d+) 处/, /虚线圈 (\d+) 处/, /还有 (\d+) 处没有位置/].map(number);
}

/** Names of the list, as they stand there. */
const listed = (page) => rows(page).locator(".m > b").allTextContents();

/** Waits until the map stands still. */
const still = (page) => expect(map(page).locator(".pane.glide")).toHaveCount(0);

test("the map is there with no network, and its marks with the places without one are the list", async ({
  phone,
}) => {
  const page = await phone.open("/parks");
  await phone.isKept();
  await phone.context.setOffline(true);
  await expect(rows(page).first()).toBeVisible();
  await unfold(page);
  const all = await rows(page).count();
  await page.getByRole("link", { name: "地图" }).click();
  await expect(marks(page).first()).toBeVisible();
  for (let scale = 0; scale < 3; scale += 1) {
    const [placed, near, nowhere] = await told(page);
    expect(sum(await counts(page))).toBe(placed + near);
    expect(placed + near + nowhere).toBe(all);
    await control(page, "放大").click();
    await still(page);
  }
  await page.goBack();
  await expect(rows(page)).toHaveCount(all);
});

test("after any filter and any search list and map show the same places", async ({ phone }) => {
  const page = await open(phone);
  for (const filter of ["公厕", "报道已开放"]) {
    await control(page, filter).click();
    const [placed, near, nowhere] = await told(page);
    expect(sum(await counts(page))).toBe(placed + near);
    await page.getByRole("link", { name: "列表" }).click();
    await unfold(page);
    await expect(rows(page)).toHaveCount(placed + near + nowhere);
    const names = await listed(page);
    await page.getByRole("link", { name: "地图" }).click();
    await expect(marks(page).first()).toBeVisible();
    const said = await marks(page).evaluateAll((them) => them.map((it) => it.ariaLabel).join());
    expect(names.filter((name) => said.includes(name)).length).toBe(placed + near);
  }
  await page.getByRole("searchbox", { name: "找公园" }).fill("caiyunhv");
  await expect(marks(page)).toHaveCount(1);
  await expect(marks(page)).toHaveAccessibleName("彩云湖国家湿地公园、只知道在彩云湖站附近");
});

test("a wide window has the list beside the map, with the same places", async ({ phone }) => {
  const page = await open(phone);
  await expect(rows(page)).toHaveCount(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(rows(page).first()).toBeVisible();
  // The list came after the window was wide: what is drawn and its marks were of two sizes then.
  const tooWide = () =>
    map(page)
      .locator("svg.m-svg")
      .evaluate((svg) => Math.round(svg.viewBox.baseVal.width - svg.getBoundingClientRect().width));
  await expect.poll(tooWide).toBe(0);
  for (const filter of [null, "公厕"]) {
    if (filter) await control(page, filter).click();
    await unfold(page);
    await expect.poll(async () => sum(await told(page))).toBe(await rows(page).count());
  }
  await expectAccessible(page);
  await rows(page).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a mark opens a sheet that leaves the map usable, and Back lowers it", async ({ phone }) => {
  const page = await open(phone);
  await page.getByRole("searchbox", { name: "找公园" }).fill("动物园");
  await marks(page).first().click();
  await expect(sheet(page).getByRole("heading", { name: "重庆动物园" })).toBeVisible();
  await expect(page).toHaveURL(/view=map&at=JLP-002$/);
  const before = await marks(page).first().boundingBox();
  await control(page, "放大").click();
  await still(page);
  expect(await marks(page).first().boundingBox()).not.toEqual(before);
  await sheet(page).getByRole("button", { name: "拉高" }).click();
  await expect(sheet(page).getByText("西郊一村1号").first()).toBeVisible();
  await shoot(page, "map-sheet");
  await sheet(page).getByRole("button", { name: "放低" }).click();
  await page.goBack();
  await expect(sheet(page)).toHaveCount(0);
  await expect(page).toHaveURL(/view=map$/);
  await page.goForward();
  await sheet(page).getByRole("link", { name: "看详情" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "重庆动物园" })).toBeVisible();
  await page.getByRole("link", { name: "在地图上看" }).click();
  await expect(sheet(page).getByRole("heading", { name: "重庆动物园" })).toBeVisible();
});

test("several places at one point part when one comes closer, and those of one station are listed", async ({
  phone,
}) => {
  const page = await open(phone);
  const group = () => map(page).locator(".pin.group").first();
  const label = await group().getAttribute("aria-label");
  await group().focus();
  await page.keyboard.press("Enter");
  await still(page);
  await expect(map(page).getByRole("button", { name: label, exact: true })).toHaveCount(0);
  // Down to what never parts: places that are near the same station.
  for (let step = 0; step < 12 && (await sheet(page).count()) === 0; step += 1) {
    await group().focus();
    await still(page);
    await page.keyboard.press("Enter");
    await still(page);
  }
  await expect(sheet(page).getByRole("heading", { name: /^这里有 \d+ 处$/ })).toBeVisible();
  const said = Number(/\d+/.exec(await sheet(page).getByRole("heading").textContent())[0]);
  await expect(sheet(page).getByRole("link")).toHaveCount(said);
});

// The sheet covered the very mark that had been tapped, and on a small phone stood half under the tabs.
test("a place that is tapped stays in sight above its sheet, on a small phone too", async ({ phone }) => {
  const page = await open(phone);
  for (const size of [{ width: 360, height: 800 }, { width: 320, height: 640 }]) {
    await page.setViewportSize(size);
    await control(page, "看全区").click();
    await still(page);
    const single = map(page).locator(".pin:not(.group)");
    const low = await single.evaluateAll((all) => {
      const foot = (it) => it.getBoundingClientRect().bottom;
      return all.reduce((a, b) => (foot(b) > foot(a) ? b : a)).ariaLabel;
    });
    const mark = map(page).getByRole("button", { name: low, exact: true });
    await mark.click();
    await expect(sheet(page)).toBeVisible();
    await still(page);
    const seen = await mark.evaluate((it) => {
      const { x, y, width, height } = it.getBoundingClientRect();
      return it.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    });
    expect(seen, low).toBe(true);
    await expect(sheet(page).getByRole("link", { name: "看详情" })).toBeInViewport({ ratio: 1 });
    const tabs = await page.locator(".tabs").boundingBox();
    const { y, height } = await sheet(page).getByRole("link", { name: "看详情" }).boundingBox();
    expect(y + height).toBeLessThanOrEqual(tabs.y);
    await sheet(page).getByRole("button", { name: "关上" }).click();
  }
});

// What was opened lay partly under the map's own buttons, and the focus fell back to the top of the page.
test("a group that a finger opens lies clear of the buttons, and hands the focus on", async ({ phone }) => {
  const page = await open(phone);
  const labels = await map(page).locator(".pin.group").evaluateAll((all) => all.map((it) => it.ariaLabel));
  for (const label of labels.slice(0, 6)) {
    await control(page, "看全区").click();
    await still(page);
    const group = map(page).getByRole("button", { name: label, exact: true });
    if ((await group.count()) === 0) continue;
    await group.click();
    await still(page);
    if ((await sheet(page).count()) > 0) continue;
    await expect(map(page).locator(".pin:focus")).toHaveCount(1);
    const names = label.split("：")[1].split("、");
    const covered = await marks(page).evaluateAll((all, names) => {
      const top = (it) => {
        const { x, y, width, height } = it.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2);
      };
      const opened = all.filter((it) => names.some((name) => it.ariaLabel.includes(name)));
      return opened.filter((it) => !it.contains(top(it))).map((it) => it.ariaLabel);
    }, names);
    expect(covered, label).toEqual([]);
  }
});

test("fingers move the map and a wheel brings it closer, about where they are", async ({ phone }) => {
  const page = await open(phone);
  await page.getByRole("searchbox", { name: "找公园" }).fill("动物园");
  const pin = marks(page).first();
  await control(page, "放大").click();
  await still(page);
  const middle = async () => {
    const { x, y, width, height } = await pin.boundingBox();
    return [x + width / 2, y + height / 2];
  };
  const [x, y] = await middle();
  const { x: left, y: top, height } = await surface(page).boundingBox();
  await page.mouse.move(left + 60, top + height - 120);
  await page.mouse.down();
  await page.mouse.move(left + 100, top + height - 100, { steps: 4 });
  await page.mouse.move(left + 120, top + height - 90, { steps: 4 });
  // At rest before it is let go: nothing glides on.
  await page.waitForTimeout(200);
  await page.mouse.up();
  await still(page);
  const [nx, ny] = await middle();
  expect(Math.abs(nx - x - 60)).toBeLessThan(2);
  expect(Math.abs(ny - y - 30)).toBeLessThan(2);
  await expect(sheet(page)).toHaveCount(0);
  await page.mouse.move(nx, ny);
  await page.mouse.wheel(0, -300);
  await expect(async () => {
    const [wx, wy] = await middle();
    expect(Math.hypot(wx - nx, wy - ny)).toBeLessThan(3);
  }).toPass();
});

test("keys alone reach every place and its page, and Escape leads back to where one was", async ({
  phone,
}) => {
  const page = await open(phone);
  await control(page, "报道已开放").click();
  const count = await marks(page).count();
  expect(count).toBeGreaterThan(2);
  await surface(page).focus();
  const reached = [];
  for (let nth = 0; nth < count; nth += 1) {
    await page.keyboard.press("Tab");
    await still(page);
    reached.push(await page.evaluate(() => document.activeElement.ariaLabel));
  }
  const names = await marks(page).evaluateAll((all) => all.map((it) => it.ariaLabel));
  expect(reached).toEqual(names);
  await page.getByRole("searchbox", { name: "找公园" }).fill("动物园");
  await surface(page).focus();
  await page.keyboard.press("+");
  await page.keyboard.press("ArrowLeft");
  await still(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(sheet(page).getByRole("heading", { name: "重庆动物园" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toHaveCount(0);
  await expect(marks(page).first()).toBeFocused();
});

test.describe("with a position", () => {
  test.use({ phoneOptions: { geolocation: ZOO, permissions: ["geolocation"] } });

  test("the map goes to the phone, and the sheet says how far it is", async ({ phone }) => {
    const page = await open(phone);
    await control(page, "到我这里").click();
    await expect(page.getByText("离你由近到远，位置误差 30 米以内")).toBeVisible();
    await still(page);
    await expect(map(page).locator(".m-me")).toBeVisible();
    // Nearest first: the first mark holds the zoo.
    await expect(marks(page).first()).toHaveAccessibleName(/重庆动物园/);
    await page.getByRole("searchbox", { name: "找公园" }).fill("cqdwy");
    await marks(page).first().click();
    await expect(sheet(page).getByText("直线约 10 米")).toBeVisible();
    await shoot(page, "map-near");
  });
});

test.describe("from another district", () => {
  const YUZHONG = { latitude: 29.556, longitude: 106.577, accuracy: 30 };
  test.use({ phoneOptions: { geolocation: YUZHONG, permissions: ["geolocation"] } });

  test("the map stays on the district, and says that I am outside", async ({ phone }) => {
    const page = await open(phone);
    await control(page, "到我这里").click();
    await expect(page.getByText(/你在区界外/)).toBeVisible();
    await still(page);
    await expect(marks(page).first()).toBeVisible();
  });
});

// What was offered opened above the map and pushed it off the screen.
test("a refused position offers a station, and on the map beside it", async ({ phone }) => {
  const page = await open(phone);
  await control(page, "到我这里").click();
  await expect(page.getByText("没有位置权限。选一个车站或社区，一样能由近到远。")).toBeVisible();
  const stations = page.getByRole("searchbox", { name: "找车站、街道、社区" });
  await expect(stations).toHaveCount(0);
  await page.getByRole("button", { name: "离某处近的" }).click();
  await expect(stations).toBeVisible();
  // Whoever types looks at what is found.
  await page.getByRole("searchbox", { name: "找公园" }).fill("动物园");
  await expect(stations).toHaveCount(0);
});

test("an outline of an import is drawn, and names its licence", async ({ endpoint, phone }) => {
  laterPack(endpoint, "2099-01-01");
  await phone.open("/parks");
  await expect.poll(() => keptEdition(phone.page)).toBe("2099-01-01");
  const page = await open(phone, "/parks?view=map&at=osm-way-7");
  await expect(sheet(page).getByRole("heading", { name: "测试公园 0001" })).toBeVisible();
  await expect(map(page).locator(".m-park")).toHaveAttribute("d", /^M.*Z$/);
});

test("the map as it looks", async ({ endpoint, phone }) => {
  const page = await open(phone);
  await page.evaluate(() => document.fonts.ready);
  await shoot(page, "map");
  await expectAccessible(page);
  await page.setViewportSize({ width: 820, height: 1180 });
  await shoot(page, "map", "wide");
  await page.setViewportSize({ width: 360, height: 800 });
  await phone.choose("edition", "elder");
  await page.goto(`${endpoint.url}/parks?view=map`);
  await expect(marks(page).first()).toBeVisible();
  await shoot(page, "map", "elder");
  for (const [width, height] of [[320, 640], [360, 800]]) {
    await page.setViewportSize({ width, height });
    await expect(marks(page).first()).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  }
});

test.describe("where the operator has chosen pictures for it", () => {
  const folder = mkdtempSync(join(tmpdir(), "poshang-operator-"));
  const operator = join(folder, "operator.toml");
  const example = readFileSync(join(ROOT, "crates/endpoint/operator.example.toml"), "utf8");
  const base = `
[base_map]
layers = ["https://t{s}.pictures.test/{z}/{x}/{y}.png"]
hosts = ["0", "1"]
attribution = "测试底图 GS(0000)0000号"
max_zoom = 18
`;
  writeFileSync(operator, example + base);
  test.use({ flags: ["--operator", operator] });
  test.afterAll(() => rmSync(folder, { recursive: true }));

  test("nobody's pictures are asked for unless a person turns them on, and none is waited for", async ({
    phone,
  }) => {
    const asked = [];
    let answers = true;
    const page = await phone.open();
    await phone.isKept();
    await phone.context.route("https://*.pictures.test/**", (route) => {
      asked.push(route.request().url());
      return answers ? route.fulfill({ contentType: "image/png", body: PIXEL }) : route.abort();
    });
    await page.getByRole("link", { name: "公园", exact: true }).click();
    await page.getByRole("link", { name: "地图" }).click();
    await expect(marks(page).first()).toBeVisible();
    const turn = page.getByRole("button", { name: "在线底图" });
    await expect(turn).toHaveAttribute("aria-pressed", "false");
    await expect(page.getByText("测试底图 GS(0000)0000号")).toBeVisible();
    expect(asked).toEqual([]);
    await turn.click();
    const seen = () =>
      map(page)
        .locator(".base-map img")
        .evaluateAll((all) => all.filter((it) => it.complete && it.naturalWidth > 0).length);
    await expect.poll(seen).toBeGreaterThan(3);
    expect(new URL(asked[0]).pathname).toMatch(/^\/1\d\/\d+\/\d+\.png$/);
    await expectAccessible(page);
    // A network that gives none leaves the sketch, its marks and its buttons.
    answers = false;
    phone.allow(/pictures\.test/);
    await control(page, "放大").click();
    await still(page);
    await expect(map(page).locator(".base-map img:visible")).toHaveCount(0);
    await expect(marks(page).first()).toBeVisible();
    await turn.click();
    await expect(map(page).locator(".base-map img")).toHaveCount(0);
  });
});
