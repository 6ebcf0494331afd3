// Builds the apps that ours is measured against, each as its own community would ship it.
import { copyFileSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { build } from "esbuild";
import { compile } from "svelte/compiler";

import { ROOT } from "../../e2e/rig/program.mjs";

const FROM = join(ROOT, "bench", "references");
export const BUILT = join(ROOT, "target", "page-parts", "references");
const APPS = ["list-svelte", "map-leaflet"];

/** Before the benchmarks. */
export default function buildAll() {
  return Promise.all(APPS.map(buildOne));
}

async function buildOne(app) {
  const into = join(BUILT, app);
  await build({
    entryPoints: [join(FROM, app, "main.js")],
    outdir: into,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    conditions: ["svelte", "browser", "production"],
    // Pictures that the stylesheet of Leaflet names and nothing here shows.
    external: ["*.png"],
    plugins: [svelte],
    logLevel: "warning",
  });
  copyFileSync(join(FROM, app, "index.html"), join(into, "index.html"));
}

/** Compiled for the browser and for use, not for development; the style goes into the stylesheet. */
const svelte = {
  name: "svelte",
  setup(build) {
    build.onLoad({ filter: /\.svelte$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const { js, css } = compile(source, { filename: basename(path), dev: false, css: "external" });
      styles.set(path, css.code);
      return { contents: `${js.code}\nimport ${JSON.stringify(`${path}.css`)};` };
    });
    build.onResolve({ filter: /\.svelte\.css$/ }, ({ path }) => ({ path, namespace: "svelte-css" }));
    build.onLoad({ filter: /.*/, namespace: "svelte-css" }, ({ path }) => ({
      contents: styles.get(path.slice(0, -".css".length)),
      loader: "css",
    }));
  },
};

const styles = new Map();
