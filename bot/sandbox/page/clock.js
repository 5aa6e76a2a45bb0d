/** The workspace's clock: what time it is for whoever acts, and how to move it. */

import { post } from "./api.js";
import { announce, byId } from "./dom.js";
import { store } from "./store.js";
import { t, told } from "./texts.js";

const buttons = { day: { advance: "P1D" }, week: { advance: "P7D" }, due: { next: true } };
const form = byId("clock-form");
const field = byId("clock-field");
let moving = false; // by this window

/** Show the time, and what can be done. */
export function showClock() {
  const time = byId("clock-time");
  time.textContent = store.me.time;
  time.dateTime = store.now;
  if (field !== document.activeElement) field.value = store.me.local; // it follows, unless somebody is writing in it
  byId("clock").ariaBusy = String(moving);
  byId("clock-progress").hidden = !moving;
  const idle = !store.next_due;
  byId("clock-idle").hidden = !idle;
  for (const button of form.querySelectorAll("button")) {
    const due = button.value === "due";
    button.setAttribute("aria-disabled", String(moving || (due && idle))); // it can be found still, with why
    if (due) button.setAttribute("aria-describedby", idle ? "clock-idle" : "");
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { value, ariaDisabled } = event.submitter;
  if (value === "set" && !field.value) return field.focus();
  if (ariaDisabled !== "true") move(buttons[value] ?? { set: field.value, zone: store.me.tz });
});

async function move(how) {
  const trouble = byId("clock-trouble");
  trouble.textContent = "";
  moving = true;
  showClock();
  announce(t("clock_moving"));
  try {
    await post("clock", how);
  } catch (problem) {
    trouble.textContent = told(problem);
  } finally {
    moving = false;
    document.dispatchEvent(new Event("moved"));
  }
}
