// A phone: one browser profile in a folder, so that it can be closed and opened like a real one.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { chromium } from "@playwright/test";

import { Folder } from "./endpoint.mjs";

const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

export class Phone {
  /** What went wrong on any page and that no test asked for. */
  complaints = [];
  #folder = new Folder();
  #allowed = [];
  #url;
  #options;
  #browser;

  /** `options`: the browser's own, and `storage`: `"blocked"` for one whose owner lets no site store
   * anything, `"private"` for a private window. */
  constructor(url, options = {}) {
    this.#url = url;
    this.#options = options;
  }

  /** Starts the browser, with what it kept, and opens a page, until its screen is there. */
  async open(path = "/") {
    if (!this.context) await this.#launch();
    const page = this.context.pages().find((it) => it.url() === "about:blank");
    this.page = page ?? (await this.context.newPage());
    await this.page.goto(this.#url + path);
    await this.page.locator("h1:visible").first().waitFor();
    return this.page;
  }

  /** Ends the browser; what it stored stays. */
  async close() {
    await this.context?.close();
    await this.#browser?.close();
    this.context = this.#browser = undefined;
  }

  /** Ends the browser as a dead battery does: no handler runs, nothing is written any more. */
  async kill() {
    const gone = new Promise((resolve) => this.context.once("close", resolve));
    for (const pid of processesOf(this.#folder.path)) process.kill(pid, "SIGKILL");
    await gone;
    this.context = undefined;
    rmSync(join(this.#folder.path, "SingletonLock"), { force: true });
  }

  /** The processes that hold pages. */
  renderers() {
    return processesOf(this.#folder.path, "--type=renderer");
  }

  async discard() {
    await this.close();
    this.#folder.remove();
  }

  /** A complaint that this test causes on purpose. */
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  /** Resolves when the service worker has kept the page: from then on it opens with no network. */
  async isKept() {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
  }

  /** As the person chose it in 我的: `theme`, `edition` or `lang`; null takes the choice back. */
  async choose(key, value) {
    // A page that is still loading would be broken off in the middle, and say so.
    await this.page.locator("#app h1").first().waitFor();
    await this.page.evaluate(
      ([name, chosen]) =>
        chosen === null ? localStorage.removeItem(name) : localStorage.setItem(name, chosen),
      [`poshang.${key}`, value],
    );
    await this.page.reload();
    await this.page.locator("#app h1").first().waitFor();
  }

  async #launch() {
    const { storage, ...options } = this.#options;
    const browser = {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [...FLAGS, ...(options.args ?? [])],
    };
    const looks = {
      viewport: { width: 360, height: 800 },
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      hasTouch: true,
      ...options,
    };
    if (storage === "private") {
      this.#browser = await chromium.launch(browser);
      this.context = await this.#browser.newContext(looks);
    } else {
      if (storage === "blocked") blockStorage(this.#folder.path);
      this.context = await chromium.launchPersistentContext(this.#folder.path, { ...looks, ...browser });
    }
    await this.#listen();
  }

  async #listen() {
    this.context.on("weberror", (event) => this.#complain(`error: ${event.error().message}`));
    this.context.on("console", (message) => {
      if (message.type() === "error" && !isNetwork(message) && !isLeaving(message)) {
        this.#complain(`console: ${message.text()} ${message.location().url}`);
      }
    });
    await this.context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`securitypolicyviolation: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
  }

  #complain(complaint) {
    if (!this.#allowed.some((pattern) => pattern.test(complaint))) this.complaints.push(complaint);
  }
}

/** As the switch of the browser's settings does that lets no site store anything. */
function blockStorage(folder) {
  mkdirSync(join(folder, "Default"), { recursive: true });
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(folder, "Default", "Preferences"), JSON.stringify(settings));
}

/** The browser's processes: those whose command line names its folder, and this. */
function processesOf(folder, and = "") {
  const isOfIt = (pid) => {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      return line.includes(`user-data-dir=${folder}`) && line.includes(and);
    } catch {
      return false; // It has ended meanwhile.
    }
  };
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter(isOfIt).map(Number);
}

/** Chromium's own line for a request that failed. Faults on the way to the endpoint are the tests'
 * subject, and so is the worker's look for a new build without a network. */
function isNetwork(message) {
  const path = new URL(message.location().url || "http://none/").pathname;
  const answers = ["/sync/", "/pack/", "/room-"].some((it) => path.startsWith(it)) || path === "/sw.js";
  // What the loader of the pieces says when one did not come.
  const piece = message.text().startsWith("TypeError: Failed to fetch") && path.startsWith("/rooms-");
  return piece || (message.text().startsWith("Failed to load resource") && answers);
}

/** A page that is left while it still loads says so, and takes a manifest that did not come to its
 * end for an empty one. One that does not load shows no heading, which every journey waits for. */
function isLeaving(message) {
  return (
    message.text().includes("Response body loading was aborted") ||
    message.text().startsWith("Manifest: Line: 1, column: 1, Syntax error")
  );
}
