/** Something with controls: a message, a window, App Home. It knows what stands in them, and tells the sandbox what is done. */

import { post } from "./api.js";
import { resign, uid } from "./dom.js";
import { store } from "./store.js";
import { sent, valueIn } from "./values.js";

/** Slack's side refused an action. */
class Refused extends Error {}

const keyOf = (block, element) => `${block.block_id}/${element.action_id}`;

/**
 * What people can use in a block.
 * @param {Object} block
 * @returns {Object[]} elements
 */
const elementsOf = (block) =>
  [block.accessory, block.element, ...(block.type === "actions" ? block.elements : [])].filter((each) => each?.action_id);

export class Surface {
  #drafts = new Map();
  #state = {};
  #last = Promise.resolve();

  /** @param {{channel: string, message_ts: string}|{view_id: string}} address as the sandbox's calls take it */
  constructor(address) {
    this.address = address;
    this.id = uid("surface");
    this.errors = {};
  }

  /** Whether it is a window. */
  get isWindow() {
    return Boolean(this.address.view_id) && this.address.view_id !== "home";
  }

  /**
   * What the sandbox says now. What was typed or chosen here it knows if it was asked after it had acknowledged that.
   * @param {{state?: {values: Object}, errors?: Object<string, string>}} shown a message or a view
   * @param {number} asked when it was asked, by `performance.now()`
   */
  update(shown, asked) {
    this.#state = shown.state?.values ?? {};
    this.errors = shown.errors ?? {};
    for (const [key, draft] of this.#drafts) if (draft.known < asked) this.#drafts.delete(key);
  }

  /** What a control holds: what was typed or chosen here, until the sandbox knows it. */
  value(block, element) {
    const draft = this.#drafts.get(keyOf(block, element));
    return draft ? draft.value : valueIn(element, this.#state[block.block_id]?.[element.action_id]);
  }

  /** A block is drawn anew when this changes. */
  sign(block) {
    const values = elementsOf(block).map((element) => this.value(block, element));
    return JSON.stringify([block, this.errors[block.block_id], values]);
  }

  /** Keep what was typed or chosen; the control shows it already. */
  set(block, element, value) {
    this.#drafts.set(keyOf(block, element), { value, known: Infinity });
    const node = document.getElementById(this.blockId(block));
    if (node) resign(node, this.sign(block));
  }

  /** The id of a block's node. */
  blockId(block) {
    return `${this.id}-${block.block_id}`;
  }

  /**
   * Tell the sandbox what a control holds now, or that it was used; one after the other, as they were done.
   * @returns {Promise<void>} throws Refused or Problem
   */
  send(block, element, value) {
    const body = { user: store.me.id, ...this.address, block_id: block.block_id, action_id: element.action_id };
    const draft = this.#drafts.get(keyOf(block, element));
    const done = this.#last.then(() => post("click", value === undefined ? body : { ...body, value: sent(value) }));
    this.#last = done.catch(() => {}); // a failure is told to who waits for it; the next is sent all the same
    return done.then((answer) => {
      if (draft) draft.known = performance.now();
      if (!answer.ok) throw new Refused(answer.failed);
    });
  }

  /** All that was sent has been answered. */
  settled() {
    return this.#last;
  }

  /**
   * What an external menu offers for what was typed.
   * @returns {Promise<{options?: Object[], option_groups?: Object[]}>} throws Refused or Problem
   */
  async options(element, typed) {
    const found = await post("options", { user: store.me.id, ...this.address, action_id: element.action_id, value: typed });
    if (found.failed) throw new Refused(found.failed);
    return found;
  }

  /** What a submission sends: every field of the window. */
  values(blocks) {
    const fields = blocks.filter((block) => block.type === "input");
    return Object.fromEntries(fields.map((block) => [block.block_id, sent(this.value(block, block.element))]));
  }
}
