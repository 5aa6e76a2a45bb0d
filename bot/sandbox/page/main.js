/** The page: goes where its address says, and follows what happens in the workspace. */

import { Problem, get, listen } from "./api.js";
import { showClock } from "./clock.js";
import { closeThread, focusComposer, isShown, refreshMessages, showConversation } from "./conversation.js";
import { byId, coalesced, hasKeyboard } from "./dom.js";
import { openHome, refreshHome } from "./home.js";
import { closeInspector, forgetLog, logged, showInspector } from "./inspector.js";
import { isMine, openMail, refreshMail } from "./mail.js";
import { forgetViews, refreshViews } from "./modal.js";
import { showPlaces, showSidebar } from "./sidebar.js";
import { address, channelName, isConversation, placeOf, route, store, unread, visibleChannels } from "./store.js";
import { fill, speak, t, told } from "./texts.js";

const MINUTE = 60_000;
const readsHere = ({ locale }) => locale.slice(0, 2) === navigator.language.slice(0, 2);
let minute = null;

/** Ask how the workspace is, and who acts in it; the texts are in their language then. */
const refreshState = coalesced(async () => {
  Object.assign(store, await get("state"));
  await become();
  showSidebar();
  showClock();
  tick();
});

/**
 * The one who acts: where the address names nobody, the first who reads the browser's language.
 * The place: with Cadre, where they are not a member of the channel.
 */
async function become() {
  const { user, place } = route();
  const before = store.me;
  store.me = store.users.find(({ id }) => id === user) ?? store.users.find(readsHere) ?? store.users[0];
  const reachable = ["dm", "home", "mail", ...visibleChannels().map(({ id }) => id)].includes(place);
  if (user !== store.me.id || !reachable) {
    history.replaceState(null, "", address({ user: store.me.id, ...(reachable ? {} : { place: "dm", thread: null }) }));
  }
  const changed = before?.id !== store.me.id;
  if (changed) unread.clear();
  if (!changed && before.locale === store.me.locale) return;
  await speak(store.me.locale);
  fill(document);
  forgetLog();
  if (before && !changed) await showPlace(); // the same place, in the other language
}

/** The server words the time, so that no old zones of a browser do: it is asked when another minute begins, if somebody looks. */
function tick() {
  clearTimeout(minute);
  minute = setTimeout(() => !document.hidden && refreshState(), MINUTE - (Date.parse(store.now) % MINUTE));
}

async function showPlace() {
  const { place } = route();
  const names = { home: t("app_home"), mail: t("mail"), dm: store.bot.name };
  const name = names[place] ?? `#${channelName(place)}`;
  byId("title").textContent = name;
  byId("trouble").hidden = true;
  byId("topic").textContent = store.channels.find(({ id }) => id === place)?.topic ?? "";
  document.title = `${name} · ${t("sandbox")}`;
  byId("home").hidden = place !== "home";
  byId("mail").hidden = place !== "mail";
  byId("conversation").hidden = !isConversation(place);
  byId("thread").hidden ||= !isConversation(place);
  unread.delete(place);
  showPlaces();
  showInspector();
  await ({ home: openHome, mail: openMail }[place] ?? showConversation)();
}

/** Go where the address says. */
const arrive = coalesced(async () => {
  const user = store.me.id;
  await become();
  if (user !== store.me.id) {
    forgetViews();
    showSidebar();
    showClock();
  }
  await Promise.all([showPlace(), refreshViews()]);
});

/** Everything afresh: at the beginning, and after the connection was gone. */
async function begin() {
  const first = !store.me;
  forgetLog();
  await refreshState();
  await Promise.all([showPlace(), refreshViews()]);
  document.documentElement.classList.add("ready");
  if (first && isConversation(route().place) && hasKeyboard()) focusComposer();
}

let soon = null;

function refreshSoon() {
  clearTimeout(soon);
  soon = setTimeout(refreshState, 300);
}

const NEWS = {
  everything: begin,
  state: refreshState,
  views: ({ user }) => user === store.me.id && refreshViews(),
  home: ({ user }) => user === store.me.id && route().place === "home" && refreshHome(),
  mail: ({ to }) => {
    if (!isMine(to)) return;
    if (route().place === "mail") refreshMail();
    else unread.add("mail");
    showPlaces();
  },
  log: ({ last }) => logged(last),
  messages: ({ channel, user, by }) => {
    if (by === store.bot?.id) refreshSoon(); // what Cadre says may be that somebody is known now
    if (user && user !== store.me.id) return;
    if (isShown(channel)) refreshMessages();
    else unread.add(placeOf(channel));
    showPlaces();
  },
};

listen({
  opened: () => {
    byId("offline").hidden = true;
    begin();
  },
  lost: () => (byId("offline").hidden = false),
  told: (news) => store.me && NEWS[news.kind]?.(news),
});

addEventListener("hashchange", () => store.me && arrive());
document.addEventListener("moved", refreshState);
document.addEventListener("visibilitychange", () => !document.hidden && store.me && refreshState());
for (const [pane, close] of [["thread", closeThread], ["inspector", closeInspector]]) {
  byId(`${pane}-close`).addEventListener("click", close);
  byId(pane).addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && close());
}
byId("inspector-toggle").addEventListener("click", () => (route().log ? closeInspector() : (location.hash = address({ log: true }))));
byId("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address says where one is, not what is scrolled to
  byId("main").focus();
});
byId("menu").addEventListener("click", () => drawer(true));
byId("menu-close").addEventListener("click", () => drawer(false));
byId("sidebar").addEventListener("keydown", (event) => event.key === "Escape" && drawer(false));
byId("sidebar").addEventListener("click", (event) => event.target.closest("nav a") && drawer(false));

/** At phone width the sidebar is a drawer over the rest. */
function drawer(open) {
  if (open === document.body.classList.contains("menu-open")) return;
  document.body.classList.toggle("menu-open", open);
  byId("menu").setAttribute("aria-expanded", String(open));
  for (const id of ["main", "thread", "inspector"]) byId(id).inert = open;
  (open ? byId("menu-close") : byId("menu")).focus();
}

matchMedia("(width > 760px)").addEventListener("change", () => drawer(false));

/** What nobody waited for failed: told above the conversation. That the connection is gone is told there already. */
addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Problem)) return;
  event.preventDefault();
  if (event.reason.offline) return;
  byId("trouble").textContent = told(event.reason);
  byId("trouble").hidden = false;
});
