/** A menu that one may type into: one choice or several. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */

import { h, icon, uid } from "./dom.js";
import { openAt } from "./popup.js";
import { t, tn, told } from "./texts.js";

const PAUSE = 150; // ms without a key before a remote menu is asked

/**
 * @typedef {{value: string, label: string, description?: string, badge?: string, of?: *}} Choice
 * @typedef {{label?: string, choices: Choice[]}} Group
 */

/** Text as it is compared: without accents and capitals. */
export const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * Those of some groups that a typed text is a part of.
 * @param {Group[]} groups
 * @param {string} typed
 * @returns {Group[]}
 */
export function matching(groups, typed) {
  const wanted = folded(typed);
  const fits = (choice) => folded(`${choice.label} ${choice.description ?? ""}`).includes(wanted);
  return groups.map((group) => ({ ...group, choices: group.choices.filter(fits) })).filter((group) => group.choices.length);
}

/** The control. `node` is what goes into the page. */
export class Combobox {
  #groups = [];
  #active = -1;
  #asked = 0;
  #timer;
  #close = null;

  /**
   * @param {{names: Object, placeholder?: string, chosen: Choice[], many?: boolean, clearable?: boolean, most?: number, least?: number,
   *   remote?: boolean, load: function(string): (Group[]|Promise<Group[]>), changed: function(Choice[]): void}} how
   *   `names`: attributes of the input; `least`: characters before the menu is asked; `most`: so many may be chosen
   */
  constructor(how) {
    this.how = { ...how, least: how.least ?? 0, most: how.most ?? Infinity };
    this.chosen = how.chosen;
    this.list = h("div", { class: "popup listbox", popover: "manual", role: "listbox", id: uid("list"), "aria-multiselectable": how.many });
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the input keeps the focus
    this.input = this.#input();
    this.chips = how.many ? h("ul", { class: "chips" }) : null;
    this.node = h("div", { class: "combobox" }, this.chips, h("div", { class: "choice" }, this.input, icon("down")), this.list);
    this.#show();
  }

  #input() {
    const { names, placeholder } = this.how;
    const input = h("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      placeholder,
      ...names,
      onclick: () => (this.#close ? this.#shut() : this.#open("")),
      onfocus: () => input.select(),
      oninput: () => this.#open(input.value),
      onkeydown: (event) => this.#key(event),
      onblur: () => this.#left(),
    });
    this.list.setAttribute("aria-label", names["aria-label"] ?? placeholder ?? t("choices"));
    return input;
  }

  /** What is typed goes; what is chosen stands there. */
  #rest() {
    this.input.value = this.how.many ? "" : (this.chosen[0]?.label ?? "");
  }

  #show() {
    this.#rest();
    if (!this.chips) return;
    this.chips.hidden = !this.chosen.length;
    this.chips.replaceChildren(...this.chosen.map((choice) => this.#chip(choice)));
  }

  #chip(choice) {
    const remove = () => {
      this.#set(this.chosen.filter((other) => other !== choice));
      this.input.focus();
    };
    const label = t("remove", { name: choice.label });
    return h("li", {}, choice.label, h("button", { type: "button", "aria-label": label, title: label, onclick: remove }, icon("close")));
  }

  #set(choices) {
    this.chosen = choices;
    this.#show();
    this.how.changed(choices);
  }

  async #open(typed) {
    if (!this.#close) this.#close = openAt(this.list, this.input);
    this.input.setAttribute("aria-expanded", "true");
    const asked = ++this.#asked;
    clearTimeout(this.#timer);
    if (typed.length < this.how.least) return this.#say(tn("type_more", this.how.least));
    if (this.how.remote) {
      this.#say(t("searching"), true);
      if (typed) await new Promise((resolve) => (this.#timer = setTimeout(resolve, PAUSE)));
    }
    try {
      const groups = await this.how.load(typed);
      if (asked === this.#asked && this.#close) this.#list(groups);
    } catch (problem) {
      if (asked === this.#asked) this.#say(told(problem));
    }
  }

  #list(groups) {
    this.#groups = groups;
    const nodes = groups.map((group) => this.#group(group));
    if (!nodes.length) return this.#say(t("no_result"));
    this.list.removeAttribute("aria-busy");
    this.list.replaceChildren(...nodes);
    const selected = this.#options().findIndex((option) => option.getAttribute("aria-selected") === "true");
    this.#activate(this.how.many ? 0 : Math.max(0, selected));
  }

  /** One line instead of choices: that there are none, or why. */
  #say(text, busy = false) {
    this.#groups = [];
    this.list.setAttribute("aria-busy", busy);
    this.list.replaceChildren(h("div", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, text));
    this.#activate(-1);
  }

  #group({ label, choices }) {
    const id = uid("group");
    const options = choices.map((choice) => this.#option(choice));
    if (!label) return h("div", { role: "presentation" }, options);
    return h("div", { role: "group", "aria-labelledby": id }, h("div", { class: "group", id, role: "presentation" }, label), options);
  }

  #option(choice) {
    const selected = this.chosen.some((other) => other.value === choice.value);
    return h(
      "div",
      { class: "option", role: "option", id: uid("option"), "aria-selected": String(selected), onclick: () => this.#pick(choice) },
      h("span", { class: "option-label" }, choice.label, choice.badge && h("span", { class: "badge" }, choice.badge)),
      choice.description && h("span", { class: "option-more" }, choice.description),
    );
  }

  #options = () => [...this.list.querySelectorAll(".option")];

  #activate(index) {
    const options = this.#options();
    options[this.#active]?.classList.remove("active");
    this.#active = options.length ? (index + options.length) % options.length : -1;
    for (const [at, option] of options.entries()) option.classList.toggle("active", at === this.#active);
    const now = options[this.#active];
    now?.scrollIntoView({ block: "nearest" });
    if (now) this.input.setAttribute("aria-activedescendant", now.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  async #pick(choice) {
    const known = this.chosen.find((other) => other.value === choice.value);
    if (!this.how.many) {
      this.#shut();
      if (known) this.#rest();
      else this.#set([choice]);
      this.input.select();
    } else if (known || this.chosen.length < this.how.most) {
      const at = this.input.value ? 0 : this.#active;
      this.#set(known ? this.chosen.filter((other) => other !== known) : [...this.chosen, choice]);
      await this.#open("");
      if (this.#close) this.#activate(at); // the next one is often beside it
    }
  }

  #key(event) {
    const open = Boolean(this.#close);
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      if (open) this.#activate(this.#active + move);
      else this.#open("");
    } else if (event.key === "Enter") {
      const choice = open && this.#groups.flatMap((group) => group.choices)[this.#active];
      if (choice && !this.#emptied()) this.#pick(choice);
      else if (open || this.#emptied()) this.#left();
      else this.#open("");
    } else if (event.key === "Escape" && open) {
      this.#shut();
      this.#rest();
      event.stopPropagation(); // the window around it stays open
    } else if (event.key === "Backspace" && this.how.many && !this.input.value && this.chosen.length) {
      this.#set(this.chosen.slice(0, -1));
    } else return;
    event.preventDefault();
  }

  #emptied = () => this.how.clearable && !this.how.many && !this.input.value && this.chosen.length > 0;

  #left() {
    this.#shut();
    if (this.#emptied()) this.#set([]);
    else this.#rest();
  }

  #shut() {
    this.#close?.();
    this.#close = null;
    this.#asked++;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
