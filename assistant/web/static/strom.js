// Reads an answer as it is written: server-sent events over a POST, so that no question stands in an address.

/** An error of the house's one shape; `message` is the German sentence. */
export class Problem extends Error {
  constructor(body) {
    super(body.detail || "Die Anfrage ist fehlgeschlagen.");
    this.code = body.code || "unexpected";
  }
}

const UNREACHABLE = {
  code: "unreachable",
  detail: "Aktenkundig antwortet nicht. Bitte prüfen Sie, ob der Dienst noch läuft.",
};

/** Puts a question (text, what an earlier answer was about or null, generator, freely) and hands each event on as (name, data). Ends when the stream ends. */
export async function ask(question, signal, onEvent) {
  const response = await request("/api/ask/stream", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify(question),
    signal,
  });
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read().catch(rethrow);
    if (done) return;
    rest += decoder.decode(value, { stream: true });
    const blocks = rest.split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) emit(block, onEvent);
  }
}

function emit(block, onEvent) {
  let name = "message";
  let data = "";
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    if (line.startsWith("data: ")) data += line.slice(6);
  }
  const body = JSON.parse(data);
  if (name === "error") throw new Problem(body);
  onEvent(name, body);
}

/** The words around a quote. */
export async function excerpt(citation) {
  const id = encodeURIComponent(citation.document_id);
  const query = new URLSearchParams({ start: citation.start, end: citation.end });
  return (await request(`/api/documents/${id}/text?${query}`)).json();
}

/** The sentences of an answer in Einfache Sprache, by fixed rules. */
export async function plainly(answer, signal) {
  const { kind, claims, seal } = answer;
  const response = await request("/api/plain", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ kind, claims, seal }),
    signal,
  });
  return response.json();
}

async function request(address, options) {
  const response = await fetch(address, options).catch(rethrow);
  if (!response.ok) throw new Problem(await response.json().catch(() => UNREACHABLE));
  return response;
}

function rethrow(error) {
  throw error.name === "AbortError" ? error : new Problem(UNREACHABLE);
}
