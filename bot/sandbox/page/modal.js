/** Windows that Cadre opens: one over the other, the innermost is shown. https://docs.slack.dev/surfaces/modals */

import { get, post } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { byId, coalesced, h, icon, keepFocus } from "./dom.js";
import { focusComposer } from "./conversation.js";
import { store } from "./store.js";
import { Surface } from "./surface.js";
import { plain } from "./text.js";
import { t, told } from "./texts.js";

const dialog = byId("modal");
const surfaces = new Map();
let views = [];
let opener = null; // what had the focus before

// At the document, for the focus is nowhere while a window that was sent is drawn anew.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !dialog.open) return;
  event.preventDefault(); // the sandbox says what is open then, not the browser
  leave(false);
});
dialog.addEventListener("cancel", (event) => event.target === dialog && event.preventDefault()); // keydown has seen to it

/** Ask for the windows that are open, and show them. */
export const refreshViews = coalesced(async () => {
  const user = store.me.id;
  const answer = await get("views", { user });
  if (user === store.me.id) show(answer.views, answer.asked);
});

/** Nobody's windows, until somebody else's are asked for. */
export const forgetViews = () => show([]);

function show(now, asked) {
  views = now;
  for (const id of surfaces.keys()) if (!views.some((view) => view.id === id)) surfaces.delete(id);
  const top = views.at(-1);
  if (!top) return hide();
  if (!surfaces.has(top.id)) surfaces.set(top.id, new Surface({ view_id: top.id }));
  surfaces.get(top.id).update(top, asked);
  if (dialog.dataset.viewId === top.id) return draw(top);
  if (!dialog.open) opener = document.activeElement;
  dialog.dataset.viewId = top.id;
  dialog.replaceChildren(frame());
  draw(top);
  if (!dialog.open) dialog.showModal();
  start();
}

function hide() {
  if (!dialog.open) return;
  dialog.close();
  dialog.replaceChildren();
  delete dialog.dataset.viewId;
  if (opener?.isConnected) opener.focus();
  else focusComposer();
}

/** What all windows have; `draw` fills it. */
function frame() {
  const back = h("button", { type: "button", class: "button icon-button back", onclick: () => leave(false) }, icon("back"));
  const close = h("button", { type: "button", class: "button icon-button", onclick: () => leave(true) }, icon("close"));
  return h(
    "form",
    { novalidate: true, onsubmit: submit },
    h("header", {}, back, h("h2", { id: "modal-title", tabindex: "-1" }), close),
    h("div", { class: "blocks scroll", tabindex: "-1" }),
    h("p", { class: "refused", role: "alert" }),
    h("footer", {}),
  );
}

function draw(view) {
  const form = dialog.firstElementChild;
  const [back, title, close] = form.querySelector("header").children;
  title.replaceChildren(plain(view.title));
  back.ariaLabel = back.title = t("back");
  close.ariaLabel = close.title = t("close");
  back.hidden = views.length < 2;
  keepFocus(dialog, () => renderBlocks(form.querySelector(".blocks"), view.blocks, surfaces.get(view.id)));
  const labels = JSON.stringify([view.close, view.submit]);
  const footer = form.querySelector("footer");
  if (footer.dataset.labels === labels) return; // the button that was pressed keeps the focus
  footer.dataset.labels = labels;
  footer.replaceChildren(
    h("button", { type: "button", class: "button", onclick: () => leave(false) }, view.close ? plain(view.close) : t("close")),
    ...(view.submit ? [h("button", { class: "button primary" }, plain(view.submit))] : []),
  );
}

/** Where one begins: the field that the window says, else the first, else its title. */
function start() {
  const first = dialog.querySelector("[data-first]") ?? dialog.querySelector(".block[data-type=input] :is(input, textarea, [tabindex='0'])");
  (first ?? byId("modal-title")).focus();
}

async function leave(all) {
  const top = views.at(-1);
  if (!top) return;
  try {
    await post("close", { user: store.me.id, view_id: top.id, all });
  } catch (problem) {
    refused(told(problem));
  }
  await refreshViews();
}

async function submit(event) {
  event.preventDefault();
  const view = views.at(-1);
  if (!view.submit || dialog.ariaBusy === "true") return;
  const surface = surfaces.get(view.id);
  refused("");
  dialog.ariaBusy = "true";
  try {
    await surface.settled();
    const answer = await post("submit", { user: store.me.id, view_id: view.id, values: surface.values(view.blocks) });
    if (answer.failed) refused(answer.failed);
    await refreshViews();
    if (answer.errors) dialog.querySelector("[aria-invalid]")?.focus();
    else if (dialog.open && !dialog.contains(document.activeElement)) start(); // the button that was pressed is gone
  } catch (problem) {
    refused(told(problem));
  } finally {
    dialog.ariaBusy = null;
  }
}

function refused(text) {
  const line = dialog.querySelector("form > .refused");
  line?.replaceChildren(...(text ? [icon("warning"), text] : []));
}
