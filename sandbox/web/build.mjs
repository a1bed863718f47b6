// Bundles the web shell into dist/: `npm run build`. Same sources, same bytes.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "dist");

mkdirSync(out, { recursive: true });
for (const name of readdirSync(out)) rmSync(join(out, name), { recursive: true });

await build({
  absWorkingDir: here,
  entryPoints: { shell: "src/main.js" },
  outdir: join(out, "assets"),
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2020",
  jsx: "automatic",
  minify: true,
  legalComments: "none",
  define: { "process.env.NODE_ENV": JSON.stringify(process.env.SHELL_MODE || "development") },
  logLevel: "warning",
});

const theme = sass.compile(join(here, "src/styles/shell.scss"), {
  loadPaths: [join(here, "node_modules")],
  style: "compressed",
  quietDeps: true,
});
writeFileSync(join(out, "assets/shell.css"), theme.css);
cpSync(join(here, "src/index.html"), join(out, "index.html"));
