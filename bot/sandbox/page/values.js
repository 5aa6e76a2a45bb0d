/** What a control holds: an option or a list of them, an id or a list of them, or a plain value. */

/** Kind of element -> where it stands initially, and where in Slack's `state`. */
const PLACES = {
  static_select: ["initial_option", "selected_option"],
  external_select: ["initial_option", "selected_option"],
  radio_buttons: ["initial_option", "selected_option"],
  overflow: ["", "selected_option"],
  checkboxes: ["initial_options", "selected_options"],
  multi_static_select: ["initial_options", "selected_options"],
  multi_external_select: ["initial_options", "selected_options"],
  users_select: ["initial_user", "selected_user"],
  conversations_select: ["initial_conversation", "selected_conversation"],
  channels_select: ["initial_channel", "selected_channel"],
  multi_users_select: ["initial_users", "selected_users"],
  multi_conversations_select: ["initial_conversations", "selected_conversations"],
  multi_channels_select: ["initial_channels", "selected_channels"],
  datepicker: ["initial_date", "selected_date"],
  timepicker: ["initial_time", "selected_time"],
  datetimepicker: ["initial_date_time", "selected_date_time"],
  file_input: ["", "files"],
};
const TEXT = ["initial_value", "value"];

/**
 * What a control holds by what Slack says; null or an empty list where nothing.
 * @param {Object} element
 * @param {Object} [entry] its part of the `state`; without it, the control as it begins
 * @returns {*}
 */
export function valueIn(element, entry) {
  const [initial, selected] = PLACES[element.type] ?? TEXT;
  return (entry ? entry[selected] : element[initial]) ?? (isMany(element) ? [] : null);
}

/**
 * What the sandbox is sent for a value: of options, their values only; of files, their ids.
 * @param {*} value
 * @returns {*}
 */
export const sent = (value) => (Array.isArray(value) ? value.map(sent) : (value?.value ?? value?.id ?? value));

/** Whether an element holds several values. */
export const isMany = (element) => element.type.startsWith("multi_") || ["checkboxes", "file_input"].includes(element.type);
