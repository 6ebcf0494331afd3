// The service worker, past all pages: by the browser's own levers.
import { expect } from "@playwright/test";

export class Worker {
  #phone;
  #origin;
  #devtools;
  #registration;
  #running = new Map();

  /** The worker of the endpoint's page on this phone, which shows some page, an empty one too. */
  static async of(phone, endpoint) {
    const worker = new Worker();
    worker.#phone = phone;
    worker.#origin = endpoint.url;
    worker.#devtools = await phone.context.newCDPSession(phone.page);
    const found = new Promise((resolve) => {
      worker.#devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
        const ours = registrations.find((it) => it.scopeURL === `${endpoint.url}/` && !it.isDeleted);
        if (ours) resolve(ours.registrationId);
      });
    });
    worker.#devtools.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      for (const { versionId, runningStatus } of versions) {
        worker.#running.set(versionId, runningStatus);
      }
    });
    await worker.#devtools.send("ServiceWorker.enable");
    worker.#registration = await found;
    return worker;
  }

  /** What the browser does when it has a network again. */
  async wake() {
    const registrationId = this.#registration;
    const event = { origin: this.#origin, registrationId, tag: "outbox", lastChance: false };
    await this.#devtools.send("ServiceWorker.dispatchSyncEvent", event);
  }

  /** What the browser does with a worker that takes too long. */
  async stop() {
    await this.#devtools.send("ServiceWorker.stopAllWorkers");
    const states = () => [...this.#running.values()].filter((status) => status !== "stopped");
    await expect.poll(states).toEqual([]);
  }

  /** A new build takes over, as it does by itself once no page of the old one is left. */
  async update(build) {
    const scopeURL = `${this.#origin}/`;
    await this.#devtools.send("ServiceWorker.updateRegistration", { scopeURL });
    await expect.poll(() => this.build()).toBe(build);
  }

  /** Resolves when nobody holds the lock that the worker sends under. */
  async rests() {
    const held = () => this.#ask(async () => (await navigator.locks.query()).held.length);
    await expect.poll(held, { timeout: 30_000 }).toBe(0);
  }

  /** From now on it is known when it has come to the end of what it was woken for. */
  async isWatched() {
    await this.#ask(() => {
      const carry = globalThis.carry;
      globalThis.carry = () => carry().finally(() => (globalThis.carried = true));
    });
  }

  async hasCarried() {
    await expect.poll(() => this.#ask(() => globalThis.carried)).toBe(true);
  }

  /** Which build it is. */
  build() {
    return this.#ask(() => BUILD);
  }

  async #ask(question) {
    const ours = this.#phone.context.serviceWorkers().filter((it) => it.url().startsWith(this.#origin));
    return ours.at(-1)?.evaluate(question);
  }
}
