// What a page shows of itself: called in the browser, gives sentences on what is wrong.

function where(element) {
  const name = element.id ? `#${element.id}` : element.className?.toString().split(" ")[0];
  return `${element.tagName.toLowerCase()} ${name ?? ""} »${element.textContent.trim().slice(0, 40)}«`;
}

/** WCAG 1.4.10: nothing is wider than the screen but what scrolls on its own. */
function tooWide() {
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over <= 0) return [];
  const out = [...document.querySelectorAll("body *")].filter((element) =>
    element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 0.5 &&
    !element.matches(".tabelle-rahmen *"));
  return [`${over} px zu breit: ${out.slice(-3).map(where).join(", ")}`];
}

/** WCAG 2.4.7 and 2.4.11: each focus is to be seen and no other element lies over all of it. */
function hiddenFocus() {
  const root = document.querySelector("dialog:modal") ?? document;
  const before = document.activeElement;
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const faults = [];
  for (const element of root.querySelectorAll(wanted)) {
    if (element.disabled || !element.checkVisibility({ visibilityProperty: true })) continue;
    element.focus({ focusVisible: true });
    if (document.activeElement !== element) continue;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    if (!ring && style.boxShadow === "none") faults.push(`kein Rahmen: ${where(element)}`);
    const parts = [...element.getClientRects()];
    if (parts.some((part) => within(element, document.elementFromPoint(
      (part.left + part.right) / 2, (part.top + part.bottom) / 2)))) continue;
    const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
    const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.15, 0.5, 0.85].map((y) =>
      [left + (right - left) * x, top + (bottom - top) * y]));
    const seen = right > left && bottom > top &&
      points.some(([x, y]) => within(element, document.elementFromPoint(x, y)));
    if (!seen) faults.push(`verdeckt: ${where(element)}`);
  }
  before?.focus?.();
  return faults;
}

function within(element, hit) {
  return hit && (element.contains(hit) || hit.contains(element) && hit.matches("label"));
}

/** WCAG 1.4.12: with wider letters, words and lines no words are cut off. */
function cutOff() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important;" +
    " word-spacing: .16em !important } p { margin-bottom: 2em !important }");
  document.adoptedStyleSheets = [sheet];
  const faults = tooWide();
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility() || !element.textContent.trim()) continue;
    const style = getComputedStyle(element);
    if (style.clipPath !== "none" || element.tagName === "TEXTAREA") continue;
    const clips = (axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);
    const wide = clips("X") && element.scrollWidth > element.clientWidth + 1;
    const high = clips("Y") && element.scrollHeight > element.clientHeight + 1;
    if (wide || high) faults.push(`abgeschnitten: ${where(element)}`);
  }
  document.adoptedStyleSheets = [];
  return faults;
}

/** WCAG 3.1.2: words of the German papers are said to be German. */
function foreignWords(german) {
  const faults = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!german.some((word) => walker.currentNode.data.includes(word)) || !parent.checkVisibility()) continue;
    if (parent.closest("[lang]").lang !== "de" && faults.length < 5) faults.push(`nicht als deutsch erkennbar: ${where(parent)}`);
  }
  return faults;
}

/** WCAG 2.4.11 for what has the focus at this moment. */
function focusShown() {
  const element = document.activeElement;
  if (!element || element === document.body) return ["kein Fokus"];
  const boxes = [...element.getClientRects()].filter((box) =>
    box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight);
  const seen = boxes.some((box) => {
    const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
    const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
    return within(element, document.elementFromPoint(x, y));
  });
  if (seen) return [];
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return [`nicht zu sehen: ${where(element)} bei ${[left, top, right, bottom].map(Math.round)} in ` +
    `${innerWidth} x ${innerHeight}, dort liegt ${hit ? where(hit) : "nichts"}`];
}
