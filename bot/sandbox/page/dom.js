/** Building and updating nodes. Never from markup: whatever a text holds, it stays text. */

const SVG = "http://www.w3.org/2000/svg";
const drawn = new WeakMap();
let count = 0;

/**
 * An id that no other node has.
 * @param {string} prefix
 * @returns {string}
 */
export const uid = (prefix = "n") => `${prefix}-${++count}`;

/**
 * The node with an id of index.html.
 * @param {string} id
 * @returns {HTMLElement}
 */
export const byId = (id) => document.getElementById(id);

/**
 * A new element. What is null, undefined or false among attributes and children is left out.
 * @param {string} name
 * @param {Object<string, *>} attributes `onclick` and the like are listeners; `true` is an empty attribute
 * @param {...*} children nodes, texts, lists of them
 * @returns {HTMLElement}
 */
export function h(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value == null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(3).filter((child) => child != null && child !== false));
  return node;
}

/**
 * A drawing of index.html. It says nothing: what it stands for is told by a text or a label.
 * @param {string} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  svg.firstChild.setAttribute("href", `#icon-${name}`);
  return svg;
}

/**
 * Text that only a screen reader says.
 * @param {string} text
 * @returns {HTMLElement}
 */
export const spoken = (text) => h("span", { class: "spoken" }, text);

/**
 * Bring an element's children up to date: a child is kept as it is while its signature is the same.
 * @template Item
 * @param {Element} parent
 * @param {Item[]} items
 * @param {{key: function(Item): string, sign: function(Item): string, make: function(Item): Element,
 *   update?: function(Element, Item): void}} how `key`: which item it is; `sign`: what of it, when it changes, has it made anew
 */
export function reconcile(parent, items, { key, sign, make, update }) {
  const wanted = new Set(items.map(key));
  const old = new Map();
  for (const node of [...parent.children]) {
    const known = drawn.get(node)?.key;
    if (wanted.has(known) && !old.has(known)) old.set(known, node);
    else node.remove();
  }
  let cursor = parent.firstElementChild;
  for (const item of items) {
    let node = old.get(key(item));
    if (node && drawn.get(node).sign !== sign(item)) {
      const fresh = make(item);
      if (cursor === node) cursor = fresh;
      node.replaceWith(fresh);
      node = fresh;
    }
    node ??= make(item);
    drawn.set(node, { key: key(item), sign: sign(item) });
    if (node === cursor) cursor = cursor.nextElementSibling;
    else parent.insertBefore(node, cursor);
    update?.(node, item);
  }
}

/**
 * Say that a child of `reconcile` shows already what its item says now, so that it is not made anew.
 * @param {Element} node
 * @param {string} sign
 */
export function resign(node, sign) {
  if (drawn.has(node)) drawn.get(node).sign = sign;
}

/**
 * Change what is under a node; who was at one of its controls is at the same one afterwards, or at what holds it where it is gone.
 * @param {Element} root
 * @param {function(): void} change
 */
export function keepFocus(root, change) {
  const active = document.activeElement;
  const home = root.contains(active) ? active.closest("[data-ts], [data-view-id]") : null;
  const same = home && sameControl(active);
  const caret = active?.selectionStart;
  change();
  if (!home || active.isConnected) return;
  const holder = home.isConnected ? home : (root.querySelector(sameHome(home)) ?? root);
  const again = same(holder);
  (again ?? holder).focus({ preventScroll: true });
  if (again?.setSelectionRange && caret != null) again.setSelectionRange(caret, caret);
}

/** Finds a control again: in its block; or, as blocks without a name get a new one each time, the only one of that action. */
function sameControl(active) {
  const { focus, action } = active.closest("[data-focus]")?.dataset ?? {};
  return (holder) => {
    if (!focus) return null;
    const exact = holder.querySelector(`[data-focus="${CSS.escape(focus)}"]`);
    const alike = holder.querySelectorAll(`[data-action="${CSS.escape(action)}"]`);
    return exact ?? (alike.length === 1 ? alike[0] : null);
  };
}

function sameHome(home) {
  const [name, value] = home.dataset.ts ? ["ts", home.dataset.ts] : ["view-id", home.dataset.viewId];
  return `[data-${name}="${CSS.escape(value)}"]`;
}

/** Whether there is likely a keyboard that covers nothing: a mouse, and not a finger, points here. */
export const hasKeyboard = () => matchMedia("(pointer: fine)").matches;

/**
 * Have a screen reader say something when it is idle.
 * @param {string} text
 */
export function announce(text) {
  const line = h("p", {}, text);
  byId("live").append(line);
  setTimeout(() => line.remove(), 5000);
}

/**
 * The same function, that runs once more after a run in which it was called again, instead of twice at a time.
 * @param {function(): Promise<void>} run
 * @returns {function(): Promise<void>}
 */
export function coalesced(run) {
  let running = null;
  let again = false;
  const loop = async () => {
    do {
      again = false;
      await run();
    } while (again);
  };
  return () => {
    if (running) again = true;
    else running = loop().finally(() => (running = null));
    return running;
  };
}
