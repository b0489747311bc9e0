// The page's course: a question goes out, sentences come in, a Beleg opens its original.

import { counted, note, original, sentence, silence, source } from "./ansicht.js";
import { forget, offer } from "./einfach.js";
import { Problem, ask, excerpt } from "./strom.js";
import { forgetUnderstood, showUnderstood } from "./verstanden.js";

const part = (id) => document.getElementById(id);

const field = part("frage");
const stop = part("anhalten");
const sentences = part("saetze");
const list = part("belegliste");
const dialog = part("original");

let running = null;
let before = null;

function say(text, look = "") {
  const status = part("stand");
  status.className = `meldung ${look}`;
  status.textContent = text;
}

function showSources(title, hint, citations) {
  part("belege").hidden = citations.length === 0;
  part("belege-titel").textContent = title;
  part("belege-hinweis").hidden = hint === "";
  part("belege-hinweis").textContent = hint;
  const copied = () => say("Zitat kopiert.");
  list.replaceChildren(...citations.map((citation) => source(citation, openOriginal, copied)));
}

function byNumber(citations) {
  return new Map(citations.map((citation) => [citation.n, citation]));
}

function begin(text) {
  part("beispiele").hidden = true;
  part("antwort").hidden = true;
  part("antwort-fuss").hidden = true;
  part("gefragt").textContent = text;
  part("bezogen").hidden = true;
  forgetUnderstood();
  sentences.replaceChildren();
  forget();
  showSources("Belege", "", []);
  stop.hidden = false;
  say("Die Akten werden durchsucht …", "laeuft");
}

function makeOnUnderstood(typed) {
  return (understood) => {
    const papers = understood.refers_to;
    part("bezogen").hidden = papers.length === 0;
    part("bezogen").textContent = `Bezogen auf: ${papers.join(", ")}`;
    showUnderstood(understood, typed, (text, freely) => {
      field.value = text;
      field.focus();
      put(text, freely);
    });
  };
}

/** Shows what the next question may refer to; the person can let go of it. */
function keepReference(reference) {
  before = reference;
  part("bezug").hidden = reference === null;
  part("bezug-papiere").textContent = reference ? [...reference.papers, reference.listed].filter(Boolean).join(", ") : "";
}

function onEvidence({ citations }) {
  if (citations.length === 0) return;
  part("antwort").hidden = false;
  const places = counted(citations.length, "Fundstelle", "Fundstellen");
  showSources("Gefundene Stellen", "Sie werden gerade geprüft.", citations);
  say(`${places} gefunden. Die Antwort wird gebildet …`, "laeuft");
}

function makeOnClaim(seen) {
  return ({ claim, citations }) => {
    for (const citation of citations) seen.set(citation.n, citation);
    part("antwort").hidden = false;
    sentences.append(...sentence(claim, seen, openOriginal));
    showSources("Belege", "", [...seen.values()].sort((one, other) => one.n - other.n));
  };
}

function onAnswer(answer) {
  part("antwort").hidden = false;
  const answered = answer.claims.length > 0;
  const numbered = byNumber(answer.citations);
  sentences.replaceChildren(
    ...(answered
      ? [
          ...answer.claims.flatMap((claim) => sentence(claim, numbered, openOriginal)),
          ...answer.notes.map(note),
        ]
      : [silence(answer)]),
  );
  part("antwort-titel").textContent = answered ? "Kurzantwort" : titleOfSilence(answer);
  if (answer.citations.length > 0) {
    showSources("Belege", "", answer.citations);
  } else {
    showSources("Nächste Fundstellen", "Sie tragen die Antwort nicht.", answer.nearest);
  }
  showFoot(answer);
  if (answered) offer(answer, openOriginal, say);
  keepReference(answer.reference ?? before);
  say(
    answered
      ? `Antwort mit ${counted(answer.claims.length, "Satz", "Sätzen")} und ` +
          `${counted(answer.citations.length, "Beleg", "Belegen")}.`
      : "Darauf geben die Akten keine belegte Antwort.",
  );
}

function titleOfSilence(answer) {
  return answer.status === "clarify" ? "Rückfrage" : "Nicht belegt";
}

function showFoot(answer) {
  part("antwort-fuss").hidden = false;
  part("ki-hinweis").textContent = answer.stand.generator_id
    ? "KI-Hinweis: Ein Sprachmodell hat die Sätze aus den Belegen gebildet; jeder wurde gegen den " +
      "Wortlaut geprüft."
    : "Ohne Sprachmodell: aus den Kopfdaten und dem Wortlaut der Akten.";
  const seconds = (answer.timings_ms.total ?? 0) / 1000;
  const took = seconds.toLocaleString("de-DE", { maximumFractionDigits: 1 });
  part("indexstand").textContent =
    `Stand: Indexgeneration ${answer.stand.index_generation} · ${took} s`;
}

async function put(text, freely = false) {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  begin(text);
  const handlers = {
    understood: makeOnUnderstood(text),
    evidence: onEvidence,
    claim: makeOnClaim(new Map()),
    answer: onAnswer,
  };
  const question = { text, before, generator: !part("nur-belege").checked, freely };
  try {
    await ask(question, mine.signal, (name, data) => {
      if (running === mine) handlers[name]?.(data);
    });
  } catch (error) {
    if (running !== mine) return;
    if (error.name === "AbortError") say("Angehalten.");
    else if (error instanceof Problem) say(error.message, "fehler");
    else throw error;
  } finally {
    if (running === mine) {
      running = null;
      stop.hidden = true;
    }
  }
}

async function openOriginal(citation, opener) {
  part("original-titel").textContent = citation.fundstelle;
  part("original-quelle").textContent = citation.source;
  part("original-fehler").hidden = true;
  part("original-text").replaceChildren();
  dialog.showModal();
  part("original-titel").focus();
  dialog.addEventListener("close", () => opener.focus(), { once: true });
  try {
    const { nodes, mark } = original(await excerpt(citation));
    part("original-text").replaceChildren(...nodes);
    mark.scrollIntoView({ block: "center" });
  } catch (error) {
    part("original-fehler").textContent = error.message;
    part("original-fehler").hidden = false;
  }
}

part("frageform").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (text) put(text);
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    part("frageform").requestSubmit();
  }
});

for (const example of document.querySelectorAll(".beispiel")) {
  example.addEventListener("click", () => {
    field.value = example.textContent;
    field.focus();
    part("frageform").requestSubmit();
  });
}

part("bezug-loesen").addEventListener("click", () => {
  keepReference(null);
  field.focus();
});

stop.addEventListener("click", () => {
  running?.abort();
  field.focus();
});

part("schliessen").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
