/** App Home: what Cadre shows to one person. https://docs.slack.dev/surfaces/app-home */

import { post } from "./api.js";
import { renderBlocks } from "./blocks.js";
import { byId, h, keepFocus } from "./dom.js";
import { store } from "./store.js";
import { Surface } from "./surface.js";
import { t } from "./texts.js";

const page = byId("home-blocks");
let surface = null;
let shown = null; // whose it is
let opening = false;

/**
 * Open it, as a person does: Cadre is told, and draws it.
 * What it draws meanwhile is what comes of it, so that nobody opens it again because of that.
 */
export async function openHome() {
  if (opening) return;
  opening = true;
  const user = store.me.id;
  if (shown !== user) {
    page.replaceChildren(h("p", { class: "empty" }, t("opening")));
    surface = null;
  }
  try {
    const { view } = await post("home", { user });
    if (user === store.me.id) draw(view, user);
  } finally {
    opening = false;
  }
}

function draw(view, user) {
  if (!view) return page.replaceChildren(h("p", { class: "empty" }, t("empty_home")));
  surface ??= new Surface({ view_id: "home" });
  surface.update(view);
  page.dataset.viewId = view.id;
  page.querySelector(".empty")?.remove();
  keepFocus(page, () => renderBlocks(page, view.blocks, surface));
  shown = user;
}
