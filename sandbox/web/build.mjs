// Bundles the web shell into dist/: `npm run build`. Same sources, same bytes.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const finished = join(here, "dist");
const out = join(here, "node_modules", ".building");

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: { shell: "src/main.js" },
  outdir: join(out, "assets"),
  entryNames: "[name]-[hash]",
  metafile: true,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2020",
  jsx: "automatic",
  // Names stay readable: React's warnings tell them.
  keepNames: true,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  define: { "process.env.NODE_ENV": JSON.stringify(process.env.SHELL_MODE || "development") },
  logLevel: "warning",
});

const theme = sass.compile(join(here, "src/styles/shell.scss"), {
  loadPaths: [join(here, "node_modules")],
  style: "compressed",
  quietDeps: true,
});
// Names carry the content's hash, because the server lets browsers keep assets for ever.
const hash = createHash("sha256").update(theme.css).digest("hex").slice(0, 8);
const style = `shell-${hash}.css`;
writeFileSync(join(out, "assets", style), theme.css);
const [entry] = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === "src/main.js");

const page = readFileSync(join(here, "src/index.html"), "utf8");
writeFileSync(join(out, "index.html"), page.replace("shell.css", style).replace("shell.js", basename(entry)));

// A server that is running never sees half a build.
const former = `${out}-former`;
rmSync(former, { recursive: true, force: true });
if (existsSync(finished)) renameSync(finished, former);
renameSync(out, finished);
rmSync(former, { recursive: true, force: true });
