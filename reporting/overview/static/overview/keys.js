// Keys for people who do not leave the keyboard. The list of them stands at admin/overview/keys/ (help_page.py).
"use strict";
(() => {
  const GO = { d: "dashboard", p: "players", r: "rounds", a: "approvals" };
  let afterG = 0;

  const typing = (target) =>
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

  function overlay() {
    let box = document.getElementById("keys-overlay");
    const list = document.getElementById("keys-list");
    if (!list) return;
    if (!box) {
      box = document.createElement("dialog");
      box.id = "keys-overlay";
      box.className = "keys-overlay";
      box.setAttribute("aria-labelledby", "keys-title");
      box.append(list.content.cloneNode(true));
      box.querySelector("button").addEventListener("click", () => box.close());
      document.body.append(box);
    }
    if (!box.open) box.showModal();
  }

  function go(letter) {
    const link = document.querySelector(`[data-go="${GO[letter]}"]`);
    if (link) window.location.assign(link.href);
    return Boolean(link);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "?") {
      event.preventDefault();
      overlay();
    } else if (event.key === "/") {
      const search = document.getElementById("searchbar");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    } else if (event.key === "g") {
      afterG = Date.now();
    } else if (event.key in GO && Date.now() - afterG < 1500) {
      afterG = 0;
      if (go(event.key)) event.preventDefault();
    }
  });
})();
