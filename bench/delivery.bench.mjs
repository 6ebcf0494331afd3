// How long a report takes, how much it weighs, on the real page against the real endpoint.
import { atTheEndpoint } from "../e2e/rig/kept.mjs";
import { Report, writtenOffline } from "../e2e/rig/report.mjs";
import { manyMore } from "../e2e/rig/storage.mjs";
import { expect, test } from "../e2e/rig/test.mjs";
import { measured, median } from "./measured.mjs";

const TIMES = 5;
const MANY = 1_000;

test("a text report on a good line", async ({ endpoint, phone }) => {
  const took = [];
  const lengths = [];
  await phone.open();
  await phone.isKept();
  for (let time = 0; time < TIMES; time++) {
    await endpoint.offline();
    await phone.page.goto(`${endpoint.url}/report?another=1`);
    await new Report(phone.page).write();
    await phone.page.goto(`${endpoint.url}/outbox`);
    await expect(phone.page.getByText(/连不上收件处/).first()).toBeVisible();
    await endpoint.online();
    const before = (await endpoint.log()).length;
    took.push(await phone.page.evaluate(untilDelivered, time + 1));
    const posts = (await endpoint.log()).slice(before).filter(({ method }) => method === "POST");
    lengths.push(posts[0].length);
  }
  expect(atTheEndpoint(endpoint)).toHaveLength(TIMES);
  const how = `median of ${TIMES} (\`bench/delivery.bench.mjs\`)`;
  measured({
    what: "from `online` to 已送达 on the screen, one text report, a line without delay",
    goal: 1_500,
    value: median(took),
    unit: "ms",
    how,
  });
  measured({
    what: "body of the request that carries one text report",
    goal: 2_048,
    value: median(lengths),
    unit: "bytes",
    how: `${how}, as the proxy counts it`,
  });
});

test("a thousand text reports that waited", async ({ endpoint, phone }) => {
  await writtenOffline(endpoint, phone);
  const page = phone.page;
  await manyMore(page, MANY - 1);
  await endpoint.rules([{ path: "/sync/", fault: { delay_ms: 50 } }]);
  await page.goto("about:blank");
  const devtools = await phone.context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const before = (await endpoint.log()).length;
  await page.goto(`${endpoint.url}/outbox`);
  const ended = await page.evaluate(untilNothingWaits, `${MANY} 件在手机里等着送`);
  expect(atTheEndpoint(endpoint)).toHaveLength(MANY);
  const calls = (await endpoint.log()).slice(before).filter(({ path }) => path.startsWith("/sync/"));
  measured({
    what: `${MANY} text reports that waited, from the greeting until the screen says that none does, 4× slower CPU, 50 ms a call`,
    goal: 10_000,
    value: ended - calls[0].at_ms,
    unit: "ms",
    how: `once, ${calls.length} calls (\`bench/delivery.bench.mjs\`)`,
  });
});

/** When the words that say how many wait have come and gone. In the page. */
function untilNothingWaits(words) {
  return new Promise((resolve) => {
    let seen = false;
    const look = () => {
      const waits = document.getElementById("app").textContent.includes("件在手机里等着送");
      seen ||= document.getElementById("app").textContent.includes(words);
      if (!seen || waits) return;
      watch.disconnect();
      resolve(Date.now());
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  });
}

/** Milliseconds from `online` until so many rows are delivered on the screen. In the page. */
function untilDelivered(count) {
  return new Promise((resolve) => {
    const begun = performance.now();
    const look = () => {
      const words = document.getElementById("main").textContent;
      if (words.split("已送达（演示服务）").length - 1 < count) return;
      watch.disconnect();
      resolve(performance.now() - begun);
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    dispatchEvent(new Event("online"));
  });
}
