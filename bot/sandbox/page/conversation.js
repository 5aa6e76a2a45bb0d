/** What is said in a channel or with Cadre, and the thread beside it. */

import { get } from "./api.js";
import { Composer } from "./composer.js";
import { announce, byId, coalesced, h, hasKeyboard } from "./dom.js";
import { Feed } from "./feed.js";
import { address, channelName, channelOf, go, isConversation, route, store } from "./store.js";
import { mrkdwn } from "./text.js";
import { t } from "./texts.js";
import { welcome } from "./welcome.js";

const feeds = {
  place: new Feed(byId("messages"), { threads: true, empty: () => (route().place === "dm" ? welcome() : h("p", {}, t("empty_channel"))) }),
  thread: new Feed(byId("thread-messages"), { threads: false }),
};
const composers = { place: new Composer(byId("composer")), thread: new Composer(byId("thread-composer")) };

let shown = ""; // who looks at what
let known = new Set(); // timestamps that were told already
let opener = null;

/** Show the conversation of the address, from the beginning where it is another one. */
export async function showConversation() {
  const { place, thread } = route();
  const now = [store.me.id, place].join();
  if (now !== shown) feeds.place.restart();
  if (`${now},${thread}` !== feeds.thread.of) feeds.thread.restart();
  feeds.thread.of = `${now},${thread}`;
  if (now !== shown) known = null;
  shown = now;
  compose(place, thread);
  await refreshMessages();
}

function compose(place, thread) {
  const where = { user: store.me.id, channel: place };
  const label = place === "dm" ? t("message_to", { name: store.bot.name }) : t("message_in", { name: `#${channelName(place)}` });
  composers.place.at(where, label);
  if (thread) composers.thread.at({ ...where, thread_ts: thread }, t("reply"));
}

/** Ask for the messages again, and show them. */
export const refreshMessages = coalesced(async () => {
  const { place, thread } = route();
  if (!isConversation(place)) return;
  const looked = shown;
  const { messages, asked } = await get("messages", { user: store.me.id, channel: place });
  if (looked !== shown) return; // somebody else looks, or somewhere else
  tell(messages);
  feeds.place.show(messages.filter(({ ts, thread_ts: root }) => !root || root === ts), asked);
  showThread(thread, messages, asked);
});

function showThread(thread, messages, asked) {
  const pane = byId("thread");
  const was = !pane.hidden;
  pane.hidden = !thread;
  if (!thread) return;
  feeds.thread.show(messages.filter(({ ts, thread_ts: root }) => ts === thread || root === thread), asked);
  if (was) return;
  opener = document.activeElement?.closest("[data-ts]")?.dataset.ts;
  if (hasKeyboard()) composers.thread.input.focus();
  else byId("thread-close").focus(); // a keyboard on the screen would cover what is to be read
}

/** Go back to where the thread was opened. */
export function closeThread() {
  go({ thread: null });
  byId("thread").hidden = true;
  const message = opener && byId("messages").querySelector(`[data-ts="${CSS.escape(opener)}"]`);
  (message?.querySelector(".replies, .reply") ?? composers.place.input).focus();
}

/** Say what came since one looks, from others. */
function tell(messages) {
  const fresh = known ? messages.filter(({ ts, user }) => !known.has(ts) && user !== store.me.id) : [];
  known = new Set(messages.map(({ ts }) => ts));
  for (const { name, text } of fresh.slice(-3)) announce(`${name}: ${mrkdwn(text ?? "").textContent}`);
}

/** Whether a channel is the one that is looked at. */
export const isShown = (channel) => channelOf(route().place) === channel;

/** Put the cursor where one types. */
export const focusComposer = () => composers.place.input.focus();

/** The address of a place, with what is open there closed. */
export const addressOf = (place) => address({ place, thread: null });
