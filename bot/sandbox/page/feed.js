/** The messages of a conversation or of a thread, in order, with the days between them. */

import { renderBlocks } from "./blocks.js";
import { h, icon, keepFocus, reconcile } from "./dom.js";
import { emoji } from "./emoji.js";
import { address, channelOf, route, store } from "./store.js";
import { Surface } from "./surface.js";
import { mrkdwn } from "./text.js";
import { t, tn } from "./texts.js";

const TOGETHER = 300; // seconds: what somebody writes within them stands under one name
const AT_ONCE = 200; // messages; older ones are shown on demand
const NEAR = 40; // px from the end that still count as being there

/** A list of messages in a scrolling element, `node`. */
export class Feed {
  #surfaces = new Map();
  #shown = AT_ONCE;
  #atEnd = true;
  #top = 0;

  /**
   * @param {HTMLElement} node scrolls
   * @param {{threads: boolean, empty?: function(): Node}} how `threads`: messages lead to their threads;
   *   `empty`: what stands there before any message
   */
  constructor(node, how) {
    Object.assign(this, { node, how });
    this.list = h("ol", { class: "messages" });
    this.more = h("button", { type: "button", class: "button more", hidden: true, onclick: () => this.#earlier() });
    this.jump = h("button", { type: "button", class: "button primary jump", hidden: true, onclick: () => this.#toEnd() });
    node.append(this.more, this.list, this.jump);
    node.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    const resized = new ResizeObserver(() => this.#atEnd && this.#toEnd()); // images load, windows change their size
    resized.observe(this.list);
    resized.observe(node);
  }

  /** Another conversation, or another person who looks at it. */
  restart() {
    this.#surfaces.clear();
    this.#shown = AT_ONCE;
    this.#atEnd = true;
    this.newest = null;
    this.list.replaceChildren();
  }

  /**
   * @param {Object[]} messages newest last
   * @param {number} asked when they were asked for
   */
  show(messages, asked) {
    Object.assign(this, { messages, asked });
    const newest = messages.at(-1)?.ts;
    const fresh = this.newest && newest !== this.newest;
    this.newest = newest;
    this.more.hidden = messages.length <= this.#shown;
    this.more.textContent = t("earlier");
    keepFocus(this.list, () => this.#draw(messages.slice(-this.#shown)));
    if (this.#atEnd) this.#toEnd();
    else if (fresh) this.jump.hidden = false;
    this.jump.textContent = t("new_messages");
  }

  #draw(messages) {
    reconcile(this.list, withDays(messages), {
      key: (item) => item.ts ?? item.key,
      sign: ({ blocks, state, reply_count, ...rest }) => JSON.stringify([rest, document.documentElement.lang, Boolean(blocks)]),
      make: (item) => (item.ts ? this.#message(item) : h("li", { class: "day" }, h("span", {}, item.day))),
      update: (node, item) => item.ts && this.#update(node, item),
    });
    if (!messages.length && this.how.empty) this.list.replaceChildren(h("li", { class: "empty" }, this.how.empty()));
  }

  #message(message) {
    const { ts, blocks, text, slackbot, failed, ephemeral, follows } = message;
    const kinds = [slackbot && "slackbot", failed && "failed", ephemeral && "ephemeral", follows && "follows", message.is_bot && "app"];
    const content = blocks?.length ? h("div", { class: "blocks" }) : h("div", { class: "text" }, mrkdwn(text ?? ""));
    return h(
      "li",
      { class: ["message", ...kinds.filter(Boolean)].join(" "), "data-ts": ts, tabindex: "-1" },
      avatar(message),
      h("div", { class: "body" }, ephemeral && whisper(), head(message), content, extras(message), h("div", { class: "foot" })),
      this.how.threads && !ephemeral && !slackbot && reply(message),
    );
  }

  #update(node, message) {
    const blocks = node.querySelector(".blocks");
    if (blocks) {
      const surface = this.#surface(message);
      surface.update(message, this.asked);
      renderBlocks(blocks, message.blocks, surface);
    }
    const count = this.how.threads ? (message.reply_count ?? 0) : 0;
    const foot = node.querySelector(".foot");
    if (foot.dataset.count === String(count)) return;
    foot.dataset.count = count;
    foot.replaceChildren(...(count ? [h("a", { class: "replies", href: threadOf(message) }, icon("thread"), tn("replies", count))] : []));
  }

  #surface({ ts }) {
    const channel = channelOf(route().place);
    if (!this.#surfaces.has(ts)) this.#surfaces.set(ts, new Surface({ channel, message_ts: ts }));
    return this.#surfaces.get(ts);
  }

  /** Who reads at the end stays there, until they scroll up. */
  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.node;
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.#atEnd = true;
    else if (scrollTop < this.#top) this.#atEnd = false;
    this.#top = scrollTop;
    if (this.#atEnd) this.jump.hidden = true;
  }

  #toEnd() {
    this.#atEnd = true;
    this.node.scrollTop = this.node.scrollHeight;
    this.jump.hidden = true;
  }

  #earlier() {
    const height = this.node.scrollHeight;
    this.#shown += AT_ONCE;
    this.#atEnd = false;
    this.show(this.messages, this.asked);
    this.node.scrollTop += this.node.scrollHeight - height; // what was being read stays where it was
  }
}

/** Messages with a mark for each new day; each knows whether it follows another of the same author. */
function withDays(messages) {
  let last = null;
  return messages.flatMap((message) => {
    const day = last?.day === message.day ? [] : [{ day: message.day, key: `day-${message.ts}` }];
    const alone = day.length || message.ephemeral || message.slackbot || last.ephemeral || last.slackbot;
    const after = Number(message.ts) - Number(last?.ts); // below zero where the clock was set back
    const follows = !alone && last.user === message.user && after >= 0 && after < TOGETHER;
    last = message;
    return [...day, { ...message, follows }];
  });
}

const threadOf = (message) => address({ thread: message.thread_ts ?? message.ts });

/**
 * The square that stands for somebody.
 * @param {{user: string, name: string, is_bot?: boolean, slackbot?: boolean, initials?: string}} who
 * @returns {HTMLElement}
 */
export function avatar({ user, name, is_bot: bot, slackbot, initials }) {
  if (slackbot) return h("div", { class: "avatar plain", "aria-hidden": "true" }, icon("warning"));
  if (bot) return h("img", { class: "avatar", src: "/_sandbox/page/icon.svg", alt: "" });
  const known = initials ?? store.users.find((one) => one.id === user)?.initials ?? name.slice(0, 1);
  return h("div", { class: "avatar", "data-hue": hue(user), "aria-hidden": "true" }, known);
}

const hue = (id) => Math.max(0, store.users.findIndex((user) => user.id === id)) % 8;

function head({ user, name, is_bot: bot, slackbot, time }) {
  const invented = store.users.find(({ id }) => id === user)?.demo;
  return h(
    "div",
    { class: "head" },
    h("strong", { class: "author" }, name),
    bot && !slackbot && h("span", { class: "badge" }, t("app")),
    invented && h("span", { class: "badge invented" }, t("demonstration")),
    h("span", { class: "time" }, time),
  );
}

const whisper = () => h("p", { class: "whisper" }, icon("eye"), t("only_you"));

function reply(message) {
  const label = t("reply_to", { name: message.name });
  return h("a", { class: "button reply", href: threadOf(message), "aria-label": label, title: t("reply") }, icon("thread"));
}

const extras = ({ edited, files, reactions }) => [
  edited && h("span", { class: "time" }, t("edited")),
  files?.map(attachment),
  reactions?.length && h("div", { class: "reactions" }, reactions.map(reaction)),
];

function attachment({ title, name, mimetype = "", alt_txt: alt, url, url_private: kept }) {
  const source = url ?? kept;
  if (!mimetype.startsWith("image/")) return h("a", { class: "file", href: source, download: name }, icon("file"), title || name);
  const image = h("img", { src: source, alt: alt || title || name, loading: "lazy" });
  return h("figure", { class: "picture" }, h("figcaption", {}, title || name), h("a", { href: source, target: "_blank" }, image));
}

const reaction = ({ name, count }) => h("span", { class: "reaction" }, `${emoji(name)} ${count}`);
