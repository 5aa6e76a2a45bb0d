/** Who acts, in which language, and where. */

import { post } from "./api.js";
import { Combobox, matching } from "./combobox.js";
import { addressOf } from "./conversation.js";
import { byId, h, icon, reconcile, spoken } from "./dom.js";
import { avatar } from "./feed.js";
import { go, route, store, unread, visibleChannels } from "./store.js";
import { t } from "./texts.js";

const LANGUAGES = { "en-US": "English", "fr-CA": "Français" }; // each under its own name, whatever is spoken
const isFrench = (locale) => locale.startsWith("fr");

/** Show it all as it is now. */
export function showSidebar() {
  showPerson();
  showLanguages();
  showPlaces();
}

function showPerson() {
  const holder = byId("person");
  const now = JSON.stringify([store.users.map(({ time, ...user }) => user), store.me.id, document.documentElement.lang]);
  if (holder.dataset.now === now) return; // somebody may be choosing
  holder.dataset.now = now;
  const box = new Combobox({
    names: { id: "acting", "aria-describedby": "person-card" },
    chosen: [choice(store.me)],
    load: (typed) => matching(groups(), typed),
    changed: ([{ value }]) => go({ user: value, thread: null }),
  });
  const had = holder.contains(document.activeElement);
  holder.replaceChildren(avatar({ user: store.me.id, name: store.me.name }), box.node);
  if (had) box.input.focus();
  showCard();
}

function showCard() {
  const { demo, person, email } = store.me;
  byId("person-card").replaceChildren(
    h("span", {}, roles(store.me)),
    ...(demo ? [h("span", { class: "badge demo" }, t("demonstration"))] : []),
    ...(person || !email ? [] : [h("span", { class: "email" }, email)]),
  );
}

function groups() {
  const choices = (demo) => store.users.filter((user) => user.demo === demo).map(choice);
  return [
    { label: t("demonstration_council"), choices: choices(true) },
    { label: t("other_people"), choices: choices(false) },
  ];
}

function choice(user) {
  const language = isFrench(user.locale) ? LANGUAGES["fr-CA"] : LANGUAGES["en-US"];
  const badge = user.demo ? t("demonstration") : null;
  return { value: user.id, label: user.name, description: `${roles(user)} · ${language}`, badge };
}

function roles({ person, roles: held }) {
  if (!person) return t("unknown_person");
  return held.length ? held.map((role) => t(`role_${role}`)).join(", ") : t("no_role");
}

function showLanguages() {
  const holder = byId("languages");
  if (!holder.childElementCount) holder.append(...Object.keys(LANGUAGES).map(language));
  for (const input of holder.querySelectorAll("input")) input.checked = isFrench(input.value) === isFrench(store.me.locale);
}

function language(locale) {
  const change = () => post("user", { id: store.me.id, locale });
  const input = h("input", { type: "radio", name: "language", value: locale, onchange: change });
  return h("label", { lang: locale }, input, h("span", {}, LANGUAGES[locale]));
}

/** Show where one can go, and where something is unread. */
export function showPlaces() {
  const here = route().place;
  const channels = visibleChannels().map(({ id, name }) => ({ place: id, name, sign: "hash" }));
  const app = [
    { place: "dm", name: t("direct_messages"), sign: "message" },
    { place: "home", name: t("app_home"), sign: "home" },
    { place: "mail", name: t("mail"), sign: "mail" },
  ];
  list(byId("app-places"), app, here);
  list(byId("channels"), channels, here);
}

function list(parent, places, here) {
  reconcile(parent, places, {
    key: ({ place }) => place,
    sign: (item) => JSON.stringify([item, document.documentElement.lang]),
    make: ({ name, sign }) => h("li", {}, h("a", {}, icon(sign), h("span", {}, name), h("span", { class: "new" }))),
    update: (node, { place }) => {
      const link = node.firstElementChild;
      link.setAttribute("href", addressOf(place));
      if (place === here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      link.lastElementChild.replaceChildren(...(unread.has(place) ? [spoken(t("new_messages"))] : []));
    },
  });
}
