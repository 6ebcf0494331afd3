// A receipt: its number, its proof that another phone checks with no network, and apart from it the
// key of the case behind a tap.

import { Phone } from "./rig/phone.mjs";
import { Row } from "./rig/outbox.mjs";
import { onThePhone } from "./rig/kept.mjs";
import { scan } from "./rig/qr.mjs";
import { Report } from "./rig/report.mjs";
import { expect, test } from "./rig/test.mjs";

/** Writes a report, waits for its receipt and opens its row. */
async function receipted(endpoint, phone) {
  await phone.open("/report");
  await new Report(phone.page).write({ photos: 1, words: "扶手松了，晚上看不见" });
  await phone.page.goto(`${endpoint.url}/outbox`);
  await new Row(phone.page).says("已送达（演示服务）");
  await phone.page.locator("[data-row]").first().click();
  await expect(phone.page.getByRole("heading", { name: "回执" })).toBeVisible();
}

const showProof = (page) => page.getByText("给别人核对").click();

test("the proof on one screen is checked by another phone with no network, and holds no secret", async ({
  endpoint,
  phone,
}) => {
  await receipted(endpoint, phone);
  const [row] = (await onThePhone(phone.page)).rows;
  await showProof(phone.page);
  const proof = await scan(phone.page, /回执的二维码/);
  expect(proof).toContain(`${endpoint.url}/outbox#proof=`);
  const inside = Buffer.from(proof.split("#proof=")[1], "base64url").toString();
  expect(JSON.parse(inside)).toEqual({
    receipt: row.receipts[0].receipt,
    signature: row.receipts[0].signature,
  });
  expect(inside).not.toContain(row.secret);

  const other = new Phone(endpoint.url);
  try {
    await other.open();
    await other.isKept();
    // It has met the collecting point, and then has no network at all.
    await expect
      .poll(async () => (await onThePhone(other.page)).phone.keys?.length ?? 0)
      .toBeGreaterThan(0);
    await endpoint.offline();
    await other.context.setOffline(true);
    await other.page.goto(proof);
    await expect(other.page.getByRole("heading", { name: "是真的" })).toBeVisible();
    const number = row.case_no.replace(/(.{4})(.{4})/, "$1-$2");
    await expect(other.page.getByText(new RegExp(`^${number}-.$`))).toBeVisible();
    await expect(other.page.getByText("演示服务，没有人处理")).toBeVisible();

    for (const [what, at] of [["text", 40], ["signature", -20]]) {
      const flipped = Buffer.from(inside);
      flipped[at < 0 ? flipped.length + at : at] ^= 1;
      await other.page.goto(`${endpoint.url}/outbox#proof=${flipped.toString("base64url")}`);
      await expect(other.page.getByRole("heading", { name: "不是真的" }), what).toBeVisible();
    }
    expect(other.complaints).toEqual([]);
  } finally {
    await other.discard();
  }
  // Neither proof nor secret was ever part of a request.
  const asked = (await endpoint.log()).map((it) => it.path).join("\n");
  expect(asked).not.toContain("proof");
  expect(asked).not.toContain(row.secret);
});

test("a phone that never met the collecting point says so, and can meet it", async ({
  endpoint,
  phone,
}) => {
  await receipted(endpoint, phone);
  const [row] = (await onThePhone(phone.page)).rows;
  const { receipt, signature } = row.receipts[0];
  const shown = Buffer.from(JSON.stringify({ receipt, signature })).toString("base64url");

  const other = new Phone(endpoint.url);
  try {
    // The page comes, the collecting point does not answer.
    await endpoint.rules([{ path: "/sync/", fault: "offline" }]);
    await other.open(`/outbox#proof=${shown}`);
    await expect(other.page.getByRole("heading", { name: "这部手机没见过这个收件处" })).toBeVisible();
    // The page greets by itself now and then, and the button is gone once it has: so hold it first.
    const meet = await other.page.getByRole("button", { name: "连上网认一认" }).elementHandle();
    await endpoint.online();
    await meet.evaluate((button) => button.click());
    await expect(other.page.getByRole("heading", { name: "是真的" })).toBeVisible({ timeout: 30_000 });
  } finally {
    await other.discard();
  }
});

test("the key of a case is shown only after a tap that says what it opens, apart from the proof", async ({
  endpoint,
  phone,
}) => {
  await receipted(endpoint, phone);
  const [row] = (await onThePhone(phone.page)).rows;
  const fours = (text) => text.replace(/(.{4})/g, "$1-");
  await showProof(phone.page);
  await expect(phone.page.getByText("谁有它，谁以后就能打开这一件")).toBeVisible();
  expect(await phone.page.content()).not.toContain(fours(row.secret));
  await phone.page.getByRole("button", { name: "我知道了，给我看" }).click();
  await expect(phone.page.getByText(fours(row.secret))).toBeVisible();
  const key = await scan(phone.page, /查件密码的二维码/);
  expect(key).toBe(`${endpoint.url}/outbox#case=${row.case_no}.${row.secret}`);
  await phone.page.getByRole("button", { name: "收起来" }).click();
  expect(await phone.page.content()).not.toContain(fours(row.secret));

  // Opened, it leaves the address bar at once.
  await phone.page.goto(`${endpoint.url}/me`);
  await expect(phone.page.getByRole("heading", { level: 1, name: "我的" })).toBeVisible();
  await phone.page.waitForLoadState("networkidle");
  await phone.page.goto(key);
  await expect(phone.page.getByRole("heading", { name: "查件" })).toBeVisible();
  await expect.poll(() => phone.page.url()).not.toContain(row.secret);
});
