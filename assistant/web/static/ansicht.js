// Builds what is seen. Whatever comes from a document or a model becomes a text node, never markup.

/** Makes an element with properties and children; strings become text nodes. */
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** One sentence of an answer: its words, its sources as buttons, its label. */
export function sentence(claim, citations, open) {
  const paragraph = make("p", { className: "satz" }, claim.text);
  addSources(paragraph, claim.citations, citations, open);
  const look = claim.label.replaceAll(" ", "-");
  paragraph.append(" ", make("span", { className: `schild ${look}` }, claim.label));
  const parts = [paragraph];
  for (const problem of claim.problems) parts.push(make("p", { className: "problem" }, problem));
  return parts;
}

/** Buttons behind a sentence, one for each of its sources. */
export function addSources(paragraph, numbers, citations, open) {
  for (const number of numbers) {
    const citation = citations.get(number);
    if (!citation) continue;
    const button = make("button", { type: "button", className: "verweis" }, `[${number}]`);
    button.setAttribute("aria-label", `Beleg ${number} öffnen: ${citation.fundstelle}`);
    button.addEventListener("click", () => open(citation, button));
    paragraph.append(" ", button);
  }
}

/** What an answer does not say and one should know. */
export function note(text) {
  return make("p", { className: "hinweis" }, `Hinweis: ${text}`);
}

/** What is shown where nothing carries an answer. */
export function silence(answer) {
  const box = make("div", { className: "schweigen" }, make("p", {}, answer.text));
  if (answer.abstained_because && !answer.text.includes(answer.abstained_because)) {
    box.append(make("p", { className: "klein" }, answer.abstained_because));
  }
  return box;
}

/** One Beleg of the list: Fundstelle, verbatim words, a button that copies both. */
export function source(citation, open, copied) {
  const place = make("button", { type: "button", className: "fundstelle" }, citation.fundstelle);
  place.addEventListener("click", () => open(citation, place));
  const copy = make("button", { type: "button", className: "kopieren" }, "Zitat kopieren");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(`„${citation.quote}“ (${citation.fundstelle})`);
    copied();
  });
  return make(
    "li",
    { className: "beleg" },
    make("span", { className: "nummer" }, `[${citation.n}]`),
    make("div", {}, place, make("blockquote", {}, citation.quote), copy),
  );
}

/** The words of a Beleg where they stand, marked. Returns the nodes and the mark. */
export function original(excerpt) {
  const mark = make("mark", {}, excerpt.quote);
  const nodes = [excerpt.before, mark, excerpt.after];
  if (!excerpt.begins) nodes.unshift(make("span", { className: "auslassung" }, "[…]\n"));
  if (!excerpt.ends) nodes.push(make("span", { className: "auslassung" }, "\n[…]"));
  return { nodes, mark };
}

/** German words for a count: counted(1, "Beleg", "Belege"). */
export function counted(count, one, many) {
  return `${count} ${count === 1 ? one : many}`;
}
