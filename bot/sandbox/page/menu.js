/** A button that opens a menu of actions. https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ */

import { h, icon } from "./dom.js";
import { openAt } from "./popup.js";
import { link } from "./text.js";

/**
 * @param {{label: string, description?: string, url?: string, act: function(): void}[]} items
 * @param {Object} names attributes of the button
 * @returns {HTMLElement}
 */
export function menu(items, names) {
  let close = null;
  const attributes = { type: "button", class: "button icon-button", "aria-haspopup": "menu", "aria-expanded": "false", ...names };
  const button = h("button", attributes, icon("more"));
  const list = h("div", { class: "popup menu", popover: "manual", role: "menu", "aria-label": names["aria-label"] });
  const shut = (back) => {
    close?.();
    close = null;
    button.setAttribute("aria-expanded", "false");
    if (back) button.focus();
  };
  list.append(...items.map((item) => entry(item, shut)));
  button.addEventListener("click", () => {
    if (close) return shut(true);
    close = openAt(list, button);
    button.setAttribute("aria-expanded", "true");
    list.firstElementChild?.focus();
  });
  list.addEventListener("keydown", (event) => move(event, list, shut));
  list.addEventListener("focusout", (event) => list.contains(event.relatedTarget) || event.relatedTarget === button || shut(false));
  return h("div", { class: "menu-button" }, button, list);
}

function entry({ label, description, url, act }, shut) {
  const text = [h("span", { class: "option-label" }, label), description && h("span", { class: "option-more" }, description)];
  const attributes = { class: "option", role: "menuitem", tabindex: "-1" };
  const done = () => {
    shut(true);
    act();
  };
  if (url) return link(url, h("span", {}, text), { ...attributes, onclick: done });
  return h("button", { type: "button", ...attributes, onclick: done }, text);
}

function move(event, list, shut) {
  const items = [...list.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) items[(to + items.length) % items.length].focus();
  else if (event.key === "Escape") shut(true);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
