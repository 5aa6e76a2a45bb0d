// The map on the page of the framework: moved, searched, narrowed, and walked in. All of it is a picture, a form and links without this.
(() => {
  "use strict";
  const { nodes, texts } = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  const svg = by("map"), canvas = by("canvas"), form = by("asked"), told = by("told"), panel = by("panel");
  const cards = new Map(nodes.map(([id, name, text]) => [id, { id, name, text, drawn: svg && by(id) }]));
  const say = (text, values = {}) => { told.textContent = text.replace(/\{(\w+)\}/g, (_, name) => values[name]); };
  const signs = (id) => id.replace(/[^\w-]/g, "-");  // as the classes of lines name what they join
  const PLAIN = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", "’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-" };
  const folded = (text) =>  // as cadre.core.text.fold did to what is searched
    text.toLowerCase().replace(/[œæßøł’‘‐‑–—−]/g, (sign) => PLAIN[sign]).normalize("NFKD").replace(/\p{M}/gu, "");

  // ------------------------------------------------------------ light and dark
  const LOOK = "cadre-look";
  const look = (value) => { if (value) document.documentElement.dataset.look = value; };
  try { look(localStorage.getItem(LOOK)); } catch { /* a browser that keeps nothing */ }

  // ------------------------------------------------------------ moving
  const moving = () => {
    const whole = svg.viewBox.baseVal;
    const all = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
    let box = { ...all };
    const size = () => canvas.getBoundingClientRect();
    const scale = () => Math.min(size().width / box.width, size().height / box.height);
    const put = () => svg.setAttribute("viewBox", [box.x, box.y, box.width, box.height].join(" "));
    const within = (value, low, high) => Math.min(Math.max(value, low), high);
    const show = (wanted) => {
      box = wanted;
      box.x = within(box.x, all.x - box.width / 2, all.x + all.width - box.width / 2);
      box.y = within(box.y, all.y - box.height / 2, all.y + all.height - box.height / 2);
      put();
    };
    const point = (x, y) => {
      const place = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());
      return [place.x, place.y];
    };
    const zoom = (factor, x = size().left + size().width / 2, y = size().top + size().height / 2) => {
      const width = within(box.width / factor, all.width / 40, all.width * 1.5), by = width / box.width;
      const [px, py] = point(x, y);
      show({ x: px - (px - box.x) * by, y: py - (py - box.y) * by, width, height: box.height * by });
    };
    const move = (right, down) => show({ ...box, x: box.x + right / scale(), y: box.y + down / scale() });
    const fit = () => show({ ...all });
    const bring = (drawn) => {
      const card = drawn.getBoundingClientRect(), frame = size();
      if (card.left >= frame.left && card.right <= frame.right && card.top >= frame.top && card.bottom <= frame.bottom) return;
      move((card.left + card.right - frame.left - frame.right) / 2, (card.top + card.bottom - frame.top - frame.bottom) / 2);
    };
    canvas.classList.add("live");
    canvas.scrollTo(0, 0);
    by("tools").hidden = false;
    by("moving").hidden = false;
    const begin = () => {
      // as broad as the page, where that can be read: in pixels a point; else from its beginning
      const readable = Math.max(scale(), Math.min(size().width / all.width, 1.3), 0.8);
      const [width, height] = [size().width / readable, size().height / readable];
      show({ x: width > all.width ? all.x - (width - all.width) / 2 : all.x, y: height > all.height ? all.y - (height - all.height) / 2 : all.y, width, height });
    };
    begin();
    const led = () => {  // where not all of it can be seen, to its first card: what it is about
      const card = cards.values().next().value?.drawn?.getBoundingClientRect(), frame = size(), room = 16;
      if (!card) return;
      const right = card.left < frame.left || card.right > frame.right ? card.left - frame.left - room : 0;
      const down = card.top < frame.top || card.bottom > frame.bottom ? card.top - frame.top - room : 0;
      move(right, Math.min(down, Math.max((all.y + all.height - box.y - box.height) * scale(), 0)));
    };
    led();
    let held = box;
    addEventListener("beforeprint", () => { held = box; fit(); });
    addEventListener("afterprint", () => show(held));

    by("nearer").addEventListener("click", () => zoom(1.25));
    by("farther").addEventListener("click", () => zoom(0.8));
    by("fit").addEventListener("click", fit);
    by("dark").addEventListener("click", () => {
      const dark = document.documentElement.dataset.look ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
      look(dark === "dark" ? "light" : "dark");
      try { localStorage.setItem(LOOK, document.documentElement.dataset.look); } catch { /* not kept */ }
    });
    const KEYS = {
      ArrowLeft: () => move(-60, 0), ArrowRight: () => move(60, 0), ArrowUp: () => move(0, -60), ArrowDown: () => move(0, 60),
      "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), "−": () => zoom(0.8), 0: fit,
    };
    canvas.addEventListener("keydown", (event) => {
      const does = KEYS[event.key];
      if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      does();
    });
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 200), event.clientX, event.clientY);
    }, { passive: false });
    canvas.addEventListener("focusin", (event) => {
      canvas.scrollTo(0, 0);
      const card = event.target.closest(".node");
      if (card && event.target.matches(":focus-visible")) bring(card);  // what is clicked stays under the pointer
    });

    const fingers = new Map();
    let dragged = false;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      fingers.set(event.pointerId, event);
      dragged = fingers.size > 1;
    });
    canvas.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const right = event.clientX - before.clientX, down = event.clientY - before.clientY;
      if (!dragged && Math.hypot(right, down) < 5) return;
      if (!dragged) {
        dragged = true;
        canvas.classList.add("moved");
      }
      canvas.setPointerCapture(event.pointerId);
      const other = [...fingers.values()].find((each) => each.pointerId !== event.pointerId);
      fingers.set(event.pointerId, event);
      if (!other) return move(-right, -down);
      const apart = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
      zoom(apart(event) / Math.max(apart(before), 1), (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2);
    });
    for (const over of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(over, (event) => {
        fingers.delete(event.pointerId);
        if (!fingers.size) canvas.classList.remove("moved");
      });
    }
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    canvas.addEventListener("click", (event) => {
      if (!dragged || !event.detail) return;
      event.preventDefault();
      event.stopPropagation();
      dragged = false;
    }, true);
    return { bring, fit };
  };
  const view = svg && moving();

  // ------------------------------------------------------------ what is joined to what
  const joined = () => {
    const near = new Map();
    const safe = new Map([...cards.keys()].map((id) => [signs(id), id]));
    for (const edge of svg.querySelectorAll(".edge")) {
      for (const name of edge.classList) {
        const id = /^(?:from|to)-/.test(name) && safe.get(name.replace(/^(?:from|to)-/, ""));
        if (id) near.set(id, [...(near.get(id) ?? []), edge]);
      }
    }
    let looked = [];
    const away = () => {
      svg.classList.remove("looking");
      looked.forEach((edge) => edge.classList.remove("near"));
    };
    const at = (event) => {
      const edges = near.get(event.target.closest(".node")?.id);
      away();
      if (!edges) return;
      looked = edges;
      svg.classList.add("looking");
      edges.forEach((edge) => edge.classList.add("near"));
    };
    // not on the picture itself: who listens there for the focus is given it
    svg.addEventListener("pointerover", at);
    svg.addEventListener("pointerleave", away);
    canvas.addEventListener("focusin", at);
    canvas.addEventListener("focusout", away);
  };
  if (svg) joined();

  // ------------------------------------------------------------ searching
  let found = [], place = -1;
  const search = () => {
    const words = folded(form.q.value).split(/\s+/).filter(Boolean);
    found = words.length ? [...cards.values()].filter((card) => words.every((word) => card.text.includes(word))) : [];
    place = -1;
    by("results")?.remove();
    by("steps").hidden = found.length < 1;
    svg?.classList.toggle("searched", words.length > 0);
    for (const card of cards.values()) {
      card.drawn?.classList.toggle("found", found.includes(card));
      card.drawn?.classList.remove("at");
    }
    say(words.length ? (found.length ? texts.found : texts.none) : "", { n: found.length });
    return words.length > 0;
  };
  const step = (by_) => {
    if (!found.length) return;
    found[place]?.drawn?.classList.remove("at");
    place = place < 0 && by_ < 0 ? found.length - 1 : (place + by_ + found.length) % found.length;
    const card = found[place];
    card.drawn?.classList.add("at");
    if (card.drawn) view?.bring(card.drawn);
    say(texts.at, { i: place + 1, n: found.length, name: card.name });
  };
  const address = () => {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    return `${location.pathname}?${asked}`;
  };
  if (svg) {
    let waiting = 0;
    form.q.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        search();
        history.replaceState(history.state, "", address() + location.hash);
      }, 150);
    });
    form.q.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      clearTimeout(waiting);
      if (place < 0) search();
      step(event.shiftKey ? -1 : 1);
    });
    by("before").addEventListener("click", () => step(-1));
    by("after").addEventListener("click", () => step(1));
    if (form.q.value) search();
  }

  // ------------------------------------------------------------ narrowing, without another drawing
  const loaded = async (url, more = "") => {
    const answer = await fetch(url + more, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    // its style has a nonce of its own, which is none here
    return new DOMParser().parseFromString((await answer.text()).replace(/<style[^]*?<\/style>/, ""), "text/html");
  };
  let asked = 0;
  const narrow = async () => {
    const url = address(), turn = ++asked;
    say(texts.loading);
    let page;
    try {
      page = await loaded(url, "&part=words");
    } catch {
      location.assign(url);
      return;
    }
    if (turn !== asked) return;
    const ids = new Set(JSON.parse(page.getElementById("data").textContent).nodes.map(([id]) => id));
    if ([...ids].some((id) => !cards.get(id)?.drawn)) {  // what the picture does not hold must be drawn
      location.assign(url);
      return;
    }
    const out = new Set();
    for (const card of cards.values()) {
      card.drawn?.classList.toggle("out", !ids.has(card.id));
      card.drawn?.querySelectorAll("a").forEach((link) => link.setAttribute("tabindex", ids.has(card.id) ? "0" : "-1"));
      card.drawn?.toggleAttribute("aria-hidden", false);
      if (!ids.has(card.id)) {
        card.drawn?.setAttribute("aria-hidden", "true");
        out.add(signs(card.id));
      }
    }
    for (const edge of svg.querySelectorAll(".edge")) {
      edge.classList.toggle("out", [...edge.classList].some((name) => out.has(name.replace(/^(?:from|to)-/, ""))));
    }
    for (const id of ["words", "files"]) by(id).replaceWith(page.getElementById(id));
    document.querySelector("header a").href = page.querySelector("header a").getAttribute("href");
    history.replaceState(history.state, "", url);
    say(texts.shown, { n: ids.size });
  };
  if (svg) {
    form.addEventListener("change", (event) => {
      if (event.target.type === "checkbox" && event.target.name !== "both") narrow();
    });
  }

  // ------------------------------------------------------------ the panel of one thing
  const OURS = /^\/framework\/(group|priority|council)\/[^/.]+$/;
  const PANEL = /^#(group|priority|council)\/(.+)$/;
  let opener = null;
  const fill = async (path) => {
    const url = path + (address().slice(location.pathname.length).replace(/([?&])(?:view|q|council|priority|state|jurisdiction)=[^&]*/g, "$1"));
    by("panel-page").href = url;
    by("panel-name").textContent = "";
    by("panel-told").textContent = texts.loading;
    by("panel-shown").replaceChildren();
    if (!panel.open) panel.showModal();
    let page;
    try {
      page = await loaded(url);
    } catch {
      by("panel-told").textContent = texts.failed;
      return;
    }
    if (by("panel-page").getAttribute("href") !== url) return;
    by("panel-told").textContent = "";
    by("panel-name").textContent = page.querySelector("h1").textContent;
    const shown = [];
    let lead = () => {};
    const picture = page.getElementById("map");
    if (picture) {
      const frame = document.createElement("div");
      frame.className = "picture";
      picture.querySelectorAll("[id]").forEach((each) => each.removeAttribute("id"));
      picture.removeAttribute("aria-describedby");
      picture.id = "near";
      picture.style.minWidth = `${Math.round(picture.viewBox.baseVal.width)}px`;  // a pixel a point: less cannot be read
      frame.append(picture);
      frame.tabIndex = 0;
      frame.setAttribute("role", "region");
      frame.setAttribute("aria-label", picture.getAttribute("aria-label"));
      shown.push(frame);
      const first = picture.querySelector(".node a");
      lead = () => { if (first) frame.scrollLeft = first.getBoundingClientRect().left - frame.getBoundingClientRect().left - 16; };
    }
    const words = page.getElementById("words");
    words.removeAttribute("id");
    words.querySelectorAll("h3[id]").forEach((each) => { each.id = `panel-${each.id}`; });
    words.querySelectorAll("[aria-labelledby]").forEach((each) => each.setAttribute("aria-labelledby", `panel-${each.getAttribute("aria-labelledby")}`));
    by("panel-shown").replaceChildren(...shown, words);
    lead();
    panel.scrollTo(0, 0);
  };
  const shut = () => {
    const depth = history.state?.depth ?? 0;
    if (depth) history.go(-depth);
    else {
      history.replaceState(null, "", location.pathname + location.search);
      follow();
    }
  };
  const follow = () => {
    const [, kind, id] = location.hash.match(PANEL) ?? [];
    if (kind) return fill(`/framework/${kind}/${id}`);
    if (panel.open) panel.close();
    opener?.focus({ preventScroll: true });
    opener = null;
  };
  if (svg) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("#map a, #panel-shown a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const path = new URL(link.href.baseVal ?? link.href, location.href).pathname;
      if (!OURS.test(path)) return;
      event.preventDefault();
      opener ??= link;
      history.pushState({ depth: (history.state?.depth ?? 0) + 1 }, "", `#${path.slice("/framework/".length)}`);
      follow();
    });
    by("close").addEventListener("click", shut);
    panel.addEventListener("cancel", (event) => {
      event.preventDefault();
      shut();
    });
    addEventListener("popstate", follow);
    if (PANEL.test(location.hash)) follow();
  }
})();
