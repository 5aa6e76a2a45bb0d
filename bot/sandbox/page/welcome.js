/** What stands in an empty conversation with Cadre: what this is, and what to try. */

import { post } from "./api.js";
import { h } from "./dom.js";
import { go, store } from "./store.js";
import { t } from "./texts.js";

const QUESTIONS = ["try_lead", "try_groups", "try_meeting"];

/** @returns {HTMLElement} */
export function welcome() {
  const asks = QUESTIONS.map((key) => choice(t(key), () => post("message", { user: store.me.id, channel: "dm", text: t(key) })));
  const help = choice(t("try_help"), () => post("command", { user: store.me.id, channel: "dm", command: "/cadre", text: t("help_verb") }));
  return h(
    "div",
    { class: "welcome" },
    h("h2", {}, t("welcome")),
    h("p", {}, t("welcome_cadre")),
    h("p", {}, t("welcome_people")),
    h("div", { class: "choices" }, asks, help, choice(t("app_home"), () => go({ place: "home" }))),
  );
}

const choice = (label, onclick) => h("button", { type: "button", class: "button", onclick }, label);
