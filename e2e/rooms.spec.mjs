// Rooms whose code comes after the first screen: what happens where it does not come, and that a
// person who has seen the first screen for a moment can go to all of them with no network.
import { expect, test } from "./rig/test.mjs";

// Without a worker there is only the network, as in the first seconds of a first visit.
test.use({ phoneOptions: { serviceWorkers: "block" } });

const ROOMS = "**/room-*.wasm";

test("a room that does not come says so, and comes once there is a network", async ({ phone }) => {
  await phone.open();
  await phone.context.route(ROOMS, (route) => route.abort());
  const page = phone.page;
  await page.reload();
  await page.getByRole("link", { name: "拍一张，开始上报" }).click();
  await expect(page.getByRole("heading", { name: "这一页没有取到" })).toBeVisible();
  await expect(page.getByText("你写的都在")).toBeVisible();
  await page.getByRole("link", { name: "回首页" }).click();
  await expect(page.getByRole("heading", { name: "哪里坏了，说一声" })).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: "再试一次" }).click();
  await expect(page.getByRole("heading", { name: "这一页没有取到" })).toBeVisible();
  await phone.context.unroute(ROOMS);
  await page.getByRole("button", { name: "再试一次" }).click();
  await expect(page.getByRole("heading", { name: "拍一张现场" })).toBeVisible();
  await expect(page.getByText("再试一次")).toHaveCount(0);
});

test("the list stands where the map does not come", async ({ phone }) => {
  await phone.open("/parks");
  await phone.context.route(ROOMS, (route) => route.abort());
  const page = phone.page;
  await page.reload();
  await page.getByRole("link", { name: "地图" }).click();
  await expect(page.getByRole("heading", { name: "地图没有取到", level: 2 })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("公园");
  await page.getByRole("link", { name: "列表" }).click();
  await expect(page.getByRole("link", { name: /彩云湖国家湿地公园/ })).toBeVisible();
});

test("after the first screen every room opens with no network", async ({ endpoint, phone }) => {
  await phone.open();
  const page = phone.page;
  await expect.poll(() => page.evaluate(piecesThatCame)).toBeGreaterThan(2);
  await page.waitForLoadState("networkidle");
  await endpoint.offline();
  await page.getByRole("link", { name: "拍一张，开始上报" }).click();
  await expect(page.getByRole("heading", { name: "拍一张现场" })).toBeVisible();
  await page.goBack();
  const tabs = page.getByRole("navigation", { name: "主导航" });
  for (const [tab, heading] of [["上报箱", "上报箱"], ["我的", "我的"], ["公园", "公园"]]) {
    await tabs.getByRole("link", { name: tab }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  }
  await page.getByRole("link", { name: "地图" }).click();
  await expect(page.getByRole("region", { name: "地图" })).toBeVisible();
});

function piecesThatCame() {
  const loaded = performance.getEntriesByType("resource");
  return loaded.filter((it) => it.name.includes("/room-") && it.responseEnd > 0).length;
}
