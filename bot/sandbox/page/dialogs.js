/** A question that must be answered before anything is done. */

import { h, uid } from "./dom.js";
import { plain, textOf } from "./text.js";

/**
 * Ask. https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
 * @param {{title: Object, text: Object, confirm: Object, deny: Object, style?: string}} question text objects
 * @returns {Promise<boolean>}
 */
export function confirmed({ title, text, confirm, deny, style = "primary" }) {
  const [named, described] = [uid("title"), uid("text")];
  const yes = h("button", { class: `button ${style}`, value: "yes" }, plain(confirm));
  const no = h("button", { class: "button", value: "" }, plain(deny));
  const dialog = h(
    "dialog",
    { class: "dialog small", "aria-labelledby": named, "aria-describedby": described },
    h(
      "form",
      { method: "dialog" },
      h("h2", { id: named }, plain(title)),
      h("div", { id: described }, textOf(text)),
      h("footer", {}, no, yes),
    ),
  );
  dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation()); // not for the window below
  document.body.append(dialog);
  dialog.showModal();
  no.focus(); // the answer that does nothing is the one at hand
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    }),
  );
}
