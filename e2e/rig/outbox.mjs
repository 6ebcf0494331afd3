// The newest row of 上报箱, as a person reads it.
import { expect } from "@playwright/test";

import { atTheEndpoint } from "./kept.mjs";

/** The browser says to a page that there is a network. */
export const tellOnline = (page) => page.evaluate(() => dispatchEvent(new Event("online")));

/** A person asks to send. If it goes by itself at this very moment, the button is gone under the
 * finger; what the test then sees is the same. */
export async function sendNow(page) {
  const button = page.getByRole("button", { name: "现在送" });
  await button.click({ timeout: 10_000 }).catch(() => tellOnline(page));
}

/** What was sealed waits and says why; once nothing stands in its way, it arrives, once. */
export async function waitsAndThenArrives(endpoint, page, why) {
  await page.goto(`${endpoint.url}/outbox`);
  const row = new Row(page);
  await row.says("已存手机");
  await row.explains(why);
  expect(atTheEndpoint(endpoint)).toHaveLength(0);
  await endpoint.online();
  // It may try by itself at this very moment: a button would be gone under the finger.
  await tellOnline(page);
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

/** One thing of 上报箱, opened. */
export class Opened {
  constructor(page) {
    this.page = page;
    this.way = page.locator("[data-way]");
  }

  /** Opens the newest one, as a person does. */
  static async newest(endpoint, page) {
    await page.goto(`${endpoint.url}/outbox`);
    await page.locator("[data-row]").first().click();
    return new Opened(page);
  }

  async says(state) {
    const chip = this.way.getByRole("status").getByText(state, { exact: true });
    await expect(chip).toBeVisible({ timeout: 30_000 });
  }

  async explains(why) {
    await expect(this.way.getByText(why)).toBeVisible({ timeout: 30_000 });
  }

  /** Takes it back, after the dialog has said what that does. */
  async takeBack(what) {
    await this.page.getByRole("button", { name: "撤回", exact: true }).click();
    const dialog = this.page.getByRole("dialog");
    await expect(dialog).toContainText(what);
    await dialog.getByRole("button", { name: "撤回", exact: true }).click();
  }
}
