// What somebody who knows a place adds to the map: kept offline, sent once, judged at the shell, and a
// fact of the next pack, with its source and its day.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expectAccessible } from "./rig/axe.mjs";
import { ENDPOINT, atTheEndpoint } from "./rig/kept.mjs";
import { Row } from "./rig/outbox.mjs";
import { keptEdition } from "./rig/pack.mjs";
import { ROOT } from "./rig/program.mjs";
import { shoot } from "./rig/screens.mjs";
import { expect, test } from "./rig/test.mjs";

const LAKE = "/parks/JLP-001";
/** In the district, where no station or point of the data is. */
const THERE = { latitude: 29.44, longitude: 106.36, accuracy: 14 };

const button = (page, name) => page.getByRole("button", { name, exact: true });
const kept = (page) => page.getByText("已存手机，会自己送出");

/** Runs `endpoint contributions …` on the endpoint's data folder. */
const desk = (endpoint, what, ...rest) =>
  execFileSync(ENDPOINT, ["contributions", what, "--data", endpoint.data, ...rest], {
    encoding: "utf8",
  });

const listed = (endpoint) => desk(endpoint, "list").split("\n").filter(Boolean).map(JSON.parse);

test.describe("where the operator takes them", () => {
  const folder = mkdtempSync(join(tmpdir(), "poshang-"));
  const operator = join(folder, "operator.toml");
  const example = readFileSync(join(ROOT, "crates/endpoint/operator.example.toml"), "utf8");
  writeFileSync(operator, example.replace('# contributions = "on"', 'contributions = "on"'));
  test.use({
    flags: ["--operator", operator],
    phoneOptions: { geolocation: THERE, permissions: ["geolocation"] },
  });
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("who stands in a park that nobody has placed places it, once somebody has confirmed it", async ({
    endpoint,
    phone,
  }) => {
    const page = await phone.open(LAKE);
    await expect(button(page, "我就在这个公园里")).toBeVisible();
    await phone.isKept();
    await endpoint.offline();
    await button(page, "我就在这个公园里").click();
    await expect(page.getByText("找到了，误差 14 米以内。")).toBeVisible();
    await shoot(page, "park-place");
    await expectAccessible(page);
    await button(page, "同意，存手机").click();
    await expect(kept(page)).toBeVisible();
    await page.goto(`${endpoint.url}/outbox`);
    await new Row(page).says("已存手机");
    await expect(page.getByText("补全公园数据")).toBeVisible();
    await endpoint.online();
    await page.reload();
    await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
    await new Row(page).says("已送达");
    const [item] = listed(endpoint);
    expect(item).toMatchObject({ what: "here", park: "JLP-001", state: "new", accuracy_m: 14 });
    expect(item.lat).toBeCloseTo(29.44, 5);
    const sealed = JSON.parse(atTheEndpoint(endpoint)[0].sealed);
    expect(sealed.body.consents).toMatchObject([{ what: "position_odbl", version: "1" }]);

    // Nobody has confirmed it: no pack has it. Then one does.
    expect(desk(endpoint, "export").trim().split("\n")).toHaveLength(1);
    desk(endpoint, "confirm", item.id);
    const tables = endpoint.folder();
    cpSync(join(ROOT, "data"), tables, { recursive: true });
    writeFileSync(join(tables, "contributions.csv"), desk(endpoint, "export"));
    const district = readFileSync(join(tables, "district.csv"), "utf8");
    writeFileSync(join(tables, "district.csv"), district.replace(/(\n\d+),[^,]+,/, "$1,2099-01-01,"));
    const out = join(endpoint.data, "pack");
    execFileSync("cargo", ["xtask", "pack", "--ahead", "--district", tables, "--out", out], {
      cwd: ROOT,
      stdio: "ignore",
    });
    await page.goto(`${endpoint.url}/parks`);
    await expect.poll(() => keptEdition(page)).toBe("2099-01-01");
    await page.goto(endpoint.url + LAKE);
    await expect(page.getByText("已定位，公园在这个点约 20 米以内").first()).toBeVisible();
    await expect(page.getByText(/居民到场补充，运营方核实/).first()).toBeAttached();
    await expect(button(page, "我就在这个公园里")).toHaveCount(0);
  });

  test("a fact, a park that is missing and two that are one go the same way, and can be taken back", async ({
    endpoint,
    phone,
  }) => {
    const page = await phone.open(LAKE);
    await button(page, "这些还对吗？").click();
    await button(page, "门票").click();
    await button(page, "不对了").click();
    await page.getByLabel("现在是怎样的？").fill("要收十块");
    // What was begun is there again after another chip, and after the page was loaded anew.
    await button(page, "面积").click();
    await button(page, "门票").click();
    await expect(page.getByLabel("现在是怎样的？")).toHaveValue("要收十块");
    await page.reload();
    await expect(page.getByLabel("现在是怎样的？")).toHaveValue("要收十块");
    await button(page, "存手机").click();
    await expect(kept(page)).toBeVisible();
    await button(page, "和另一处是同一个地方").click();
    await page.getByRole("searchbox", { name: "找另一处" }).fill("cqdwy");
    await page.getByRole("button", { name: "重庆动物园", exact: true }).click();
    await button(page, "存手机").click();
    await expect.poll(() => listed(endpoint).length).toBe(2);
    await page.goto(`${endpoint.url}/parks`);
    await button(page, "说说是哪个").click();
    await button(page, "存手机").click();
    await expect(page.getByText("写上名字，大家平时怎么叫就怎么写。")).toBeVisible();
    await page.getByLabel("公园叫什么").fill("三号楼坡坎游园");
    await page.getByLabel("在哪里（可以不写）").fill("三号楼后面");
    await page.reload();
    await expect(page.getByLabel("公园叫什么")).toHaveValue("三号楼坡坎游园");
    await expect(page.getByLabel("在哪里（可以不写）")).toHaveValue("三号楼后面");
    await expectAccessible(page);
    await button(page, "存手机").click();
    await expect(kept(page)).toBeVisible();
    await expect.poll(() => listed(endpoint).length).toBe(3);
    expect(listed(endpoint)).toMatchObject([
      { what: "right", fact: "entry", holds: false, words: "要收十块" },
      { what: "same", park: "JLP-001", other: "JLP-002" },
      { what: "missing", name: "三号楼坡坎游园", words: "三号楼后面", lat: null },
    ]);
    await page.goto(`${endpoint.url}/outbox`);
    await page.getByText("三号楼坡坎游园").click();
    await expect(page.getByText("数据里少了这个公园")).toBeVisible();
    await button(page, "撤回").first().click();
    await page.getByRole("dialog").getByRole("button", { name: "撤回", exact: true }).click();
    await expect.poll(() => listed(endpoint).length).toBe(2);
  });

  test("a position that is too vague places nothing and says why", async ({ phone }) => {
    await phone.open("/");
    await phone.context.setGeolocation({ ...THERE, accuracy: 80 });
    const page = await phone.open(LAKE);
    await button(page, "我就在这个公园里").click();
    await expect(
      page.getByText("现在的位置误差有 80 米，要 50 米以内才能标定。到开阔处再试。"),
    ).toBeVisible();
    await expect(button(page, "同意，存手机")).toHaveCount(0);
  });
});

test("where no operator takes them nothing is offered", async ({ phone }) => {
  const page = await phone.open(LAKE);
  await phone.isKept();
  await expect(page.getByRole("heading", { name: "知道的事" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "帮忙补全" })).toHaveCount(0);
  await page.goto(page.url().replace(LAKE, "/parks"));
  await expect(page.getByText("少了一个公园？")).toHaveCount(0);
});
