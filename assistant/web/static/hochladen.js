// Uploads with progress and cancel, by choosing or by dropping files and folders. Without this script the form works
// as a plain form. Names of files become text nodes, never markup.

const form = document.getElementById("hochladen");
const field = document.getElementById("dateien");
const area = document.getElementById("ablage");
const list = document.getElementById("sendungen");
const status = document.getElementById("sendung-stand");
const words = form.dataset;
const ADDRESS = "/api/documents";

for (const part of document.querySelectorAll(".nur-mit-skript")) part.hidden = false;
field.required = false; // the script says it itself, and dropped files need no choice

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send([...field.files]);
  field.value = "";
});

// A file that misses the area must not replace the page.
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
for (const name of ["dragenter", "dragover"]) area.addEventListener(name, () => area.classList.add("ueber"));
for (const name of ["dragleave", "drop"]) area.addEventListener(name, () => area.classList.remove("ueber"));
area.addEventListener("drop", async (event) => {
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const plain = [...event.dataTransfer.files];
  send(entries.some((entry) => entry.isDirectory) ? (await Promise.all(entries.map(filesOf))).flat() : plain);
});

/** All files below an entry that was dropped. */
async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return found;
    for (const one of some) found.push(...(await filesOf(one)));
  }
}

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Sends files as one job and shows how far it is. */
function send(files) {
  if (!files.length) return say(words.leer);
  if (files.length > Number(words.meiste)) return say(words.zuviele, true);
  const count = fill(files.length === 1 ? words.datei : words.dateien, { n: files.length });
  const title = `${count}: ${files.slice(0, 3).map((file) => file.name).join(", ")}${files.length > 3 ? " …" : ""}`;
  const id = `sendung-${list.children.length + 1}`;
  const bar = make("progress", { id, max: 100, value: 0 });
  const state = make("span", { className: "klein" }, fill(words.laeuft, { prozent: 0 }));
  const cancel = make("button", { type: "button", className: "kern-btn kern-btn--secondary kern-btn--x-small" },
    make("span", { className: "kern-label" }, words.abbrechen));
  cancel.setAttribute("aria-label", `${words.abbrechen}: ${title}`);
  const row = make("li", { className: "sendung" }, make("label", { htmlFor: id, className: "umbrechen" }, title), bar,
    make("div", { className: "reihe" }, state, cancel));
  list.hidden = false;
  list.prepend(row);
  say(fill(words.bereit, { was: count }));

  const request = new XMLHttpRequest();
  const end = (text) => {
    if (document.activeElement === cancel) field.focus();
    cancel.remove();
    state.textContent = text;
    say(text);
  };
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((100 * event.loaded) / event.total);
    bar.value = percent;
    state.textContent = percent < 100 ? fill(words.laeuft, { prozent: percent }) : words.entgegen;
  });
  request.addEventListener("load", () => {
    const answer = parsed(request.responseText);
    if (request.status !== 202 || !answer) {
      row.classList.add("fehlertext");
      return end(answer?.detail ?? words.fehler);
    }
    bar.value = 100;
    end(words.fertig);
    state.append(" ", make("a", { href: `/verwaltung/auftraege/${answer.job_id}` }, words.auftrag));
    document.body.dispatchEvent(new Event("auftrag-neu"));
  });
  request.addEventListener("error", () => end(words.fehler));
  request.addEventListener("abort", () => end(words.abgebrochen));
  cancel.addEventListener("click", () => request.abort());

  const body = new FormData();
  for (const file of files) body.append("files", file, file.name);
  request.open("POST", ADDRESS);
  request.send(body);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Tells a screen reader; with `visible` as a line of the list too. */
function say(text, visible = text === words.leer) {
  status.textContent = text;
  if (!visible) return;
  list.hidden = false;
  list.prepend(make("li", { className: "sendung fehlertext" }, text));
}
