/** Block elements, things to use: https://docs.slack.dev/reference/block-kit/block-elements */

import { attach } from "./api.js";
import { confirmed } from "./dialogs.js";
import { h, icon, uid } from "./dom.js";
import { menu } from "./menu.js";
import { select } from "./selects.js";
import { store } from "./store.js";
import { link, plain, safe, textOf } from "./text.js";
import { t, told } from "./texts.js";
import { isMany } from "./values.js";
import { moment, wall } from "./zoned.js";

const SETTLING = 300; // ms without a key before each character is told

const MAKERS = {
  button,
  overflow,
  checkboxes: choices,
  radio_buttons: choices,
  datepicker: (field) => picker(field, "date"),
  timepicker: (field) => picker(field, "time"),
  datetimepicker,
  plain_text_input: (field) => typed(field, "text"),
  email_text_input: (field) => typed(field, "email"),
  url_text_input: (field) => typed(field, "url"),
  number_input: (field) => typed(field, "number"),
  file_input: files,
};

/**
 * An element with what it holds.
 * @param {Object} block the block in which it stands
 * @param {Object} element
 * @param {import("./surface.js").Surface} surface
 * @param {Object} names attributes that say what it is called: id, aria-labelledby, aria-describedby, …
 * @returns {HTMLElement}
 */
export const control = (block, element, surface, names = {}) => new Field(block, element, surface, names).wrap;

class Field {
  constructor(block, element, surface, names) {
    Object.assign(this, { block, element, surface });
    const key = `${block.block_id}/${element.action_id}`;
    const hinted = element.placeholder && !names.id && { "aria-label": element.placeholder.text };
    this.names = { "data-focus": key, "data-action": element.action_id, ...hinted, ...names };
    if (element.focus_on_load) this.names["data-first"] = "";
    this.wrap = h("div", { class: "control", "data-type": element.type, "data-action-id": element.action_id });
    this.draw();
  }

  /** Whether Cadre is told of each use: everything but an input that does not say so. */
  get dispatches() {
    return this.block.type !== "input" || Boolean(this.block.dispatch_action);
  }

  get value() {
    return this.surface.value(this.block, this.element);
  }

  draw() {
    const make = MAKERS[this.element.type] ?? (/select$/.test(this.element.type) ? select : unknown);
    this.wrap.replaceChildren(make(this));
  }

  /** Keep what is being typed. */
  set(value) {
    this.surface.set(this.block, this.element, value);
  }

  /** It holds again what it held before: the one who used it thought better of it. */
  back(value) {
    if (value === undefined) return;
    this.draw();
    this.wrap.querySelector("[data-focus]")?.focus();
  }

  /** It was used, or holds another value now: the sandbox is told, and what goes wrong is shown beside it. */
  async commit(value) {
    if (this.wrap.ariaBusy === "true" && value === undefined) return;
    if (this.dispatches && this.element.confirm && !(await confirmed(this.element.confirm))) return this.back(value);
    if (value !== undefined && this.element.type !== "overflow") this.set(value);
    if (!this.dispatches) return void this.surface.send(this.block, this.element, value).catch(() => {}); // it goes with the submission too
    this.wrap.querySelector(".refused")?.remove();
    this.wrap.ariaBusy = "true";
    try {
      await this.surface.send(this.block, this.element, value);
    } catch (problem) {
      this.wrap.append(h("p", { class: "refused", role: "alert" }, icon("warning"), told(problem)));
    } finally {
      this.wrap.ariaBusy = null;
    }
  }
}

const unknown = ({ element }) => h("p", { class: "unknown" }, t("cannot_show", { type: element.type }));

function button(field) {
  const { text, style, url, accessibility_label: label } = field.element;
  const attributes = { ...field.names, class: `button ${style ?? ""}`, "aria-label": label, onclick: () => field.commit() };
  return url && safe(url) ? link(url, plain(text), attributes) : h("button", { type: "button", ...attributes }, plain(text));
}

function overflow(field) {
  const items = field.element.options.map((option) => ({
    label: plain(option.text).data,
    description: option.description && plain(option.description).data,
    url: option.url && safe(option.url) ? option.url : null,
    act: () => field.commit(option),
  }));
  return menu(items, { ...field.names, "aria-label": t("more_actions") });
}

/** Radio buttons and checkboxes. */
function choices(field) {
  const many = isMany(field.element);
  const { id, "data-focus": focus, ...names } = field.names;
  const held = () => [field.value].flat().filter(Boolean);
  const group = uid("choices");
  const offered = field.element.options.map((option) => {
    const input = h("input", {
      type: many ? "checkbox" : "radio",
      name: group,
      checked: held().some((other) => other.value === option.value),
      "data-focus": `${focus}/${option.value}`,
      onchange: () => field.commit(many ? ticked(field, option, input.checked) : option),
    });
    const described = option.description && h("span", { class: "option-more" }, textOf(option.description));
    return h("label", { class: "tick" }, input, h("span", {}, textOf(option.text), described));
  });
  return h("div", { class: "ticks", role: many ? "group" : "radiogroup", id, ...names }, offered);
}

/** The options ticked, in the order in which they stand. */
function ticked(field, option, on) {
  const held = new Set(field.value.map((other) => other.value));
  if (on) held.add(option.value);
  else held.delete(option.value);
  return field.element.options.filter((other) => held.has(other.value));
}

function picker(field, type) {
  const input = h("input", { type, value: field.value, max: type === "date" ? "9999-12-31" : null, ...field.names });
  input.addEventListener("change", () => {
    if (/^0/.test(input.value) && type === "date") return; // the year is being typed: 0002, 0020, 0202
    if (input.value !== (field.value ?? "")) field.commit(input.value || null);
  });
  return input;
}

function datetimepicker(field) {
  const zone = store.me.tz;
  const value = field.value == null ? null : wall(field.value, zone);
  const input = h("input", { type: "datetime-local", value, max: "9999-12-31T23:59", ...field.names });
  input.addEventListener("change", () => {
    if (!/^0/.test(input.value)) field.commit(input.value ? moment(input.value, zone) : null);
  });
  return input;
}

function typed(field, type) {
  const { multiline, placeholder, max_length, min_length, min_value, max_value, is_decimal_allowed } = field.element;
  const attributes = { ...field.names, placeholder: placeholder?.text, maxlength: max_length, minlength: min_length };
  const input = multiline
    ? h("textarea", { ...attributes, rows: 4 }, field.value ?? "")
    : h("input", { ...attributes, type, value: field.value, min: min_value, max: max_value, step: is_decimal_allowed ? "any" : null });
  input.addEventListener("input", () => field.set(input.value));
  if (field.dispatches) dispatching(field, input);
  else input.addEventListener("change", () => field.commit(input.value));
  return input;
}

/** Files are kept as soon as they are chosen; the field holds which ones. */
function files(field) {
  const { filetypes = [], max_files: most = 10 } = field.element;
  const input = h("input", { type: "file", accept: filetypes.map((kind) => `.${kind}`).join(","), multiple: most > 1, ...field.names });
  input.addEventListener("change", async () => {
    field.wrap.querySelector(".refused")?.remove();
    try {
      const kept = await Promise.all([...input.files].slice(0, most).map((file) => attach(store.me.id, file)));
      field.commit(kept);
      field.draw();
    } catch (problem) {
      field.wrap.append(h("p", { class: "refused", role: "alert" }, icon("warning"), told(problem)));
    }
  });
  return h("div", { class: "files" }, input, h("ul", {}, field.value.map((file) => h("li", {}, file.name))));
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object */
function dispatching(field, input) {
  const when = field.element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  let timer;
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || field.element.multiline || !when.includes("on_enter_pressed")) return;
    event.preventDefault();
    field.commit(input.value);
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (when.includes("on_character_entered")) timer = setTimeout(() => field.commit(input.value), SETTLING);
  });
}
