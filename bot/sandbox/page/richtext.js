/** Rich text blocks: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channel, link, mention, safe } from "./text.js";

const STYLES = { bold: "strong", italic: "em", strike: "del", code: "code" };

const PIECES = {
  text: (piece) => piece.text,
  link: (piece) => (safe(piece.url) ? link(piece.url, piece.text ?? piece.url) : (piece.text ?? piece.url)),
  emoji: (piece) => emoji(piece.name),
  user: (piece) => mention(piece.user_id),
  channel: (piece) => channel(piece.channel_id),
  broadcast: (piece) => h("span", { class: "mention" }, `@${piece.range}`),
  date: (piece) => h("time", {}, piece.fallback ?? ""),
};

const PARTS = {
  rich_text_section: (part) => h("div", { class: "line" }, pieces(part)),
  rich_text_preformatted: (part) => h("pre", {}, pieces(part)),
  rich_text_quote: (part) => h("blockquote", {}, pieces(part)),
  rich_text_list: (part) =>
    h(
      part.style === "ordered" ? "ol" : "ul",
      { class: `list indent-${Math.min(part.indent ?? 0, 4)}`, start: part.offset ? part.offset + 1 : null },
      part.elements.map((item) => h("li", {}, pieces(item))),
    ),
};

/**
 * A rich text block's nodes.
 * @param {{elements: Object[]}} block
 * @returns {Node[]}
 */
export const richText = (block) => block.elements.map((part) => PARTS[part.type]?.(part) ?? unknown(part));

function pieces(part) {
  return part.elements.map((piece) => {
    let node = PIECES[piece.type]?.(piece) ?? unknown(piece);
    for (const [style, tag] of Object.entries(STYLES)) if (piece.style?.[style]) node = h(tag, {}, node);
    return node;
  });
}

const unknown = (part) => h("code", {}, part.type);
