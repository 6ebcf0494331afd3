// What a person gives of themselves on the look over: a telephone number, consents.
import { expect } from "@playwright/test";

/** Nobody's: the eleven digits of a mobile number, all of the rest zeros. */
export const NUMBER = "138 0000 0000";
/** As it is sealed. */
export const DIGITS = NUMBER.replaceAll(" ", "");

export class Giving {
  constructor(page) {
    this.page = page;
    this.field = page.getByLabel("电话号码");
    this.consent = page.getByRole("checkbox", { name: /可以打这个电话/ });
    this.passOn = page.getByRole("checkbox", { name: /转给能办的单位/ });
    this.photoPeople = page.getByRole("checkbox", { name: /照片里认得出的人/ });
    this.remember = page.getByRole("switch", { name: /记在这部手机上/ });
    this.seal = page.getByRole("button", { name: "封好，存手机", exact: true });
  }

  /** 留电话 or 不留: the label is what a finger meets. */
  async choose(answer) {
    await this.page.getByText(answer, { exact: true }).click();
    await expect(this.page.getByRole("radio", { name: answer })).toBeChecked();
  }

  async number(typed = NUMBER) {
    await this.choose("留电话");
    await this.field.fill(typed);
    await this.field.blur();
  }

  /** A number, agreed to. */
  async give(typed) {
    await this.number(typed);
    await this.consent.click();
    await expect(this.consent).toHaveAttribute("aria-checked", "true");
  }
}

/** The sentence of a consent as it stands on the screen, without the line under it. */
export const sentence = (consent) =>
  consent.evaluate((box) => box.querySelector("span:last-child").firstChild.textContent);
