/** App Home: what Cadre shows to one person. https://docs.slack.dev/surfaces/app-home */

import { get, post } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { byId, h, keepFocus } from "./dom.js";
import { store } from "./store.js";
import { Surface } from "./surface.js";
import { t } from "./texts.js";

const page = byId("home-blocks");
let surface = null;
let shown = null; // whose it is
let opening = null; // for whom
let drawn = false; // anew, while it was being opened

/** Cadre drew it anew: show that. To open it again would have it drawn again, in every window. */
export async function refreshHome() {
  const user = store.me.id;
  drawn = opening === user;
  if (drawn || shown !== user) return;
  const { view, asked } = await get("home", { user });
  if (user === store.me.id) draw(view, asked);
}

/** Open it, as a person does: Cadre is told, and draws it. */
export async function openHome() {
  const user = store.me.id;
  if (opening === user) return;
  opening = user;
  if (shown !== user) {
    page.replaceChildren(h("p", { class: "empty" }, t("opening")));
    surface = null;
  }
  try {
    const { view, asked } = await post("home", { user });
    if (user === store.me.id) draw(view, asked);
  } finally {
    if (opening === user) opening = null;
  }
  if (drawn) await refreshHome(); // what was answered may be older
}

function draw(view, asked) {
  shown = store.me.id;
  if (!view) return page.replaceChildren(h("p", { class: "empty" }, t("empty_home")));
  surface ??= new Surface({ view_id: "home" });
  surface.update(view, asked);
  page.dataset.viewId = view.id;
  page.querySelector(".empty")?.remove();
  keepFocus(page, () => renderBlocks(page, view.blocks, surface));
}
