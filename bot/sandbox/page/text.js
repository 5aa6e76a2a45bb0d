/** Slack's texts as nodes: mrkdwn, plain text, links and mentions. https://docs.slack.dev/messaging/formatting-message-text */

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { address, channelName, nameOf, visibleChannels } from "./store.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const STYLES = { "*": "strong", _: "em", "~": "del" };
const SCHEMES = new Set(["http:", "https:", "mailto:"]);
const FENCED = /```([\s\S]+?)```/;
const QUOTED = /^(?:&gt;|>) ?/;

/** `<…>`, code, a style that begins and ends at words' edges and never inside `<…>`, an emoji. */
const MARK =
  /<([^<>\n]+)>|`([^`\n]+)`|(?<![\p{L}\p{N}])([*_~])(?=\S)((?:<[^<>\n]*>|(?!\3)[^\n<])+?)(?<=\S)\3(?![\p{L}\p{N}])|:([a-z0-9_+'-]+):/gu;

/**
 * A text object of Block Kit, or a message's text.
 * @param {{type: string, text: string, emoji?: boolean}} text
 * @returns {Node}
 */
export const textOf = (text) => (text.type === "mrkdwn" ? mrkdwn(text.text) : plain(text));

/**
 * Text without markup.
 * @param {{text: string, emoji?: boolean}} text
 * @returns {Text}
 */
export function plain({ text, emoji: wanted = true }) {
  return new Text(wanted ? text.replace(/:([a-z0-9_+'-]+):/g, (_, name) => emoji(name)) : text);
}

/**
 * Slack's markup, line by line.
 * @param {string} text
 * @returns {DocumentFragment}
 */
export function mrkdwn(text) {
  const whole = document.createDocumentFragment();
  text.split(FENCED).forEach((part, at) => {
    if (at % 2) whole.append(h("pre", {}, decoded(part.replace(/^\n|\n$/g, ""))));
    else if (part.trim() || text === part) whole.append(...lines(part.replace(at ? /^\n|\n$/g : /\n$/, "")));
  });
  return whole;
}

function lines(text) {
  const found = [];
  let quote = null;
  for (const line of text.split("\n")) {
    if (QUOTED.test(line)) {
      if (!quote) found.push((quote = h("blockquote")));
      quote.append(lineOf(line.replace(QUOTED, "")));
    } else {
      quote = null;
      found.push(lineOf(line));
    }
  }
  return found;
}

function lineOf(line) {
  const kind = line.startsWith("• ") ? "line bullet" : "line";
  return h("div", { class: kind }, line ? inline(line) : h("br"));
}

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(MARK)) {
    nodes.push(decoded(text.slice(from, found.index)), marked(found));
    from = found.index + found[0].length;
  }
  return [...nodes, decoded(text.slice(from))].filter((node) => node !== "");
}

function marked([whole, angled, code, style, styled, name]) {
  if (angled) return reference(angled) ?? decoded(whole);
  if (code) return h("code", {}, decoded(code));
  return style ? h(STYLES[style], {}, inline(styled)) : emoji(name);
}

/** What stands between < and >: a mention, a channel, a date, a link; null for anything else. */
function reference(inside) {
  const [target, label] = inside.split(/\|(.*)/s);
  if (target.startsWith("@")) return mention(target.slice(1));
  if (target.startsWith("#")) return channel(target.slice(1), label);
  if (target.startsWith("!date^")) return h("time", {}, decoded(label ?? ""));
  if (target.startsWith("!")) return h("span", { class: "mention" }, special(target.slice(1), label));
  const url = decoded(target);
  return safe(url) ? link(url, decoded(label ?? target).replace(/^mailto:/, "")) : null;
}

const special = (name, label) => (label ? decoded(label) : `@${name.split("^")[0]}`);

/**
 * Somebody who is spoken of.
 * @param {string} id
 * @returns {HTMLElement}
 */
export const mention = (id) => h("span", { class: "mention" }, `@${nameOf(id)}`);

/**
 * A channel that is spoken of; a link where the one who reads may go there.
 * @param {string} id
 * @param {string} [label]
 * @returns {HTMLElement}
 */
export function channel(id, label) {
  const name = `#${label ? decoded(label) : channelName(id)}`;
  const open = visibleChannels().some((known) => known.id === id);
  return open ? h("a", { class: "mention", href: address({ place: id, thread: null }) }, name) : h("span", { class: "mention" }, name);
}

/**
 * A link to elsewhere.
 * @param {string} url one that is `safe`
 * @param {string|Node} label
 * @param {Object} [more] attributes
 * @returns {HTMLElement}
 */
export const link = (url, label, more = {}) => h("a", { href: url, target: "_blank", rel: "noopener noreferrer", ...more }, label);

/**
 * Whether an address may be followed: of the web or of mail, and nothing that would run here.
 * @param {string} url
 * @returns {boolean}
 */
export function safe(url) {
  try {
    return SCHEMES.has(new URL(url).protocol);
  } catch {
    return false;
  }
}

/**
 * Slack's three escapes undone.
 * @param {string} text
 * @returns {string}
 */
const decoded = (text) => text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
