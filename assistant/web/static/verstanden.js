// What was understood of a question, and how the person corrects it: by letting go of a filter, or
// by having the words searched for as they stand.

import { make } from "./ansicht.js";

const KINDS = {
  status: "Ergebnis einer Drucksache",
  abstimmung: "Abstimmung",
  datum: "Datum einer Drucksache",
  antragsteller: "Wer sie eingebracht hat",
  dienststelle: "Dienststelle",
  beratungsfolge: "Beratungsfolge",
  betreff: "Gegenstand einer Drucksache",
  beschlussvorschlag: "Beschlussvorschlag",
  abweichung: "Abweichung vom Vorschlag",
  oeffentlichkeit: "Öffentlichkeit",
  vorgang: "Vorgang",
  liste: "Vollständige Liste",
  norm: "Wortlaut einer Vorschrift",
  betrag: "Betrag aus einer Tabelle",
  praezedenz: "Frühere Fälle",
  sachverhalt: "Sachverhalt",
  zielrichtung: "Zielrichtungen",
  finanzen: "Finanzielle Auswirkungen",
  argumente: "Argumente dafür und dagegen",
  behauptung: "Prüfung einer Behauptung",
  entwurf: "Entwurf",
  sitzung: "Sitzung",
  bestand: "Stand des Bestands",
  auftrag: "Auftrag an die Verwaltung des Bestands",
};

const part = (id) => document.getElementById(id);

/** Hides what was understood of the question before. */
export function forgetUnderstood() {
  part("verstanden").hidden = true;
}

/** Shows kind and filters; `ask` puts the corrected question, freely or not. */
export function showUnderstood({ kind, filters, without }, typed, ask) {
  const name = KINDS[kind];
  part("verstanden").hidden = !name;
  if (!name) return;
  part("verstanden-art").textContent = name;
  const chips = filters.map((filter, index) => chip(filter, without[index] || "", ask));
  part("verstanden-filter").replaceChildren(...chips);
  part("verstanden-filter").hidden = chips.length === 0;
  part("frei-suchen").onclick = () => ask(typed, true);
}

function chip(filter, without, ask) {
  if (!without) return make("li", { className: "filter" }, filter);
  const button = make("button", { type: "button", className: "filter" }, filter, " ");
  const cross = make("span", {}, "×");
  cross.setAttribute("aria-hidden", "true");
  button.append(cross);
  button.setAttribute("aria-label", `Ohne den Filter „${filter}“ fragen`);
  button.addEventListener("click", () => ask(without, false));
  return make("li", {}, button);
}
