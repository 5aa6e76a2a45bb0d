/** The page's own texts, in the language of whoever acts. */

import { get } from "./api.js";

const known = new Map();
let texts = {};

/**
 * Speak a language from now on.
 * @param {string} locale Slack's, such as "fr-CA"
 */
export async function speak(locale) {
  if (!known.has(locale)) known.set(locale, await get("texts", { locale }));
  texts = known.get(locale);
  document.documentElement.lang = locale;
}

/**
 * A text, with its values put in.
 * @param {string} key
 * @param {Object<string, string|number>} values
 * @returns {string} the key itself where there is no such text, which a test would see
 */
export function t(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/**
 * A text about one or more things, `{n}`.
 * @param {string} key
 * @param {number} n at least 1
 * @returns {string}
 */
export const tn = (key, n) => t(`${key}_${n === 1 ? "one" : "many"}`, { n: n.toLocaleString(document.documentElement.lang) });

/** What a failure is told as. */
export const told = (problem) => (problem.offline ? t("offline") : problem.message || t("failed"));

/**
 * Put the texts into nodes that stand in index.html: `data-text` is what they say, `data-label` their name.
 * @param {ParentNode} root
 */
export function fill(root) {
  for (const node of root.querySelectorAll("[data-text]")) node.textContent = t(node.dataset.text);
  for (const node of root.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
    if (node.matches("button")) node.title = t(node.dataset.label);
  }
}
