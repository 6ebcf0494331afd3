// Browsers that keep nothing, or may not: storage switched off, a private window.
import { injected } from "./rig/faults.mjs";
import { atTheEndpoint } from "./rig/kept.mjs";
import { delivered, Row, tellOnline } from "./rig/outbox.mjs";
import { Phone } from "./rig/phone.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const NOTHING_KEPT = "这个浏览器不让存，关掉这一页就没了";
const MAY_NOT_LAST = "存在这里的，可能留不住";

/** Words of a storage that there is none of. */
const neverSaid = async (page) => {
  for (const words of [/已存手机/, /存手机/, /存好了/]) {
    await expect(page.getByText(words).locator("visible=true")).toHaveCount(0);
  }
};

/** Goes to a room as a person does: a page that is loaded anew has forgotten everything. */
const toOutbox = (page) => page.getByRole("link", { name: /上报箱/ }).last().click();

/** Nobody is reached. The page's own pictures still load: no worker has kept them here. */
const noWay = (endpoint) => endpoint.rules([{ path: "/sync/", fault: "offline" }]);

async function writeAndSeal(page, { photos = 0, words }) {
  const report = new Report(page);
  await expect(report.heading("拍一张现场")).toBeVisible();
  for (let nth = 1; nth <= photos; nth++) {
    await report.shoot();
    await expect(page.getByText(/^拍进来了/)).toHaveCount(nth);
  }
  await (photos ? report.next() : report.noPhoto());
  await report.kind();
  await report.landmark();
  await report.next();
  await report.words(words);
  await neverSaid(page);
  await report.next();
  await neverSaid(page);
  await report.button("封好，马上送").click();
  await expect(report.heading("封好了")).toBeVisible();
  await neverSaid(page);
}

test.describe("a browser whose owner lets no site store anything", () => {
  test.use({ phoneOptions: { storage: "blocked" } });

  test("takes a report, sends it at once, and never calls it kept", async ({ endpoint, phone }) => {
    // Reading `localStorage` throws in such a browser: the page once died of it before its first word.
    await phone.open();
    const bar = phone.page.getByText(NOTHING_KEPT);
    await expect(bar).toBeVisible();
    await neverSaid(phone.page);
    const fault = injected("C10", "the browser's owner has switched off storage for all sites");
    await phone.open("/report");
    await writeAndSeal(phone.page, { photos: 1, words: "浏览器不让存的时候写的" });
    await expect(bar).toBeVisible();
    await toOutbox(phone.page);
    await new Row(phone.page).says("已送达（演示服务）");
    await expect(bar).toBeVisible();
    const [item, ...others] = atTheEndpoint(endpoint);
    expect(others).toEqual([]);
    expect(item).toMatchObject({ blobs: 1, blobs_here: 1 });
    expect(JSON.parse(item.sealed).body.words).toBe("浏览器不让存的时候写的");
    fault.observed("written, sealed and delivered once out of the page's memory; 已存手机 is not said");
  });

  test("saves to a file what it cannot send, and another browser sends it once", async ({
    endpoint,
    phone,
  }) => {
    await phone.open("/report");
    await expect(phone.page.getByText(NOTHING_KEPT)).toBeVisible();
    await noWay(endpoint);
    const fault = injected("C10", "no storage, and then no network either");
    await writeAndSeal(phone.page, { photos: 1, words: "送不出去的" });
    await toOutbox(phone.page);
    const row = new Row(phone.page);
    await row.says("只在这一页");
    await expect(phone.page.locator("#main").getByText("1 件只在这一页上，还没送到")).toBeVisible();
    await neverSaid(phone.page);
    const download = phone.page.waitForEvent("download");
    await phone.page.getByRole("button", { name: "存成文件" }).locator("visible=true").click();
    const file = await (await download).path();
    await expect(phone.page.getByText(/文件交给浏览器了/)).toBeVisible();

    // Closing asks first; and then it is gone here.
    const asked = phone.page.waitForEvent("dialog");
    const closed = phone.page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe("beforeunload");
    await question.accept();
    await closed;
    await phone.open("/outbox");
    await expect(phone.page.getByText("这里还没有东西")).toBeVisible();

    await endpoint.online();
    const other = new Phone(endpoint.url);
    try {
      await other.open("/outbox");
      await other.page.locator("#rescue-file").setInputFiles(file);
      await new Row(other.page).says("已送达（演示服务）");
      const items = atTheEndpoint(endpoint);
      expect(items).toMatchObject([{ blobs: 1, blobs_here: 1 }]);
      expect(JSON.parse(items[0].sealed).body.words).toBe("送不出去的");
    } finally {
      await other.discard();
    }
    expect(other.complaints).toEqual([]);
    fault.observed("asked before closing; the saved file, read in by another browser, arrives once");
  });

  test("goes on trying while the page is open", async ({ endpoint, phone }) => {
    await phone.open("/report");
    await expect(phone.page.getByText(NOTHING_KEPT)).toBeVisible();
    await noWay(endpoint);
    await writeAndSeal(phone.page, { words: "等网络的" });
    await toOutbox(phone.page);
    await new Row(phone.page).says("只在这一页");
    await endpoint.online();
    await tellOnline(phone.page);
    await new Row(phone.page).says("已送达（演示服务）");
    expect(atTheEndpoint(endpoint)).toHaveLength(1);
  });

  test("says so when it is asked whether the work is safe", async ({ phone }) => {
    await phone.open("/me/safe");
    await expect(phone.page.getByText(/^保不住：/)).toBeVisible({ timeout: 30_000 });
  });
});

test("a database that never opens costs no text: a page that is loaded anew has it from the mirror", async ({
  endpoint,
  phone,
}) => {
  await phone.open();
  await phone.isKept();
  await phone.context.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("no storage here", "InvalidStateError");
    };
  });
  await endpoint.offline();
  await phone.page.goto(`${endpoint.url}/report`);
  const fault = injected("C10", "every opening of the database throws, for ever");
  await expect(phone.page.getByText(NOTHING_KEPT)).toBeVisible();
  await writeAndSeal(phone.page, { words: "数据库打不开" });
  phone.page.on("dialog", (dialog) => dialog.accept());
  for (const path of ["/outbox", "/outbox"]) {
    await phone.page.goto(`${endpoint.url}${path}`);
    await new Row(phone.page).says("只在这一页");
    await expect(phone.page.locator("[data-row]")).toHaveCount(1);
  }
  await neverSaid(phone.page);
  await endpoint.online();
  await tellOnline(phone.page);
  await new Row(phone.page).says("已送达（演示服务）");
  const reports = atTheEndpoint(endpoint).filter((item) => JSON.parse(item.sealed).kind === "report");
  expect(reports.map((item) => JSON.parse(item.sealed).body.words)).toEqual(["数据库打不开"]);
  fault.observed("not called kept, yet back after each reload, and delivered once");
});

// Some browsers now and then never answer an opening: the page showed nothing, and nothing could be written.
test("a database that never answers is waited for a while, and then a report is sent at once", async ({
  endpoint,
  phone,
}) => {
  await phone.open();
  await phone.isKept();
  await phone.context.addInitScript(() => {
    IDBFactory.prototype.open = () => new (class extends EventTarget {
      readyState = "pending";
    })();
  });
  await phone.page.goto(`${endpoint.url}/report`);
  const fault = injected("C10", "every opening of the database hangs, for ever");
  await expect(phone.page.getByText(NOTHING_KEPT)).toBeVisible({ timeout: 60_000 });
  await writeAndSeal(phone.page, { words: "数据库不回答" });
  await toOutbox(phone.page);
  await new Row(phone.page).says("已送达（演示服务）");
  expect(JSON.parse(atTheEndpoint(endpoint)[0].sealed).body.words).toBe("数据库不回答");
  fault.observed("given up after a while; written and sent at once out of the page's memory");
});

test.describe("a private window", () => {
  test.use({ phoneOptions: { storage: "private" } });

  test("is told of before the first report, which is sent at once", async ({ endpoint, phone }) => {
    await phone.open();
    // Chromium 156.0.8078.108 says ten gigabytes of every window, and then nothing tells a private one.
    await phone.context.addInitScript(() => {
      navigator.storage.estimate = async () => ({ quota: 5 * 2 ** 30, usage: 0 });
    });
    await phone.page.goto(`${endpoint.url}/report`);
    const fault = injected("C13", "the page was opened in a private window that gives less room");
    await expect(phone.page.getByText(MAY_NOT_LAST)).toBeVisible();
    await expect(new Report(phone.page).heading("拍一张现场")).toBeVisible();
    await new Report(phone.page).write({ photos: 1, words: "无痕窗口里写的" });
    await delivered(phone.page);
    await expect(phone.page.getByText(MAY_NOT_LAST)).toBeVisible();
    expect(atTheEndpoint(endpoint)).toMatchObject([{ blobs: 1, blobs_here: 1 }]);
    fault.observed("said on the first question and in 上报箱, as what may be; sent at once");
  });
});

test("a browser that keeps what it is given says nothing of the kind", async ({ phone }) => {
  await phone.open("/report");
  await expect(new Report(phone.page).heading("拍一张现场")).toBeVisible();
  await phone.isKept();
  for (const words of [NOTHING_KEPT, MAY_NOT_LAST]) {
    await expect(phone.page.getByText(words)).toHaveCount(0);
  }
});
