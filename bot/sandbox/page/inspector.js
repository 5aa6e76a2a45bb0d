/** The drawer that shows what goes between Slack and Cadre, and in which things can be made to go wrong. */

import { get, post } from "./api.js";
import { confirmed } from "./dialogs.js";
import { byId, coalesced, h, icon } from "./dom.js";
import { go, route, store } from "./store.js";
import { t, told } from "./texts.js";

const MOST = 300; // entries in the page
const drawer = byId("inspector");
const list = byId("log");
const fault = byId("fault-form");
let last = 0; // the newest entry that is shown
let newest = 0; // the newest that there is, as far as is known

/** Show or hide it, as the address says. */
export function showInspector() {
  const { log } = route();
  byId("inspector-toggle").setAttribute("aria-expanded", String(log));
  const was = !drawer.hidden;
  drawer.hidden = !log;
  if (!log) return;
  label();
  refreshLog();
  if (!was) byId("inspector-title").focus({ preventScroll: true });
}

/** Close it, and go back to the button that opens it. */
export function closeInspector() {
  go({ log: false });
  byId("inspector-toggle").focus();
}

/** There is a new entry. */
export function logged(number) {
  newest = number;
  if (!drawer.hidden) refreshLog();
}

/** Begin anew, after a reset or in another language. */
export function forgetLog() {
  last = 0;
  list.replaceChildren();
}

const NONE = 999_999_999_999; // no entry has so high a number: what is asked for is only how far they go

const refreshLog = coalesced(async () => {
  if (!last) newest = (await get("log", { since: NONE })).last;
  last = Math.max(last, newest - MOST);
  for (;;) {
    const { entries, last: told } = await get("log", { since: last });
    for (const each of entries) list.prepend(entry(each));
    while (list.childElementCount > MOST) list.lastElementChild.remove();
    const done = !entries.length || entries.at(-1).n >= newest;
    last = entries.at(-1)?.n ?? told;
    if (done) break;
  }
  byId("log-empty").hidden = list.childElementCount > 0;
});

function entry(each) {
  const { kind, name, status, seconds, at, retry, error } = each;
  const refused = error ?? (each.answer?.ok === false ? each.answer.error : null);
  const failed = refused != null || status == null || status >= 400;
  const details = h(
    "details",
    { ontoggle: () => open(details, each) },
    h(
      "summary",
      {},
      icon(failed ? "warning" : kind === "delivery" ? "in" : "out"),
      h("span", { class: "entry-name" }, name),
      h("span", { class: "entry-kind" }, t(`kind_${kind}`)),
      retry && h("span", { class: "badge" }, t("retry", { n: retry })),
      h("span", { class: "entry-end" }, failed ? t("entry_failed", { reason: refused ?? status ?? "" }) : `${status}`),
      h("span", { class: "time" }, `${clock(at)} · ${Math.round(seconds * 1000)} ms`),
    ),
  );
  return h("li", { class: failed ? "entry failed" : "entry", "data-n": each.n }, details);
}

/** Real time, as this computer's clock shows it. */
const clock = (at) => new Date(at).toLocaleTimeString("sv-SE");

function open(details, { sent, answer }) {
  if (details.childElementCount > 1) return;
  details.append(json("sent", sent), json("answered", answer));
}

const json = (key, value) => h("div", { class: "json" }, h("h4", {}, t(key)), h("pre", { tabindex: "0" }, JSON.stringify(value, null, 2)));

/** The choices of the form, in the language that is spoken. */
function label() {
  const { method, kind } = fault.elements;
  const named = { "*": t("all_methods"), socket: t("all_connections"), email: t("mail") };
  options(method, store.methods.map((name) => [name, named[name] ?? name]));
  options(kind, ["ratelimited", "error", "timeout", "down"].map((name) => [name, t(`fails_${name}`)]));
  able();
}

function options(select, choices) {
  const chosen = select.value || choices[0][0];
  select.replaceChildren(...choices.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));
}

/** Only what means something for the kind of fault can be filled in. */
function able() {
  const { method, kind, times, error, retry_after: after } = fault.elements;
  kind.disabled = method.value === "socket";
  times.disabled = kind.disabled;
  error.disabled = kind.disabled || kind.value !== "error";
  after.disabled = kind.disabled || kind.value !== "ratelimited";
}

fault.addEventListener("change", able);
fault.addEventListener("submit", (event) => {
  event.preventDefault();
  const { method, kind, times, error, retry_after: after } = fault.elements;
  const body = { method: method.value, kind: method.value === "socket" ? "down" : kind.value, times: times.valueAsNumber || 0 };
  if (!error.disabled && error.value) body.error = error.value;
  if (!after.disabled) body.retry_after = after.valueAsNumber || 0;
  act("fault", body, t("fault_planned"));
});

byId("redeliver-form").addEventListener("submit", (event) => {
  event.preventDefault();
  act("redeliver", { last: event.target.elements.last.valueAsNumber || 1 }, t("redelivered"));
});

byId("reset").addEventListener("click", async () => {
  const text = (key) => ({ type: "plain_text", text: t(key) });
  const question = { title: text("reset_title"), text: text("reset_text"), confirm: text("reset"), deny: text("cancel"), style: "danger" };
  if (await confirmed(question)) act("reset", {}, t("reset_done"));
});

async function act(path, body, done) {
  const line = byId("inspector-told");
  line.textContent = "";
  try {
    await post(path, body);
    line.textContent = done;
  } catch (problem) {
    line.textContent = told(problem);
  }
}
