/**
 * Wall times of a zone and moments, for pickers of a date with a time: these hold seconds, people choose what a clock shows.
 * What is only shown is formatted by the server: a browser's zones may be older than the rules of 2026.
 */

/** What a clock in a zone shows at a moment, as "2027-03-01T09:00". */
export function wall(seconds, zone) {
  const form = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return form.format(new Date(seconds * 1000)).replace(" ", "T");
}

/** The moment, in seconds, at which a clock in a zone shows a time. */
export function moment(local, zone) {
  const wanted = Date.parse(`${local}Z`) / 1000;
  const shown = (seconds) => Date.parse(`${wall(seconds, zone)}Z`) / 1000;
  const first = wanted - (shown(wanted) - wanted);
  return first - (shown(first) - wanted); // once more: the clocks may change in between
}
