// Bundles src/*.js (one entry per page need) into ../wwwroot/dist. Shared parts become chunks; echarts is loaded only where a page asks for it.
import { build } from "esbuild";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outdir = here("../wwwroot/dist");
await rm(outdir, { recursive: true, force: true });

const common = { bundle: true, minify: true, outdir, target: "es2022", logLevel: "warning", legalComments: "none" };

// Runs before the first paint, so it is a classic script and not a module.
await build({ ...common, entryPoints: [here("src/theme.js")], format: "iife" });
await build({
  ...common,
  entryPoints: [here("src/browser.js"), here("src/reconnect.js"), here("src/menus.js"), here("src/editor.js"), here("src/runCharts.js"), here("src/resultCharts.js"), here("src/kitchen.js"), here("src/passkeys.js")],
  format: "esm",
  splitting: true,
  chunkNames: "chunk-[hash]",
});
