// "Is my work safe?": one sentence, for each way in which it may not be.
import { atTheEndpoint, onThePhone } from "./rig/kept.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const BREAKING = new URL("./rig/breaking.js", import.meta.url).pathname;
const probes = (rows) => rows.filter((row) => row.kind === "probe");

/** Opens the page on a phone whose browser answers as given. */
async function look(phone, { promised = true, room = 1e9 } = {}) {
  await phone.open();
  await phone.page.locator("#app h1").first().waitFor();
  await phone.context.addInitScript(
    ({ promised, room }) => {
      // An empty page, before the app, has none.
      if (!globalThis.StorageManager) return;
      StorageManager.prototype.persisted = async () => promised;
      StorageManager.prototype.estimate = async () => ({ quota: room + 5e6, usage: 5e6 });
    },
    { promised, room },
  );
  await phone.open("/me/safe");
}

/** The sentence in large type. */
const says = (phone, sentence) =>
  expect(phone.page.getByRole("status").getByRole("heading")).toHaveText(sentence, {
    timeout: 30_000,
  });

/** The state of one finding, as a word. */
const finds = (phone, what, state) =>
  expect(
    phone.page.getByRole("listitem").filter({ hasText: what }).getByText(state, { exact: true }),
  ).toBeVisible();

const again = (phone) => phone.page.getByRole("button", { name: "再看一遍" }).click();

test("all is well when everything is kept, promised and delivered, and a demo says so", async ({
  endpoint,
  phone,
}) => {
  await phone.open();
  await phone.isKept();
  await look(phone);
  await says(phone, /^保得住，但没有人会处理：封好的都已送达（演示服务）/);
  await finds(phone, "够得着收件处", "好");
  await finds(phone, "还剩的地方", "好");
  await expect(phone.page.getByText("约 1000 MB")).toBeVisible();
  // The sentence rests on a receipt for a probe that is really there.
  const [probe, ...others] = atTheEndpoint(endpoint);
  expect(others).toEqual([]);
  expect(JSON.parse(probe.sealed)).toMatchObject({
    kind: "probe",
    body: { what: "is_my_work_safe" },
  });
  const [row] = probes((await onThePhone(phone.page)).rows);
  expect(row).toMatchObject({ sha256: probe.sha256, delivery: { is: "delivered" } });
});

// It said that the collecting point was out of reach, and that things go once there is a network.
test("another endpoint than last time is named, for it gets nothing", async ({ endpoint, phone }) => {
  await phone.open();
  await phone.isKept();
  await look(phone);
  await says(phone, /^保得住/);
  await endpoint.restart(["--data", endpoint.folder()]);
  await again(phone);
  await says(phone, /^只在这部手机里：收件处换了钥匙/);
  await finds(phone, "够得着收件处", "不行");
  expect(atTheEndpoint(endpoint)).toEqual([]);
});

test("a browser that has promised nothing is said, with what to do", async ({ phone }) => {
  await look(phone, { promised: false });
  await says(phone, /^不一定保得住：浏览器没有答应留住/);
  await finds(phone, "浏览器答应留住", "不行");
});

test("a browser that does not know the question has promised nothing, and its room is unknown", async ({
  phone,
}) => {
  await phone.open();
  await phone.context.addInitScript(() => {
    if (!globalThis.StorageManager) return;
    delete StorageManager.prototype.persisted;
    delete StorageManager.prototype.estimate;
  });
  await phone.open("/me/safe");
  await says(phone, /^不一定保得住：浏览器没有答应留住/);
  await finds(phone, "浏览器答应留住", "不知道");
  await finds(phone, "还剩的地方", "不知道");
});

test("a phone that is nearly full is said before a missing promise", async ({ phone }) => {
  await look(phone, { promised: false, room: 5e6 });
  await says(phone, /^快保不住了：手机快没地方了/);
  await finds(phone, "还剩的地方", "不行");
});

test.describe("without a service worker", () => {
  test.use({ phoneOptions: { serviceWorkers: "block" } });

  test("the page says that it will not open with no network", async ({ phone }) => {
    await look(phone);
    await says(phone, /^写了的在，没网时却打不开/);
    await finds(phone, "没网也能打开", "不行");
  });
});

test("with the collecting point away, what is unsent is on this phone only, and looking again adds nothing", async ({
  endpoint,
  phone,
}) => {
  await phone.open("/report");
  await phone.isKept();
  await endpoint.offline();
  await new Report(phone.page).write({ words: "还在手机里的" });
  await look(phone);
  await says(phone, /^只在这部手机里：够不着收件处，1 件没送出/);
  await finds(phone, "够得着收件处", "不行");
  await again(phone);
  await says(phone, /^只在这部手机里：够不着收件处，1 件没送出/);
  // One probe, however often somebody looks; and it is counted nowhere as work of theirs.
  expect(probes((await onThePhone(phone.page)).rows)).toHaveLength(1);
  await expect(phone.page.getByText("1 件未送出").first()).toBeAttached();
  await endpoint.online();
  await again(phone);
  await says(phone, /^保得住，但没有人会处理/);
  expect(atTheEndpoint(endpoint).map((item) => JSON.parse(item.sealed).kind).sort()).toEqual([
    "probe",
    "report",
  ]);
});

test("a storage that keeps nothing is the worst of all", async ({ phone }) => {
  await phone.open();
  await phone.context.addInitScript({ path: BREAKING });
  await look(phone, { promised: false, room: 5e6 });
  await says(phone, /^快保不住了/);
  await phone.page.evaluate(() => breakNext("begin", 1e9));
  await again(phone);
  await says(phone, /^保不住：这个浏览器现在存不住东西/);
  await finds(phone, "存得进，读得出", "不行");
  await expect(phone.page.getByText("又读了回来")).toBeHidden();
});
