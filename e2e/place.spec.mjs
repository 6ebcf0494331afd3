// Where it is: how exact a position is, and on which level of the slope.
import { expectAccessible } from "./rig/axe.mjs";
import { atTheEndpoint, onThePhone } from "./rig/kept.mjs";
import { LEVEL, Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

/** Inside the zoo. */
const ZOO = { latitude: 29.506642, longitude: 106.502213, accuracy: 30 };
/** In 金凤镇, which 重庆高新区 runs. */
const JINFENG = { latitude: 29.50645, longitude: 106.28905, accuracy: 20 };
/** 解放碑, across the line. */
const JIEFANGBEI = { latitude: 29.5573, longitude: 106.5771, accuracy: 20 };

const at = (geolocation) => ({ phoneOptions: { geolocation, permissions: ["geolocation"] } });

/** A report at the question of its place. */
async function atThePlace(phone) {
  const page = await phone.open("/report?another=place");
  const report = new Report(page);
  await expect(report.heading("在哪里？")).toBeVisible();
  return { page, report };
}

/** The label of a radio button is what a finger meets; the drawing above has some of the same words. */
const answer = (page, name) => page.locator("label").filter({ hasText: new RegExp(`^${name}$`) });

/** From the level to the sealed bytes. */
async function sealed(endpoint, report) {
  await report.button("下一问").click();
  await report.noPhoto();
  await report.kind();
  await report.words("栏杆断了");
  await report.next();
  await report.seal();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  return JSON.parse(atTheEndpoint(endpoint)[0].sealed).body;
}

test("the level of the slope is said by plain buttons, shown before sealing, and sealed in parts", async ({
  endpoint,
  phone,
}) => {
  const { page, report } = await atThePlace(phone);
  await report.landmark();
  await report.button("下一问").click();
  await expect(report.heading(LEVEL)).toBeVisible();
  await expect(page.getByText("第 1 问，共 5 问")).toBeVisible();
  await expectAccessible(page);
  await answer(page, "楼里").click();
  await expect(page.getByText(/^还要说是几楼/)).toBeVisible();
  await page.getByRole("textbox", { name: /^几楼/ }).fill("B2");
  await page.getByRole("textbox", { name: /^几楼/ }).blur();
  await expect(page.getByText("负 2 楼（说不清从哪条马路数）")).toBeVisible();
  await answer(page, "上面马路").click();
  await expect(page.getByText("从上面马路数起 负 2 楼", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByText("草稿已存手机")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("radio", { name: "楼里" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "上面马路" })).toBeChecked();
  const body = await sealed(endpoint, report);
  expect(body.place).toMatchObject({
    words: "小卖部门口",
    vertical: { from: "upper_road", floor: -2, basement: false, words: "" },
  });
});

test("a tap on the drawn section says what its button says", async ({ endpoint, phone }) => {
  const { page, report } = await atThePlace(phone);
  await report.landmark();
  await report.button("下一问").click();
  const drawn = (words) => page.locator("svg.cut text").filter({ hasText: new RegExp(`^${words}$`) });
  await drawn("桥下").click();
  await expect(page.getByRole("radio", { name: "高架" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "桥下" })).toBeChecked();
  await drawn("4").click();
  await expect(page.getByText("从下面马路数起 4 楼", { exact: true })).toBeVisible();
  // The fourth floor from below is the first from the road above; the drawing counts anew.
  await answer(page, "上面马路").click();
  await expect(page.getByText("从上面马路数起 4 楼", { exact: true })).toBeVisible();
  await drawn("1").click();
  await expect(page.getByText("从上面马路数起 1 楼", { exact: true })).toBeVisible();
  const body = await sealed(endpoint, report);
  expect(body.place.vertical).toEqual({ from: "upper_road", floor: 1, basement: false, words: "" });
});

test("whoever does not know the level goes on, and is not asked again", async ({ phone }) => {
  const { page, report } = await atThePlace(phone);
  await report.landmark();
  await report.button("下一问").click();
  await report.button("说不清").click();
  await expect(report.heading("拍一张现场")).toBeVisible();
  await report.noPhoto();
  await report.kind();
  await report.words("栏杆断了");
  await report.next();
  await expect(page.getByRole("button", { name: "改：坡的哪一层" })).toBeVisible();
  await page.getByRole("button", { name: "改：坡的哪一层" }).click();
  await expect(report.heading(LEVEL)).toBeVisible();
  await answer(page, "高架").click();
  await answer(page, "桥下").click();
  await report.button("改好了，回去看一遍").click();
  await expect(page.getByText("高架桥下")).toBeVisible();
});

test.describe("a position", () => {
  test.describe("good to thirty metres", () => {
    test.use(at(ZOO));

    test("says so beside its ring, and asks for nothing more", async ({ phone }) => {
      const { page, report } = await atThePlace(phone);
      await report.button(/^就在我这里/).click();
      await report.button("用它").click();
      await expect(page.getByText("约 ±30 米")).toBeVisible();
      await expect(page.getByText(/^位置太粗/)).toBeHidden();
      await expectAccessible(page);
    });
  });

  test.describe("worse than a hundred metres", () => {
    test.use(at({ ...ZOO, accuracy: 800 }));

    test("asks for a landmark, and can be sent without one", async ({ endpoint, phone }) => {
      const { page, report } = await atThePlace(phone);
      await report.button(/^就在我这里/).click();
      await expect(page.getByText("约 ±800 米")).toBeVisible();
      await report.button("用它").click();
      await expect(page.getByText(/^位置太粗/)).toBeVisible();
      await expect(page.getByLabel("附近有什么认得出的")).toHaveCount(1);
      await expectAccessible(page);
      await report.landmark("红色水塔旁边");
      await expect.poll(async () => (await onThePhone(page)).drafts[0]?.place.words).toBe("红色水塔旁边");
      await report.button("下一问").click();
      await expect(report.heading(LEVEL)).toBeVisible();
      await page.goBack();
      await page.getByLabel("附近有什么认得出的").fill("");
      await report.button("下一问").click();
      const body = await sealed(endpoint, report);
      expect(body.place).toMatchObject({ how: ["fix"], words: "" });
      expect(body.place.fixes[0].accuracy_m).toBe(800);
    });
  });

  test.describe("in a town that others run", () => {
    test.use(at(JINFENG));

    test("is said, taken, and flagged", async ({ endpoint, phone }) => {
      const { page, report } = await atThePlace(phone);
      await report.button(/^就在我这里/).click();
      await expect(page.getByText("这里由重庆高新区管，照样能报，会注明。")).toBeVisible();
      await report.button("用它").click();
      await report.button("下一问").click();
      const body = await sealed(endpoint, report);
      expect(body.place.outside).toBe("gaoxin");
    });
  });

  test.describe("across the line of the district", () => {
    test.use(at(JIEFANGBEI));

    test("is said, taken, and flagged", async ({ endpoint, phone }) => {
      const { page, report } = await atThePlace(phone);
      await report.button(/^就在我这里/).click();
      await expect(page.getByText("这里在九龙坡区界外，照样能报，会注明。")).toBeVisible();
      await report.button("用它").click();
      await report.button("下一问").click();
      const body = await sealed(endpoint, report);
      expect(body.place.outside).toBe("district");
    });
  });
});
