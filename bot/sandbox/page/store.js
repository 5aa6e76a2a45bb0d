/** What the page knows of the workspace, and where it is: its address says who acts, where, and what is open. */

/** The workspace as `/_sandbox/state` told it last; `me`: who acts. */
export const store = { users: [], channels: [], me: null, now: null, next_due: null, bot: null, usage_hints: {}, methods: [] };

/** Places with something unread: channels, "dm" or "mail". */
export const unread = new Set();

/**
 * Where the page is.
 * @returns {{user: ?string, place: string, thread: ?string, log: boolean}} `place`: a channel, "dm", "home" or "mail"
 */
export function route() {
  const given = new URLSearchParams(location.hash.slice(1));
  return { user: given.get("user"), place: given.get("place") ?? "dm", thread: given.get("thread"), log: given.has("log") };
}

/** Whether one can write in a place: App Home and the mailbox are only looked at. */
export const isConversation = (place) => place !== "home" && place !== "mail";

/**
 * The address of where the page would be after some changes.
 * @param {{user?: string, place?: string, thread?: ?string, log?: boolean}} changes
 * @returns {string}
 */
export function address(changes) {
  const { user, place, thread, log } = { ...route(), ...changes };
  const parts = { user, place, thread, log: log ? "1" : null };
  return `#${new URLSearchParams(Object.entries(parts).filter(([, value]) => value))}`;
}

/**
 * Go there.
 * @param {Object} changes as `address` takes them
 */
export function go(changes) {
  location.hash = address(changes);
}

/**
 * The conversation of a place, as Slack knows it.
 * @param {string} place
 * @returns {string}
 */
export const channelOf = (place) => (place === "dm" ? store.me?.dm : place);

/**
 * The place of a channel: one's conversation with Cadre is "dm".
 * @param {string} channel
 * @returns {string}
 */
export const placeOf = (channel) => (channel === store.me?.dm ? "dm" : channel);

/**
 * Somebody's name; the id of one who is not known.
 * @param {string} id
 * @returns {string}
 */
export function nameOf(id) {
  if (id === store.bot?.id) return store.bot.name;
  return store.users.find((user) => user.id === id)?.name ?? id;
}

/**
 * A channel's name, without its sign.
 * @param {string} id
 * @returns {string}
 */
export const channelName = (id) => store.channels.find((channel) => channel.id === id)?.name ?? id;

/** The channels that the one who acts is a member of. */
export const visibleChannels = () => store.channels.filter((channel) => channel.members.includes(store.me?.id));
