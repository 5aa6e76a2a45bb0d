/** Where one types: messages, mentions, commands. What was typed is never lost. */

import { post } from "./api.js";
import { folded } from "./combobox.js";
import { h, icon, uid } from "./dom.js";
import { openAt } from "./popup.js";
import { store } from "./store.js";
import { t, told } from "./texts.js";

const MOST = 8; // suggestions
const MENTION = /(?:^|\s)@([^@\n]{0,40})$/;
const COMMAND = /^(\/\S+)\s*([\s\S]*)$/;

/** The form at the end of a conversation or a thread. */
export class Composer {
  #place = null;
  #items = [];
  #active = -1;
  #close = null;

  /** @param {HTMLElement} form */
  constructor(form) {
    this.form = form;
    this.list = h("div", { class: "popup listbox", popover: "manual", role: "listbox", id: uid("suggestions") });
    this.hint = h("p", { class: "usage", id: uid("usage"), hidden: true });
    this.notice = h("div", { class: "notice", role: "alert" });
    this.input = h("textarea", {
      rows: 1,
      maxlength: 40000,
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-describedby": this.hint.id,
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
      onblur: () => this.#shut(),
    });
    this.button = h("button", { class: "button primary send" }, icon("send"));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    form.append(this.notice, this.hint, h("div", { class: "writing" }, this.input, this.button), this.list);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  /**
   * Write somewhere (else). What was begun elsewhere waits there.
   * @param {{user: string, channel: string, thread_ts?: string}} place
   * @param {string} label
   */
  at(place, label) {
    const key = `draft:${JSON.stringify(place)}`;
    if (key !== this.#place?.key) {
      this.#place = { ...place, key };
      this.input.value = sessionStorage.getItem(key) ?? "";
      this.notice.replaceChildren();
      this.#shut();
    }
    this.input.placeholder = label;
    this.input.setAttribute("aria-label", label);
    this.list.setAttribute("aria-label", t("suggestions"));
    this.button.setAttribute("aria-label", t("send"));
    this.button.title = t("send");
    this.#fit();
  }

  #typed() {
    sessionStorage.setItem(this.#place.key, this.input.value);
    this.notice.replaceChildren();
    this.#fit();
    this.#suggest();
  }

  /** As high as what is typed, where the browser does not see to it; and the usage of the command that is being typed. */
  #fit() {
    const [, command] = COMMAND.exec(this.input.value) ?? [];
    const usage = store.usage_hints[command];
    this.hint.hidden = !usage;
    this.hint.textContent = usage ? `${command} ${usage}` : "";
    this.button.setAttribute("aria-disabled", String(!this.input.value.trim()));
    if (CSS.supports("field-sizing", "content")) return;
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  async #send() {
    const { key, ...place } = this.#place;
    const typed = this.input.value;
    if (!typed.trim()) return;
    this.#put("");
    try {
      await sent(typed, place);
    } catch (problem) {
      this.#giveBack(key, typed, told(problem));
    }
  }

  #put(text) {
    this.input.value = text;
    this.#typed();
    this.#shut();
  }

  /** It did not go: what was typed is there again, before what was typed since. */
  #giveBack(key, typed, why) {
    if (key === this.#place.key) {
      this.#put(this.input.value ? `${typed}\n${this.input.value}` : typed);
      this.notice.replaceChildren(icon("warning"), h("span", {}, why));
      this.input.focus();
    } else sessionStorage.setItem(key, typed);
  }

  #suggest() {
    const before = this.input.value.slice(0, this.input.selectionStart);
    const [, name] = MENTION.exec(before) ?? [];
    if (name !== undefined) this.#offer(people(name), before.length - name.length - 1);
    else this.#offer(before.startsWith("/") ? commands(before) : [], 0);
  }

  /** @param {number} from where that begins which a suggestion takes the place of */
  #offer(items, from) {
    this.#items = items.slice(0, MOST).map((item) => ({ ...item, from }));
    if (!this.#items.length) return this.#shut();
    this.list.replaceChildren(...this.#items.map((item, at) => this.#option(item, at)));
    if (!this.#close) this.#close = openAt(this.list, this.input.parentElement);
    this.#activate(0);
  }

  #option({ label, more }, at) {
    return h(
      "div",
      { class: "option", role: "option", id: uid("suggestion"), "aria-selected": "false", onclick: () => this.#take(at) },
      h("span", { class: "option-label" }, label),
      more && h("span", { class: "option-more" }, more),
    );
  }

  #activate(index) {
    this.#active = (index + this.#items.length) % this.#items.length;
    for (const [at, option] of [...this.list.children].entries()) {
      option.classList.toggle("active", at === this.#active);
      option.setAttribute("aria-selected", String(at === this.#active));
    }
    this.input.setAttribute("aria-activedescendant", this.list.children[this.#active].id);
  }

  #take(at) {
    const { text, from } = this.#items[at];
    this.input.setRangeText(`${text} `, from, this.input.selectionStart, "end");
    this.#typed();
    this.#shut();
  }

  #key(event) {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (this.#close && move) this.#activate(this.#active + move);
    else if (this.#close && (event.key === "Enter" || event.key === "Tab") && !event.shiftKey) this.#take(this.#active);
    else if (this.#close && event.key === "Escape") this.#shut();
    else if (event.key === "Enter" && !event.shiftKey) this.form.requestSubmit();
    else return;
    event.preventDefault();
  }

  #shut() {
    this.#close?.();
    this.#close = null;
    this.input.removeAttribute("aria-activedescendant");
  }
}

/** A command where it begins as one, else a message. */
function sent(typed, { user, channel, thread_ts }) {
  const [, command, text] = COMMAND.exec(typed) ?? [];
  return command ? post("command", { user, channel, command, text }) : post("message", { user, channel, text: typed, thread_ts });
}

/** Cadre first, then people of whose name a word begins so. */
function people(typed) {
  const begun = folded(typed);
  const fits = (name) => ` ${folded(name)}`.includes(` ${begun}`) && folded(name) !== begun.trimEnd();
  const others = store.users.map(({ name, demo }) => ({ name, more: demo && t("demonstration") }));
  const known = [{ name: store.bot.name, more: t("app") }, ...others];
  return known.filter(({ name }) => fits(name)).map(({ name, more }) => ({ label: `@${name}`, more, text: `@${name}` }));
}

function commands(typed) {
  const known = Object.entries(store.usage_hints).filter(([name]) => name.startsWith(typed) && name !== typed);
  return known.map(([name, usage]) => ({ label: name, more: usage, text: name }));
}
