// What unfold builds for the mouse alone, for the keyboard too: things to press that are no buttons, and layers that
// lie over the page (filters, the palette, dialogs): Tab stays inside, Esc closes and goes back to where it was.
"use strict";
(() => {
  const PRESSED = "[x-on\\:click]:not(a[href], button, input, select, textarea, label, #changelist-filter-close)";
  const NAMES = { dock_to_right: "Side bar", close: "Close", visibility: "Show the password" };
  const LAYERS = ["#changelist-filter", "#modal-content"];
  const WIDE = "(min-width: 80rem)"; // from here on unfold shows the side bar beside the page
  const REACHABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])";
  let cameFrom = null;

  const seen = (element) => Boolean(element) && element.getClientRects().length > 0;
  const palette = () => document.getElementById("search-input-command")?.closest(".fixed");
  const bar = () => (window.matchMedia(WIDE).matches ? null : document.getElementById("nav-sidebar"));
  const open = () => [palette(), ...LAYERS.map((layer) => document.querySelector(layer)), bar()].find(seen);
  const stops = (layer) => [...layer.querySelectorAll(REACHABLE)].filter((stop) => seen(stop) && !stop.disabled);

  function press_by_key(root) {
    root.querySelectorAll(PRESSED).forEach((element) => {
      if (element.dataset.pressable) return;
      element.dataset.pressable = "1";
      element.tabIndex = 0;
      element.setAttribute("role", "button");
      const icon = NAMES[element.textContent.trim()];
      if (icon) element.setAttribute("aria-label", icon);
    });
  }

  function enter() {
    setTimeout(() => {
      const layer = open();
      if (layer && !layer.contains(document.activeElement)) stops(layer)[0]?.focus();
    }, 60);
  }

  function leave() {
    setTimeout(() => {
      if (!open()) cameFrom?.focus();
    }, 60);
  }

  document.addEventListener("DOMContentLoaded", () => press_by_key(document));
  document.addEventListener("htmx:afterSettle", (event) => press_by_key(event.target));

  document.addEventListener("focusin", (event) => {
    if (!open()) cameFrom = event.target;
  });

  document.addEventListener("keydown", (event) => {
    const here = event.target;
    if ((event.key === "Enter" || event.key === " ") && here instanceof HTMLElement && here.dataset.pressable) {
      event.preventDefault();
      here.click();
      enter();
      leave();
    }
  });

  // Before unfold's own listeners: they close on Esc, and then nobody knows what was open.
  document.addEventListener("keydown", (event) => {
    const layer = open();
    if (!layer) return;
    if (event.key === "Tab") {
      const inside = stops(layer);
      const [first, last] = [inside[0], inside[inside.length - 1]];
      const edge = event.shiftKey ? first : last;
      if (!layer.contains(document.activeElement) || document.activeElement === edge) {
        event.preventDefault();
        (event.shiftKey ? last : first)?.focus();
      }
    } else if (event.key === "Escape") {
      const typed = layer === palette() ? document.getElementById("search-input-command") : null;
      if (typed && document.activeElement !== typed) {
        typed.value = "";
        typed.focus();
        typed.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
      }
      if (layer === bar()) layer.querySelector("[aria-label='Close']")?.click();
      leave();
    }
  }, true);
})();
