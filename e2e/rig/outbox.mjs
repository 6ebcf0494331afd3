// The newest row of 上报箱, as a person reads it.
import { expect } from "@playwright/test";

import { atTheEndpoint } from "./kept.mjs";

/** A person asks to send. */
export const sendNow = (page) => page.getByRole("button", { name: "现在送" }).click();

/** The browser says to a page that there is a network. */
export const tellOnline = (page) => page.evaluate(() => dispatchEvent(new Event("online")));

/** What was sealed waits and says why; once nothing stands in its way, it arrives, once. */
export async function waitsAndThenArrives(endpoint, page, why) {
  await page.goto(`${endpoint.url}/outbox`);
  const row = new Row(page);
  await row.says("已存手机");
  await row.explains(why);
  expect(atTheEndpoint(endpoint)).toHaveLength(0);
  await endpoint.online();
  await sendNow(page);
  await row.says("已送达（演示服务）");
  expect(atTheEndpoint(endpoint)).toHaveLength(1);
}

/** Opens 上报箱 and waits until its newest row has arrived. */
export async function delivered(page) {
  await page.goto(new URL("/outbox", page.url()).href);
  await new Row(page).says("已送达（演示服务）");
}

export class Row {
  constructor(page) {
    this.row = page.locator("[data-row]").first();
  }

  async says(state) {
    await expect(this.row.getByText(state, { exact: true })).toBeVisible({ timeout: 30_000 });
  }

  async explains(why) {
    await expect(this.row.getByText(why)).toBeVisible({ timeout: 30_000 });
  }
}
