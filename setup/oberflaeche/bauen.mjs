// Baut die fremden Teile der Oberfläche: node bauen.mjs ZIEL (setup/oberflaeche.sh ruft es auf).
//
// Aus KERN kommt nur, was unsere Seiten zeigen; was keine Regel mehr nennt, fällt heraus. So bleibt die erste
// Seite klein, ohne dass etwas von KERN bei uns im Verzeichnis liegt.
import { compile, Logger } from "sass";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules");
const target = process.argv[2];

const icons = new Set([
  "add", "arrow-back", "arrow-down", "arrow-forward", "arrow-up", "autorenew", "brightness-medium",
  "calendar-today", "check", "checklist", "chevron-left", "chevron-right", "close", "content-copy",
  "danger", "dark-mode", "dehaze", "delete", "download", "draft", "drive-folder-upload",
  "easy-language", "edit", "help", "home", "info", "language", "light-mode", "mail", "more-vert",
  "open-in-new", "question-mark", "search", "success", "visibility", "warning",
]);
const sizes = new Set(["small", "default", "large", "x-large"]);
const faces = [
  ["Regular", 400, "normal"],
  ["Italic", 400, "italic"],
  ["Medium", 500, "normal"],
  ["SemiBold", 600, "normal"],
];

function withoutUnusedIcons(css) {
  // Chromium, Firefox und Safari kennen mask seit Jahren ohne Vorsilbe; die Bilder stünden sonst doppelt da.
  const single = css.replace(/-webkit-mask:url\("[^"]*"\)[^;}]*;?/g, "");
  return single.replace(/\.kern-icon--([a-z-]+)\{[^{}]*\}/g, (rule, name) =>
    icons.has(name) || sizes.has(name) ? rule : "",
  );
}

function withoutUnusedVariables(css) {
  for (;;) {
    const used = new Set([...css.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1]));
    const less = css.replace(/(--kern-[\w-]+):[^;{}]*(;|(?=\}))/g, (whole, name) =>
      used.has(name) ? whole : "",
    );
    if (less === css) return css;
    css = less;
  }
}

function fontFaces() {
  return faces
    .map(
      ([name, weight, style]) =>
        `@font-face{font-family:"Fira Sans";src:url("FiraSans-${name}.woff2") format("woff2");` +
        `font-weight:${weight};font-style:${style};font-display:swap}`,
    )
    .join("");
}

function copied(from, name) {
  copyFileSync(join(packages, from), join(target, name));
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const { css } = compile(join(here, "kern.scss"), {
  style: "compressed",
  logger: Logger.silent,
});
writeFileSync(
  join(target, "kern.css"),
  `/* KERN Design System, @kern-ux/native, EUPL-1.2; verkleinert */${fontFaces()}` +
    withoutUnusedVariables(withoutUnusedIcons(css)),
);
for (const [name] of faces) {
  copied(`@kern-ux/native/dist/fonts/fira-sans/FiraSans-${name}.woff2`, `FiraSans-${name}.woff2`);
}
copied("@kern-ux/native/LICENSE.md", "KERN-LICENSE.md");
copied("htmx.org/dist/htmx.min.js", "htmx.min.js");
copied("htmx.org/dist/ext/hx-sse.min.js", "hx-sse.min.js");
copied("htmx.org/LICENSE", "HTMX-LICENSE");
