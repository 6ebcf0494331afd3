// A report begins with whatever the person has at hand; the other questions follow, each once.
import { atTheEndpoint } from "./rig/kept.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const isAsked = (phone, nth) => expect(phone.page.getByText(`第 ${nth} 问，共 5 问`)).toBeVisible();

test("a report that begins with its kind asks for the photo next, and nothing twice", async ({
  endpoint,
  phone,
}) => {
  await phone.open();
  await phone.page.getByRole("link", { name: "先选种类" }).click();
  const report = new Report(phone.page);
  await expect(report.heading("是哪一类的事？")).toBeVisible();
  await isAsked(phone, 1);
  await phone.page.reload();
  await expect(report.heading("是哪一类的事？")).toBeVisible();
  await isAsked(phone, 1);
  await report.kind();
  await expect(report.heading("拍一张现场")).toBeVisible();
  await isAsked(phone, 2);
  await phone.page.reload();
  await isAsked(phone, 2);
  await report.photo();
  await report.next();
  await isAsked(phone, 3);
  await report.landmark();
  await report.next();
  await report.words("栏杆断了");
  await report.next();
  await report.seal();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  const { body, blobs } = JSON.parse(atTheEndpoint(endpoint)[0].sealed);
  expect(body).toMatchObject({ issue: "road.steps_rail", words: "栏杆断了" });
  expect(blobs).toHaveLength(1);
});

test("a report that begins with its place can be left by the arrow, and asks for the rest", async ({
  endpoint,
  phone,
}) => {
  await phone.open();
  await phone.page.getByRole("link", { name: "先说地点" }).click();
  const report = new Report(phone.page);
  await isAsked(phone, 1);
  await report.button("返回").click();
  await expect(report.heading("哪里坏了，说一声")).toBeVisible();
  await phone.page.getByRole("link", { name: "先说地点" }).click();
  await isAsked(phone, 1);
  await report.landmark("黄桷树旁边");
  await report.next();
  await expect(report.heading("拍一张现场")).toBeVisible();
  await isAsked(phone, 2);
  await report.noPhoto();
  await isAsked(phone, 3);
  await report.kind();
  await report.words("栏杆断了");
  await report.next();
  await report.seal();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  const { body } = JSON.parse(atTheEndpoint(endpoint)[0].sealed);
  expect(body).toMatchObject({ issue: "road.steps_rail", words: "栏杆断了" });
  expect(body.place.words).toBe("黄桷树旁边");
});

/** A report that began at a place: photo passed over, kind, words, seal. */
async function writeOn(report) {
  await report.noPhoto();
  await report.kind();
  if (await report.heading("在哪里？").isVisible()) await report.next();
  await report.words("栏杆断了");
  await report.next();
  await report.seal();
}

/** What a kind asks about danger comes before anything else. */
async function noDanger(report) {
  await report.page.getByRole("button", { name: "不是", exact: true }).click();
  await report.passAsks();
}

const bodyOf = (endpoint, nth = 0) => JSON.parse(atTheEndpoint(endpoint)[nth].sealed).body;

test("a report that begins at a park is on the disk at once, and no reload forgets where", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/parks/JLP-001");
  await phone.isKept();
  await endpoint.offline();
  await phone.page.getByRole("link", { name: "这里坏了" }).click();
  const report = new Report(phone.page);
  await expect(report.heading("拍一张现场")).toBeVisible();
  await expect(phone.page).toHaveURL(/draft=/);
  await phone.page.reload();
  await report.noPhoto();
  await report.kind();
  await expect(phone.page.getByText("彩云湖国家湿地公园")).toBeVisible();
  // Back to the park and in again: one draft, not two.
  await phone.page.goto(`${endpoint.url}/parks/JLP-002`);
  for (let times = 0; times < 2; times += 1) {
    await phone.page.getByRole("link", { name: "这里坏了" }).click();
    await expect(report.heading("拍一张现场")).toBeVisible();
    // The heading stands there before the draft does.
    await expect(phone.page).toHaveURL(/draft=/);
    await phone.page.goBack();
    await expect(phone.page.getByRole("heading", { level: 1, name: "重庆动物园" })).toBeVisible();
  }
  await phone.page.goto(`${endpoint.url}/outbox`);
  await expect(phone.page.getByRole("link", { name: "接着写" })).toHaveCount(2);
});

test("a project, a community and a plate each begin a report there, and it says so when sealed", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report?project=R-01");
  const report = new Report(phone.page);
  await writeOn(report);
  await phone.page.goto(`${endpoint.url}/report?community=500107003003`);
  await writeOn(report);
  await phone.page.goto(`${endpoint.url}/report?plate=${encodeURIComponent("黄桷坪-17")}&kind=road.steps_rail`);
  await noDanger(report);
  await expect(report.heading("拍一张现场")).toBeVisible();
  await isAsked(phone, 2);
  await report.noPhoto();
  // A plate is a place that needs no more words.
  await report.words("栏杆断了");
  await report.next();
  await expect(phone.page.getByText("牌子 黄桷坪-17")).toBeVisible();
  await report.seal();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(3);
  expect(bodyOf(endpoint, 0).place).toMatchObject({ how: ["project"], project: "R-01" });
  expect(bodyOf(endpoint, 1).place).toMatchObject({ how: ["community"], community: "500107003003" });
  expect(bodyOf(endpoint, 2)).toMatchObject({
    issue: "road.steps_rail",
    place: { how: ["plate"], plate: "黄桷坪-17" },
  });
});

test("a kind that calls first does so before anything else, and a link that names nothing known says so", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report?kind=utility.gas_leak");
  const report = new Report(phone.page);
  await expect(report.button("已经打过了，继续上报")).toBeVisible();
  for (const query of ["kind=nonsense", "park=JLP-999", "community=1", "again=x", `plate=${"9".repeat(99)}`]) {
    await phone.page.goto(`${endpoint.url}/report?${query}`);
    await expect(report.heading("拍一张现场")).toBeVisible();
    await expect(phone.page.getByText("链接里说的，这里找不到")).toBeVisible();
  }
});

test("what was reported is broken again: place and kind stand, and the new report names the old one", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report?another=place");
  const report = new Report(phone.page);
  await report.landmark("黄桷树旁边");
  await report.next();
  await report.noPhoto();
  await report.kind();
  await report.words("栏杆断了");
  await report.next();
  await report.seal();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(1);
  await phone.page.goto(`${endpoint.url}/outbox`);
  await phone.page.getByRole("link", { name: /台阶护栏破损/ }).click();
  await phone.page.getByRole("link", { name: "这里又坏了" }).click();
  await noDanger(report);
  await expect(report.heading("拍一张现场")).toBeVisible();
  await phone.page.reload();
  await expect(report.heading("拍一张现场")).toBeVisible();
  await report.noPhoto();
  await report.words("又断了");
  await report.next();
  await report.seal();
  await expect.poll(() => atTheEndpoint(endpoint).length).toBe(2);
  const [first] = atTheEndpoint(endpoint);
  expect(bodyOf(endpoint, 1)).toMatchObject({
    issue: "road.steps_rail",
    again: { of: first.id, how: "same" },
    words: "又断了",
  });
  expect(bodyOf(endpoint, 1).place.words).toBe("黄桷树旁边");
});
