/** Block Kit blocks: https://docs.slack.dev/reference/block-kit/blocks */

import { h, icon, reconcile } from "./dom.js";
import { control } from "./elements.js";
import { richText } from "./richtext.js";
import { link, plain, safe, textOf } from "./text.js";
import { t } from "./texts.js";

/**
 * Bring what shows some blocks up to date. A block that did not change keeps its nodes, and so what is typed there.
 * @param {Element} parent
 * @param {Object[]} blocks
 * @param {import("./surface.js").Surface} surface
 */
export function renderBlocks(parent, blocks, surface) {
  const before = new Map(blocks.map((block, at) => [block, blocks[at - 1]]));
  reconcile(parent, blocks, {
    key: (block) => block.block_id,
    sign: (block) => surface.sign(block),
    make: (block) => {
      const make = MAKERS[block.type] ?? unknown;
      const node = h("div", { class: "block", id: surface.blockId(block), "data-type": block.type, "data-block-id": block.block_id });
      node.append(...[make(block, surface, before.get(block))].flat());
      return node;
    },
  });
}

function section(block, surface) {
  const { text, fields, accessory } = block;
  const id = `${surface.blockId(block)}-text`;
  const shown = h("div", { class: "section-text", id }, text && textOf(text), fields && h("div", { class: "fields" }, fields.map(field)));
  if (!accessory) return shown;
  const beside = accessory.type === "image" ? picture(accessory) : control(block, accessory, surface, named(accessory, id));
  return [shown, h("div", { class: "accessory" }, beside)];
}

const field = (text) => h("div", { class: "field-text" }, textOf(text));

/** What a control without a label of its own is called by: the text beside or above it. A button says it itself. */
function named(element, id) {
  return element.type === "button" || element.type === "overflow" || element.placeholder ? {} : { "aria-labelledby": id };
}

/** A heading below that of the place; in a window, below its title. */
const header = (block, surface) => h(surface.isWindow ? "h3" : "h2", {}, plain(block.text));

const divider = () => h("hr");

const context = (block) => block.elements.map((each) => (each.type === "image" ? picture(each) : small(each)));

const small = (text) => h("div", { class: "context-text" }, textOf(text));

function actions(block, surface, above) {
  const id = above && surface.blockId(above);
  return block.elements.map((element) => control(block, element, surface, id ? named(element, id) : {}));
}

function input(block, surface) {
  const { element, label, hint, optional } = block;
  const id = `${surface.blockId(block)}-input`;
  const error = surface.errors[block.block_id];
  const parts = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || null;
  const many = element.type === "checkboxes" || element.type === "radio_buttons";
  const names = {
    id,
    "aria-describedby": parts,
    "aria-invalid": error ? "true" : null,
    "aria-required": optional || element.type === "checkboxes" ? null : "true",
    "aria-labelledby": many ? `${id}-label` : null,
  };
  const shown = [plain(label), optional && h("span", { class: "optional" }, ` ${t("optional")}`)];
  return [
    many ? h("div", { class: "label", id: `${id}-label` }, shown) : h("label", { for: id }, shown),
    control(block, element, surface, names),
    hint && h("p", { class: "hint", id: `${id}-hint` }, plain(hint)),
    error && h("p", { class: "error", id: `${id}-error` }, icon("warning"), error),
  ].filter(Boolean);
}

const image = (block) => h("figure", {}, block.title && h("figcaption", {}, plain(block.title)), picture(block));

/** An image of this workspace; one from elsewhere, which the page may not load, as a link. */
function picture({ image_url: url, slack_file: kept, alt_text: alt }) {
  const source = kept ? (kept.url ?? `/_sandbox/file/${kept.id}`) : url;
  const here = URL.canParse(source, location) && new URL(source, location).origin === location.origin;
  if (here || source.startsWith("data:image/")) return h("img", { src: source, alt, loading: "lazy" });
  return safe(source) ? link(source, alt || source) : h("span", {}, alt);
}

const rich_text = (block) => richText(block);

const file = (block) => h("p", {}, icon("file"), block.external_id);

const unknown = (block) => h("p", { class: "unknown" }, t("cannot_show", { type: block.type }));

const MAKERS = { section, header, divider, context, actions, input, image, rich_text, file };
