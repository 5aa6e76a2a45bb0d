/** The sandbox's HTTP API, and what it tells by itself. */

const BASE = "/_sandbox";

/** Something that the sandbox refused, or that it did not answer (`offline`). */
export class Problem extends Error {
  constructor(message, { field = null, offline = false } = {}) {
    super(message);
    this.field = field;
    this.offline = offline;
  }
}

/**
 * Ask for something.
 * @param {string} path
 * @param {Object<string, *>} query
 * @returns {Promise<Object>} what is answered, and when it was `asked`; throws Problem
 */
export function get(path, query = {}) {
  const given = new URLSearchParams(Object.entries(query));
  return call(given.size ? `${BASE}/${path}?${given}` : `${BASE}/${path}`);
}

/**
 * Do something.
 * @param {string} path
 * @param {Object} body
 * @returns {Promise<Object>} as `get`
 */
export function post(path, body) {
  return call(`${BASE}/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/**
 * Keep a file that somebody chose.
 * @param {string} user
 * @param {File} file
 * @returns {Promise<{id: string, name: string}>} throws Problem
 */
export async function attach(user, file) {
  const given = new URLSearchParams({ user, name: file.name });
  const { id } = await call(`${BASE}/attach?${given}`, { method: "POST", body: file });
  return { id, name: file.name };
}

async function call(address, how) {
  const asked = performance.now();
  let response;
  try {
    response = await fetch(address, how);
  } catch {
    throw new Problem("", { offline: true });
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(answer.message ?? answer.error ?? `HTTP ${response.status}`, { field: answer.field });
  return { ...answer, asked };
}

/**
 * Listen to what happens in the workspace; reconnects by itself.
 * @param {{opened: function(): void, lost: function(): void, told: function(Object): void}} on
 */
export function listen(on) {
  const source = new EventSource(`${BASE}/stream`);
  source.onopen = on.opened;
  source.onmessage = (event) => on.told(JSON.parse(event.data));
  source.onerror = () => {
    on.lost();
    if (source.readyState !== EventSource.CLOSED) return; // a browser gives up after an answer that is no stream
    source.close();
    setTimeout(() => listen(on), 2000);
  };
}
