// The endpoint as people start it, with the fault proxy in front.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { Program, ROOT } from "./program.mjs";

const PROXY = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "debug", "fault-proxy");

/** A folder that goes when the test does. */
export class Folder {
  path = mkdtempSync(join(tmpdir(), "poshang-"));
  remove() {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export class Endpoint {
  #program;
  #proxy;
  #control;
  #folders = [];

  /** Started with the command that people type; `flags` as there. */
  static async start(flags = []) {
    const endpoint = new Endpoint();
    try {
      const address = await endpoint.#run(flags);
      endpoint.#proxy = new Program(PROXY, ["--upstream", address]);
      [, endpoint.url] = await endpoint.#proxy.says(/^proxy (\S+)$/);
      [, endpoint.#control] = await endpoint.#proxy.says(/^control (\S+)$/);
    } catch (error) {
      await endpoint.stop();
      throw error;
    }
    return endpoint;
  }

  /** A new folder, for data or for a built page. */
  folder() {
    const folder = new Folder();
    this.#folders.push(folder);
    return folder.path;
  }

  /** What goes wrong from now on; see crates/fault-proxy/src/rules.rs. */
  async rules(rules) {
    await this.#order("POST", "/rules", JSON.stringify(rules));
  }

  offline() {
    return this.rules([{ fault: "offline" }]);
  }

  online() {
    return this.rules([]);
  }

  /** Every request so far: method, path, upstream_status, done. */
  async log() {
    return (await this.#order("GET", "/log")).json();
  }

  /** Stops the endpoint and starts it anew behind the same address: with other flags if they are
   * given, and on the same data unless these name others. */
  async restart(flags = this.flags) {
    await this.#program.stop();
    const address = await this.#run(["--data", this.data, ...flags]);
    await this.#order("POST", "/upstream", JSON.stringify(address));
  }

  /** The same page under another build id, without compiling: a folder for `--page`. */
  otherBuild(id) {
    const folder = this.folder();
    execFileSync("cargo", ["xtask", "rebuild-id", "dist", folder, id], { cwd: ROOT });
    return folder;
  }

  async stop() {
    await this.#proxy?.stop();
    await this.#program.stop();
    for (const folder of this.#folders) folder.remove();
  }

  async #run(flags) {
    const own = flags.lastIndexOf("--data");
    this.data = own < 0 ? this.folder() : flags[own + 1];
    this.flags = flags.filter((_, at) => flags[at] !== "--data" && flags[at - 1] !== "--data");
    const run = ["xtask", "run", "--port", "0", "--data", this.data, ...this.flags];
    this.#program = new Program("cargo", run);
    const [, address] = await this.#program.says(/Listening on http:\/\/(\S+)/);
    return address;
  }

  async #order(method, path, body) {
    const answer = await fetch(this.#control + path, { method, body });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer;
  }
}
