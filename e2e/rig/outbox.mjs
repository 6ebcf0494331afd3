// The newest row of 上报箱, as a person reads it.
import { expect } from "@playwright/test";

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
