// What pages of questions need beyond links and forms: Enter sends, a Beleg opens beside the sentence
// and gives the focus back, the answer streams in.

const part = (id) => document.getElementById(id);
const beside = matchMedia("(min-width: 70rem)");

function say(text) {
  part("stand").textContent = text;
}

document.addEventListener("keydown", (event) => {
  if (event.target.id === "frage" && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.id === "drucken") print();
});

// The part of a page beside the answer: on a wide screen next to it, else over it.
const panel = part("beleg");
let opener = null;

function open(link) {
  opener = link;
  part("beleg-titel").textContent = link.dataset.beleg;
  panel.close();
  if (beside.matches) panel.show();
  else panel.showModal();
  part("beleg-titel").focus();
  part("beleg-inhalt").querySelector("mark")?.scrollIntoView({ block: "nearest" });
}

function close() {
  panel.close();
  const there = opener?.isConnected ? opener : part(opener?.id);
  (there ?? part("antwort-titel"))?.focus();
}

if (panel) {
  document.addEventListener("htmx:after:swap", (event) => {
    const link = event.target.closest?.("[data-beleg]");
    if (link) open(link);
  });
  part("beleg-schliessen").addEventListener("click", close);
  panel.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.open && !panel.matches(":modal")) close();
  });
  for (const fault of ["htmx:error", "htmx:response:error", "htmx:sse:error"]) {
    document.addEventListener(fault, () => say(part("stand").dataset.unterbrochen));
  }
}

// What was put in by a click of the person takes the focus that it took away.
document.addEventListener("htmx:after:settle", () => {
  const next = document.querySelector("[data-fokus]");
  next?.removeAttribute("data-fokus");
  next?.focus();
});

// htmx looks at the page in a task of its own, before or after its extension is there; a task later both are.
const stream = part("strom");
if (stream) {
  let stopping = false;
  document.addEventListener("focusin", (event) => {
    stopping = Boolean(event.target.closest("#anhalten"));
  });
  stream.addEventListener("ende", () => {
    if (stopping && !document.querySelector("#anhalten button")) part("antwort-titel").focus();
  });
  setTimeout(() => {
    stream.setAttribute("hx-sse:connect", stream.dataset.strom);
    htmx.process(stream);
  });
}
