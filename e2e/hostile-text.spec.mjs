// Text that people paste, and text that somebody means badly: stored as it was typed within the limit,
// and shown everywhere without harm.
import { atTheEndpoint, onThePhone } from "./rig/kept.mjs";
import { delivered, Opened } from "./rig/outbox.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

const TEXTS = {
  "ten thousand characters": "坏".repeat(10_000),
  "one word of four thousand letters": "W".repeat(4_000),
  "emoji, of several signs each": "👩🏽‍🔧🏳️‍🌈🇨🇳".repeat(200),
  "marks that turn the line": "\u202e)乙(甲\u2066\u2069\u2069\u202e 123 \u200fשלום \u061cمرحبا",
  "control characters": "a\u0001b\u0007c\u001b[31md\u007fe\u0085f\u2028g\u2029h\ufeffi",
  "a pasted table": "楼栋\t问题\t天数\n3 栋\t灯不亮\t12\n\n5 栋\t\"门\", 坏\t\\n",
  "what a page could take for its own": "<img src=x onerror=alert(1)><script>alert(2)</script>{{1+1}}&lt;b&gt;%00${7*7}'\";--",
};

const LIMIT = 4_000;

/** Nothing stands wider than the screen, and no word of a person has become a part of the page. */
async function isSafe(page, where) {
  const seen = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - innerWidth,
    foreign: document.querySelectorAll("img[src=x], script:not([src]):not([nonce])").length,
  }));
  expect(seen.wide, `${where} is wider than the screen`).toBeLessThanOrEqual(0);
  expect(seen.foreign, where).toBe(0);
}

/** What is on the screen, sign for sign: the browser's own copy of it folds nothing. */
const shown = (page) => page.evaluate(() => document.body.textContent);

for (const [what, text] of Object.entries(TEXTS)) {
  test(`${what}: stored as typed within the limit, shown safely everywhere`, async ({
    endpoint,
    phone,
  }) => {
    const page = await phone.open("/report");
    page.on("dialog", () => expect(what, "a word of a person was run").toBe(""));
    const report = new Report(page);
    const place = [...text].slice(0, 150).join("").replaceAll("\n", " ");
    await report.upToTheWords(place);
    await expect(report.heading("还有要说的吗？")).toBeVisible();
    const box = page.getByLabel("写几句");
    await box.fill(text);
    const over = [...text].length - LIMIT;
    let kept = text;
    if (over > 0) {
      await expect(page.getByText(`多了 ${over} 个字，删短一点。写的都在。`)).toBeVisible();
      await expect(box).toHaveValue(text);
      await report.next();
      const seal = report.button("封好，存手机");
      await expect(seal).toHaveAttribute("aria-disabled", "true");
      await isSafe(page, "the look over");
      await page.locator(".foot").getByRole("button", { name: "改" }).click();
      kept = text.slice(0, LIMIT);
      await box.fill(kept);
      await report.button("改好了，回去看一遍").click();
    } else {
      await report.next();
    }
    await expect(report.heading("看一遍，封好")).toBeVisible();
    expect(await shown(page)).toContain(kept);
    await isSafe(page, "the look over");
    await endpoint.offline();
    await report.seal();
    await isSafe(page, "已存手机");
    const [row] = (await onThePhone(page)).rows;
    expect(JSON.parse(row.sealed).body).toMatchObject({ words: kept, place: { words: place } });

    await page.goto(`${endpoint.url}/outbox`);
    await expect(page.locator("[data-row]")).toHaveCount(1);
    await isSafe(page, "上报箱");
    const opened = await Opened.newest(endpoint, page);
    await opened.says("已存手机");
    expect(await shown(page)).toContain(kept);
    await isSafe(page, "the opened row");
    await page.goto(`${endpoint.url}/rescue.html`);
    await expect(page.getByText("手机里有 1 件封好的上报。")).toBeVisible();
    expect(await shown(page)).toContain(kept);
    await isSafe(page, "rescue.html");

    await endpoint.online();
    await delivered(page);
    const [item] = atTheEndpoint(endpoint);
    expect(JSON.parse(item.sealed).body).toMatchObject({ words: kept, place: { words: place } });
  });
}
