// The district's facts have an edition of their own, apart from the build of the page.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { keptEdition, laterPack } from "./rig/pack.mjs";
import { expect, test } from "./rig/test.mjs";

test("a later edition is fetched beside the page, used at the next opening, and there offline", async ({
  endpoint,
  phone,
}) => {
  laterPack(endpoint, "2099-01-01");
  await phone.open("/parks");
  await expect(phone.page.getByRole("heading", { name: "公园", exact: true })).toBeVisible();
  await expect(phone.page.getByText("测试公园 0001")).toHaveCount(0);
  await expect.poll(() => keptEdition(phone.page)).toBe("2099-01-01");
  await phone.isKept();
  await endpoint.offline();
  await phone.page.goto(`${endpoint.url}/parks`);
  await phone.page.getByRole("link", { name: /测试公园 0001/ }).click();
  await expect(phone.page.getByRole("heading", { name: "测试公园 0001" })).toBeVisible();
  await expect(phone.page.getByText("已定位，有公园的轮廓").first()).toBeVisible();
  await expect(phone.page.getByText("© OpenStreetMap contributors").first()).toBeVisible();
});

test("an edition that was cut off or is older changes nothing, and the one in use stays", async ({
  endpoint,
  phone,
}) => {
  const folder = laterPack(endpoint, "2099-01-01");
  await phone.open("/parks");
  await expect.poll(() => keptEdition(phone.page)).toBe("2099-01-01");
  const asked = async () =>
    (await endpoint.log()).filter((it) => it.path === "/pack/pack.json").length;
  const opened = async () => {
    const before = await asked();
    await phone.page.goto(`${endpoint.url}/parks`);
    await expect.poll(asked).toBeGreaterThan(before);
    await expect(phone.page.getByText("测试公园 0001")).toBeVisible();
  };

  laterPack(endpoint, "2099-01-02", "测试公园 0002");
  const pack = join(folder, "pack.json");
  const whole = readFileSync(pack);
  for (const copy of ["br", "gz"]) rmSync(`${pack}.${copy}`);
  writeFileSync(pack, whole.subarray(0, whole.length / 2));
  await opened();
  expect(await keptEdition(phone.page)).toBe("2099-01-01");

  // Whole again, but the layer that it names is another file.
  writeFileSync(pack, whole);
  const { layers } = JSON.parse(whole);
  for (const copy of ["br", "gz"]) rmSync(join(folder, `${layers.osm}.${copy}`), { force: true });
  writeFileSync(join(folder, layers.osm), '{"form":1,"places":[]}');
  await opened();
  expect(await keptEdition(phone.page)).toBe("2099-01-01");

  // The builder lays no older edition over a newer; a folder that was emptied by hand takes any.
  rmSync(folder, { recursive: true });
  laterPack(endpoint, "2098-12-31", "测试公园 0003");
  await opened();
  expect(await keptEdition(phone.page)).toBe("2099-01-01");

  laterPack(endpoint, "2099-01-02", "测试公园 0002");
  await opened();
  await expect.poll(() => keptEdition(phone.page)).toBe("2099-01-02");
});
