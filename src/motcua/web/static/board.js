// Figures that stay fresh while a page is open. Without this file the page shows them as they were.
"use strict";
(() => {
  const SECOND = 1000;
  // <div data-motcua-fresh="5" data-motcua-from="/…/"> is asked for anew every so many seconds, and
  // drawn again only when it differs. Who reads or moves about in it is left alone.
  for (const part of document.querySelectorAll("[data-motcua-fresh]")) {
    let etag = "";
    const refresh = async () => {
      if (document.hidden || part.contains(document.activeElement)) return;
      try {
        const answer = await fetch(part.dataset.motcuaFrom, {
          cache: "no-store", headers: etag ? { "If-None-Match": etag } : {},
        });
        if (answer.status !== 200 || answer.redirected) return;
        etag = answer.headers.get("ETag") || "";
        const html = await answer.text();
        if (html !== part.innerHTML) part.innerHTML = html;
      } catch { /* The line is cut: the page says as of when its figures are. */ }
    };
    setInterval(refresh, Number(part.dataset.motcuaFresh) * SECOND);
  }
})();
