/** Lists that open under a control: in the browser's top layer, so that no window cuts them off. */

const GAP = 4;

/**
 * Open a popup under (or over) a control, and keep it there while something scrolls.
 * @param {HTMLElement} popup with `popover="manual"`
 * @param {HTMLElement} anchor
 * @returns {function(): void} closes it
 */
export function openAt(popup, anchor) {
  const follow = () => (popup.isConnected ? place(popup, anchor) : close());
  const grown = new ResizeObserver(follow); // fewer choices are left, or more
  const close = () => {
    grown.disconnect();
    removeEventListener("scroll", follow, true);
    removeEventListener("resize", follow);
    if (popup.isConnected) popup.hidePopover();
  };
  popup.showPopover();
  follow();
  grown.observe(popup);
  addEventListener("scroll", follow, { capture: true, passive: true });
  addEventListener("resize", follow);
  return close;
}

function place(popup, anchor) {
  const at = anchor.getBoundingClientRect();
  const below = innerHeight - at.bottom - 2 * GAP;
  const above = at.top - 2 * GAP;
  const up = below < Math.min(popup.scrollHeight, 260) && above > below;
  popup.style.maxHeight = `${Math.min(360, up ? above : below)}px`;
  popup.style.minWidth = `${Math.min(at.width, innerWidth - 2 * GAP)}px`;
  popup.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - popup.offsetWidth - GAP))}px`;
  popup.style.top = up ? `${at.top - popup.offsetHeight - GAP}px` : `${at.bottom + GAP}px`;
}
