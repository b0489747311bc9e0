// The answer a second time, in Einfache Sprache: fetched when the person asks for it.

import { addSources, counted, make } from "./ansicht.js";
import { Problem, plainly } from "./strom.js";

const part = (id) => document.getElementById(id);
const button = part("einfach-knopf");
const section = part("einfach");

let shown = null;
let fetching = null;

/** Takes button and section away: another question was asked. */
export function forget() {
  fetching?.abort();
  fetching = null;
  shown = null;
  button.hidden = true;
  close();
}

/** Offers the rendering of an answer; `open` opens a Beleg, `say` tells what happened. */
export function offer(answer, open, say) {
  shown = { answer, open, say, filled: false };
  button.hidden = false;
}

function close() {
  section.hidden = true;
  button.setAttribute("aria-expanded", "false");
}

/** One sentence: whose words, each statement on a line of its own with its sources, what to know. */
function said(claim, citations, open) {
  const box = make("div", { className: "einfach-satz" });
  for (const line of claim.lead) box.append(make("p", { className: "einfach-wer" }, line));
  for (const line of claim.lines) box.append(make("p", { className: "einfach-zeile" }, line));
  addSources(box.lastElementChild, claim.citations, citations, open);
  if (claim.note) box.append(make("p", { className: "hinweis" }, claim.note));
  return box;
}

function fill(plain, answer, open) {
  const citations = new Map(answer.citations.map((citation) => [citation.n, citation]));
  part("einfach-vermerk").textContent = `${plain.mark}. Maßgeblich ist die Antwort darüber.`;
  part("einfach-saetze").replaceChildren(
    ...plain.claims.map((claim) => said(claim, citations, open)),
  );
  part("einfach-woerter").hidden = plain.terms.length === 0;
  part("einfach-liste").replaceChildren(
    ...plain.terms.flatMap((term) => [make("dt", {}, term.name), make("dd", {}, term.text)]),
  );
  part("einfach-wie").textContent = plain.how;
}

button.addEventListener("click", async () => {
  if (!section.hidden) {
    close();
    shown.say("Einfache Sprache ausgeblendet.");
    return;
  }
  const mine = shown;
  if (fetching) return;
  fetching = new AbortController();
  try {
    if (!mine.filled) fill(await plainly(mine.answer, fetching.signal), mine.answer, mine.open);
    if (shown !== mine) return;
    mine.filled = true;
    section.hidden = false;
    button.setAttribute("aria-expanded", "true");
    part("einfach-titel").focus();
    const count = counted(mine.answer.claims.length, "Satz", "Sätze");
    mine.say(`${count} in Einfacher Sprache: maschinell, ungeprüft.`);
  } catch (error) {
    if (error.name === "AbortError") return;
    if (!(error instanceof Problem)) throw error;
    mine.say(error.message, "fehler");
  } finally {
    if (shown === mine) fetching = null;
  }
});
