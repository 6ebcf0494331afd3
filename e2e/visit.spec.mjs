// Going to a park and telling others of it: each map app gets its own datum, and a place that nobody
// has placed is never sent off with the position of something else.
import gcoord from "gcoord";

import { expectAccessible } from "./rig/axe.mjs";
import { scan } from "./rig/qr.mjs";
import { shoot } from "./rig/screens.mjs";
import { expect, test } from "./rig/test.mjs";

/** The zoo has a point; the lake is only near a station; of the hall there is only a name. */
const ZOO = "/parks/JLP-002";
const LAKE = "/parks/JLP-001";

const button = (page, name) => page.getByRole("button", { name, exact: true });
const sheet = (page) => page.getByRole("dialog");

async function links(page) {
  await button(page, "怎么走").click();
  await expect(sheet(page)).toBeVisible();
  return sheet(page)
    .getByRole("link")
    .evaluateAll((all) => all.map((it) => it.href));
}

/** The point of a park, as the pack has it. */
function pointOf(page, id) {
  return page.evaluate(async (wanted) => {
    const pack = await (await fetch("/data/pack.json")).json();
    return pack.parks.find((park) => park.id === wanted).placement.at;
  }, id);
}

test("every map app gets the place in its own datum and order, as a foreign converter has it", async ({
  phone,
}) => {
  const page = await phone.open(ZOO);
  const [gaode, baidu, tencent, apple, other] = await links(page);
  const [lat, lon] = await pointOf(page, "JLP-002");
  const [gcjLon, gcjLat] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02);
  const [bdLon, bdLat] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.BD09);
  const near = (text, wanted) => {
    const numbers = text.split(",").map(Number);
    expect(numbers.length).toBeGreaterThanOrEqual(2);
    wanted.forEach((it, nth) => expect(Math.abs(numbers[nth] - it)).toBeLessThan(2e-6));
  };
  const query = (href) => new URL(href).searchParams;
  const to = query(gaode).get("to").split(",");
  near(to.slice(0, 2).join(","), [gcjLon, gcjLat]);
  expect(to[2]).toBe("重庆动物园");
  near(query(baidu).get("location"), [bdLat, bdLon]);
  expect(query(baidu).get("coord_type")).toBe("bd09ll");
  expect(query(baidu).get("title")).toBe("重庆动物园");
  near(query(tencent).get("tocoord"), [gcjLat, gcjLon]);
  expect(query(tencent).get("coord_type")).toBe("2");
  near(query(apple).get("daddr"), [gcjLat, gcjLon]);
  near(/^geo:([^?]+)/.exec(other)[1], [lat, lon]);
  expect(decodeURIComponent(other)).toContain("(重庆动物园)");
  await shoot(page, "park-way");
  await expectAccessible(page);
});

test("a park that is only near something is handed over by its name alone", async ({ phone }) => {
  const page = await phone.open(LAKE);
  const all = await links(page);
  const [lat, lon] = await pointOf(page, "JLP-001");
  for (const href of all) {
    const said = decodeURIComponent(href);
    expect(said).toContain("彩云湖国家湿地公园");
    // Neither the station's position nor anything within a kilometre of it.
    for (const number of said.match(/\d+\.\d{3,}/g) ?? []) {
      expect(Math.min(Math.abs(number - lat), Math.abs(number - lon))).toBeGreaterThan(0.01);
    }
  }
  await expect(sheet(page).getByText("还没有公园自己的位置")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();
  await expect(button(page, "怎么走")).toBeFocused();
});

test.describe("inside WeChat", () => {
  test.use({ phoneOptions: { userAgent: "Mozilla/5.0 (Linux; Android 9) MicroMessenger/8.0.50" } });

  test("the sheet says first how to get out", async ({ phone }) => {
    const page = await phone.open(ZOO);
    expect(await links(page)).toHaveLength(5);
    await expect(sheet(page).getByText("微信里打不开地图")).toBeVisible();
  });
});

test("the link is passed on with the phone's own sheet, else copied, else shown", async ({
  endpoint,
  phone,
}) => {
  const page = await phone.open(ZOO);
  const link = `${endpoint.url}${ZOO}?n=${encodeURIComponent("重庆动物园")}`;
  await expect(button(page, "分享")).toBeVisible();
  await page.evaluate(() => {
    navigator.share = async ({ url }) => document.body.setAttribute("data-shared", url);
  });
  await button(page, "分享").click();
  await expect(page.locator("body")).toHaveAttribute("data-shared", link);
  await page.evaluate(() => {
    navigator.share = undefined;
    navigator.clipboard.writeText = async (text) => document.body.setAttribute("data-copied", text);
  });
  await button(page, "分享").click();
  await expect(page.locator("body")).toHaveAttribute("data-copied", link);
  await expect(page.getByText("链接已复制")).toBeVisible();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("", "NotAllowedError"));
  });
  await button(page, "分享").click();
  await expect(page.getByText(link)).toBeVisible();
  await button(page, "二维码").click();
  // It was there for a screen reader alone: on the screen it had no strokes.
  expect(await scan(page, "这个公园的链接，二维码")).toBe(link);
});

test("a link opens the park on a phone that has the page and no network", async ({ phone }) => {
  await phone.open("/");
  await phone.isKept();
  await phone.context.setOffline(true);
  const page = await phone.open(`${ZOO}?n=x`);
  await expect(page.getByRole("heading", { level: 1, name: "重庆动物园" })).toBeVisible();
});

test("a link to a park that is gone says so and offers the nearest names", async ({ phone }) => {
  const page = await phone.open(`/parks/JLP-999?n=${encodeURIComponent("彩云湖新公园")}`);
  await expect(page.getByRole("heading", { level: 1, name: "没有这个公园" })).toBeVisible();
  await expect(page.getByText("数据里没有“彩云湖新公园”了")).toBeVisible();
  await page.getByRole("link", { name: /彩云湖国家湿地公园/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "彩云湖国家湿地公园" })).toBeVisible();
  const strange = await phone.open(`/parks/JLP-999?n=${"%EF%BF%BD".repeat(500)}`);
  await expect(strange.getByRole("heading", { level: 1, name: "没有这个公园" })).toBeVisible();
});
