// What every journey begins with: an endpoint behind a proxy, and a phone pointed at the proxy.
import { test as base, expect } from "@playwright/test";

import { Endpoint } from "./endpoint.mjs";
import { Phone } from "./phone.mjs";

export { expect };

export const test = base.extend({
  /** Flags for `cargo xtask run`, such as `["--operator", FILE]`. */
  flags: [[], { option: true }],
  /** Browser options beyond the usual, such as a granted location. */
  phoneOptions: [{}, { option: true }],

  endpoint: async ({ flags }, use) => {
    const endpoint = await Endpoint.start(flags);
    await use(endpoint);
    await endpoint.stop();
  },

  phone: async ({ endpoint, phoneOptions }, use, info) => {
    const phone = new Phone(endpoint.url, phoneOptions);
    await use(phone);
    if (info.status !== info.expectedStatus && phone.context) {
      await phone.page?.screenshot({ path: info.outputPath("last-screen.png") });
    }
    await phone.discard();
    expect(phone.complaints, "errors on the page that no test asked for").toEqual([]);
  },
});
