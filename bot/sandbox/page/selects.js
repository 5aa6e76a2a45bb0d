/** The select menus of Block Kit: options that are given, looked up, or users and conversations. */

import { Combobox, matching } from "./combobox.js";
import { channelName, nameOf, store, visibleChannels } from "./store.js";
import { plain } from "./text.js";
import { t } from "./texts.js";
import { isMany } from "./values.js";

/**
 * A select menu of any kind.
 * @param {Object} field the element, what it holds, and `commit`
 * @returns {HTMLElement}
 */
export function select(field) {
  const { element } = field;
  const kind = Object.values(KINDS).find((each) => each.of.test(element.type));
  const many = isMany(element);
  const box = new Combobox({
    names: field.names,
    placeholder: element.placeholder?.text ?? t("choose"),
    many,
    clearable: field.block.type === "input",
    most: element.max_selected_items,
    least: kind.remote ? (element.min_query_length ?? 3) : 0,
    remote: kind.remote,
    chosen: [field.value].flat().filter(Boolean).map(kind.choice),
    load: (typed) => kind.load(typed, field),
    changed: (choices) => {
      const values = choices.map(kind.value);
      field.commit(many ? values : (values[0] ?? null));
    },
  });
  return box.node;
}

const optionChoice = (option) => ({
  value: option.value,
  label: plain(option.text).data,
  description: option.description && plain(option.description).data,
  of: option,
});

/** Slack gives either options or groups of them. */
function grouped({ options, option_groups: groups }) {
  if (!groups?.length) return options?.length ? [{ choices: options.map(optionChoice) }] : [];
  return groups.map((group) => ({ label: plain(group.label).data, choices: group.options.map(optionChoice) }));
}

const people = (key = "id") => store.users.filter((user) => !user.is_bot).map((user) => ({ value: user[key], label: user.name }));
const channels = () => visibleChannels().map((channel) => ({ value: channel.id, label: `#${channel.name}` }));
const isChannel = (id) => store.channels.some((channel) => channel.id === id);
const withUser = (dm) => store.users.find((user) => user.dm === dm)?.id ?? dm;
const placeChoice = (id) => ({ value: id, label: isChannel(id) ? `#${channelName(id)}` : nameOf(withUser(id)) });
const conversations = () => [
  { label: t("channels"), choices: channels() },
  { label: t("people"), choices: people("dm") },
];

const id = (choice) => choice.value;

const KINDS = {
  given: {
    of: /static_select$/,
    choice: optionChoice,
    value: (choice) => choice.of,
    load: (typed, { element }) => matching(grouped(element), typed),
  },
  looked_up: {
    of: /external_select$/,
    remote: true,
    choice: optionChoice,
    value: (choice) => choice.of,
    load: async (typed, { element, surface }) => grouped(await surface.options(element, typed)),
  },
  users: { of: /users_select$/, choice: placeChoice, value: id, load: (typed) => matching([{ choices: people() }], typed) },
  channels: { of: /channels_select$/, choice: placeChoice, value: id, load: (typed) => matching([{ choices: channels() }], typed) },
  conversations: { of: /conversations_select$/, choice: placeChoice, value: id, load: (typed) => matching(conversations(), typed) },
};
