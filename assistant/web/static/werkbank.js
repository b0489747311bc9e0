// Nach einem Wechsel steht der Fokus dort, wo das Neue beginnt: was data-fokus trägt, bekommt ihn einmal.

function focusOn(root) {
  const target = root.querySelector?.("[data-fokus]");
  if (!target) return;
  target.removeAttribute("data-fokus");
  target.focus();
}

document.addEventListener("htmx:after:swap", () => focusOn(document));
focusOn(document.querySelector("main:has(#fehlerliste)") ?? document.createElement("div"));
