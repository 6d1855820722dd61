// Shows the page anew when something on it moved. Pages work without this.
"use strict";
(() => {
  const kinds = (document.body.dataset.live || "").split(" ").filter(Boolean);
  if (kinds.length === 0 || !window.EventSource) return;
  let source = null;
  let timer = 0;
  let stale = false;

  async function refresh() {
    timer = 0;
    if (document.hidden) { stale = true; return; }
    stale = false;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("main");
    const main = document.querySelector("main");
    if (!fresh || !main || fresh.innerHTML === main.dataset.shown) return;
    const open = [...main.querySelectorAll("details")].map(each => each.open);
    const shown = fresh.innerHTML;
    main.replaceChildren(...fresh.childNodes);
    main.dataset.shown = shown;
    [...main.querySelectorAll("details")].forEach((each, index) => { if (open[index]) each.open = true; });
  }

  function soon() {
    if (!timer) timer = setTimeout(refresh, 300);
  }

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource("/api/v1/events");
    [...kinds, "reset"].forEach(kind => source.addEventListener(kind, soon));
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      if (source) { source.close(); source = null; stale = true; }
    } else {
      listen();
      if (stale) soon();
    }
  });
  listen();
})();
