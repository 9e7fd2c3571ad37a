// Parts of a page that stay fresh while it is open: calls, lines, figures.
// Without this file a page shows them as they were, or refreshes itself by its own <meta>.
"use strict";
(() => {
  const SECOND = 1000;
  const STALE = 10 * SECOND;

  // <div id="…" data-motcua-live="2"> is asked for anew every two seconds, out of this page or of
  // data-motcua-from, and drawn again when it differs. Nobody is disturbed who is about in it, and
  // nothing is asked for a page that nobody sees. [data-motcua-stale] shows when nothing came for
  // ten seconds. The document then hears "motcua:fresh".
  const etags = new Map();
  let heard = Date.now();
  let asked = Date.now();
  let asking = false;

  const refresh = async (part) => {
    const from = part.dataset.motcuaFrom || location.href;
    const etag = etags.get(from);
    asked = Date.now();
    asking = true;
    try {
      const answer = await fetch(from, {
        cache: "no-store", headers: etag ? { "If-None-Match": etag } : {}, signal: AbortSignal.timeout(5 * SECOND),
      });
      if (answer.status === 304) heard = Date.now();
      else if (answer.ok && !answer.redirected) {
        etags.set(from, answer.headers.get("ETag"));
        draw(part, await answer.text());
      }
    } catch { /* The line is cut: the page says so until it is whole again. */ }
    asking = false;
    const stale = document.querySelector("[data-motcua-stale]");
    if (stale) stale.hidden = Date.now() - heard < STALE;
  };
  // A whole page has the part in it; else the answer is the part.
  const draw = (part, html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.getElementById(part.id) || (page.querySelector("main") ? null : page.body);
    if (!fresh) return;
    if (fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
    heard = Date.now();
    document.dispatchEvent(new Event("motcua:fresh"));
  };

  setInterval(() => {
    const part = document.querySelector("[data-motcua-live]");
    if (!part || asking || document.hidden || part.contains(document.activeElement)) return;
    if (Date.now() - asked >= Number(part.dataset.motcuaLive) * SECOND) refresh(part);
  }, SECOND / 2);
})();
