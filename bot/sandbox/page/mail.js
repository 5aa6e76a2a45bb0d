/** The mailbox of the one who acts: what Cadre sent them by e-mail. A letter is shown in a frame in which nothing runs. */

import { get } from "./api.js";
import { announce, byId, coalesced, h, reconcile } from "./dom.js";
import { store } from "./store.js";
import { t } from "./texts.js";

const list = byId("letters");
let shown = null; // whose
let newest = 0; // the last letter that was told

/** Show the letters to the one who acts, newest first. */
export async function openMail() {
  if (shown !== store.me.id) {
    shown = store.me.id;
    newest = Infinity;
    list.replaceChildren();
  }
  await refreshMail();
}

/** Ask for them again. */
export const refreshMail = coalesced(async () => {
  const user = store.me.id;
  const { letters, address } = await get("mail", { user });
  if (user !== store.me.id || shown !== user) return; // somebody else looks
  for (const { n, subject } of letters) if (n > newest) announce(`${t("mail")}: ${subject}`);
  newest = letters.at(-1)?.n ?? 0;
  const empty = byId("mail-empty");
  empty.hidden = letters.length > 0;
  empty.textContent = address ? t("mail_empty", { address }) : t("mail_none", { name: store.me.name });
  reconcile(list, letters.toReversed(), {
    key: ({ n }) => String(n),
    sign: (letter) => JSON.stringify([letter, document.documentElement.lang]),
    make: (letter) => h("li", {}, article(letter)),
  });
});

/** Whether a letter is for the one who acts. */
export const isMine = (to) => store.me?.email?.toLowerCase() === to;

function article({ n, subject, from, to, name, reply_to: answers, time, text, language, files }) {
  const id = `letter-${n}`;
  const heads = { mail_from: from, mail_to: name ? `${name} <${to}>` : to, mail_reply_to: answers, mail_at: time };
  if (files.length > 0) heads.mail_files = files.flatMap(attached);
  return h(
    "article",
    { class: "letter", "aria-labelledby": id },
    h("h2", { id, lang: language }, subject),
    h("dl", { class: "letter-head" }, Object.entries(heads).map(([key, value]) => h("div", {}, h("dt", {}, t(key)), h("dd", {}, value)))),
    framed(n, subject),
    h("details", { class: "letter-text" }, h("summary", {}, t("mail_text")), h("pre", { lang: language }, text)),
  );
}

/** A file that came with it, and what a calendar program is to do with it. */
function attached({ name, method, url }, place) {
  return [place ? ", " : "", h("a", { href: url, download: name }, `${name} (${method})`)];
}

/** As the letter is designed. It has an origin only so that its height can be asked for; scripts it has none. */
function framed(n, subject) {
  const frame = h("iframe", {
    class: "letter-frame",
    title: subject,
    src: `/_sandbox/letter/${n}`,
    sandbox: "allow-same-origin allow-popups allow-popups-to-escape-sandbox",
    loading: "lazy",
  });
  const fit = () => {
    const whole = frame.contentDocument?.documentElement;
    if (whole) frame.height = Math.ceil(whole.getBoundingClientRect().height);
  };
  frame.addEventListener("load", fit);
  new ResizeObserver(() => requestAnimationFrame(fit)).observe(frame); // a narrower window makes a longer letter
  return frame;
}
