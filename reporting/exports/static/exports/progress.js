// Asks every second how far an export is; when its state changes the page is loaded anew, with its buttons and files.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector(".export-progress");
  if (!box || box.dataset.open !== "yes") return;
  const bar = box.querySelector("progress");
  const words = box.querySelector(".export-words");

  async function ask() {
    try {
      const answer = await fetch(box.dataset.address, { headers: { Accept: "application/json" } });
      if (!answer.ok) return; // signed out, or the server restarts: the next second tells
      const found = await answer.json();
      if (found.state !== box.dataset.state) {
        window.location.reload();
        return;
      }
      words.textContent = found.words;
      if (found.percent === null) bar.removeAttribute("value");
      else bar.value = found.percent;
    } catch {
      words.textContent = "The server does not answer; asking again …";
    }
  }

  setInterval(ask, 1000);
});
