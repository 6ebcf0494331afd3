// Programs that a test starts, waits for by a line they print, and ends.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export class Program {
  #child;
  #ended;
  #lines = [];
  #waiting = new Set();

  constructor(command, args) {
    this.#child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    for (const pipe of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: pipe }).on("line", (line) => this.#hear(line));
    }
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", (error) => this.#hear(`${command}: ${error.message}`));
      this.#child.once("close", (code, signal) => resolve(code ?? signal));
    });
  }

  /** The first match of `pattern` in what the program prints. */
  async says(pattern, patience = 60_000) {
    const heard = this.#lines.map((line) => line.match(pattern)).find(Boolean);
    if (heard) return heard;
    let listener;
    const said = new Promise((resolve) => {
      listener = (line) => line.match(pattern) && resolve(line.match(pattern));
      this.#waiting.add(listener);
    });
    const tooLate = new Promise((resolve) => setTimeout(resolve, patience).unref());
    const match = await Promise.race([said, tooLate, this.#ended]);
    this.#waiting.delete(listener);
    if (!Array.isArray(match)) throw new Error(`never said ${pattern}:\n${this.output()}`);
    return match;
  }

  output() {
    return this.#lines.join("\n");
  }

  /** Asks it to end, and insists after ten seconds. */
  async stop() {
    this.#child.kill("SIGTERM");
    const insist = setTimeout(() => this.#child.kill("SIGKILL"), 10_000);
    const ending = await this.#ended;
    clearTimeout(insist);
    return ending;
  }

  #hear(line) {
    this.#lines.push(line);
    for (const listener of this.#waiting) listener(line);
  }
}
