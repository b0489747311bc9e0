// Filter und Reihenfolge wirken sofort; die Adresse, was aufgeklappt ist und die Ansage ziehen nach.

const form = document.getElementById("suchform");
const list = document.getElementById("suche");
const status = document.getElementById("ansage");
const narrow = window.matchMedia("(max-width: 60rem)");
const heard = new Set(["checkbox", "select-one"]);
let open = new Map();

document.documentElement.classList.add("mit-skript");

function keptOpen() {
  return new Map([...list.querySelectorAll("details[id]")].map((each) => [each.id, each.open]));
}

function foldForNarrow() {
  const filter = document.getElementById("filter");
  if (filter && narrow.matches) filter.open = false;
}

list.addEventListener("change", (event) => {
  if (event.target.form === form && heard.has(event.target.type)) form.requestSubmit();
});

document.addEventListener("htmx:before:request", () => list.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:finally:request", () => list.removeAttribute("aria-busy"));
document.addEventListener("htmx:before:swap", () => {
  open = keptOpen();
});
document.addEventListener("htmx:after:swap", () => {
  for (const [id, was] of open) {
    const details = document.getElementById(id);
    if (details) details.open = was;
  }
  const shown = list.querySelector("[data-adresse]");
  if (!shown) return;
  if (shown.dataset.adresse !== location.pathname + location.search) {
    history.pushState(null, "", shown.dataset.adresse);
  }
  status.textContent = shown.dataset.ansage;
});
window.addEventListener("popstate", () => location.reload());

foldForNarrow();
