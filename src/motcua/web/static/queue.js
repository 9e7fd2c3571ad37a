// The hall and the counter: calls that are said aloud, a kiosk that forgets, keys that call.
// Every page works without this file. What stays fresh is live.js's.
"use strict";
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const SECOND = 1000;

  // [data-motcua-key="F2"] is pressed by that key, wherever one is typing.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const key = (event.shiftKey ? "Shift+" : "") + event.key;
    const target = all("[data-motcua-key]").find((each) => each.dataset.motcuaKey === key);
    if (!target) return;
    event.preventDefault();
    target.click();
  });

  // [data-motcua-call] names a call; one that was not there before is said aloud, if sound is on.
  const calls = () => new Map(all("[data-motcua-call]").map((each) => [each.dataset.motcuaCall, each.dataset.motcuaSay]));
  const kept = { get: () => { try { return localStorage.getItem("motcua-sound"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem("motcua-sound", value); } catch { /* Not kept. */ } } };
  let known = calls();
  let sound = kept.get() === "on";

  const announce = () => {
    const now = calls();
    for (const [call, words] of now) if (sound && !known.has(call)) speak(words);
    known = now;
  };
  document.addEventListener("motcua:fresh", announce);
  const speak = (words) => {
    const said = new SpeechSynthesisUtterance(words);
    said.lang = "vi-VN";
    said.rate = 0.9;
    speechSynthesis.speak(said);
  };
  const showSound = () => {
    const button = one("[data-motcua-sound]");
    if (!button || !("speechSynthesis" in window)) return;
    button.hidden = false;
    button.setAttribute("aria-pressed", String(sound));
  };

  // The kiosk. <dialog data-motcua-idle="60" data-motcua-warn="45" data-motcua-start="/…/"> asks
  // whether somebody is still there, and then begins anew. Nothing of a visit stays in the history:
  // pages replace each other.
  let touched = Date.now();
  const idle = () => {
    const dialog = one("dialog[data-motcua-idle]");
    if (!dialog) return;
    const still = (Date.now() - touched) / SECOND;
    const left = Math.max(0, Math.ceil(Number(dialog.dataset.motcuaIdle) - still));
    if (left === 0 || !one("main").childElementCount) wipe(dialog);
    else if (still >= Number(dialog.dataset.motcuaWarn)) {
      dialog.querySelector("[data-motcua-left]").textContent = left;
      if (!dialog.open) dialog.showModal();
    } else if (dialog.open) dialog.close();
  };
  // What was shown goes at once; the first page comes when the line holds, or the browser would
  // show an error of its own for ever.
  let wiping = false;
  const wipe = async (dialog) => {
    if (wiping) return;
    wiping = true;
    document.title = "";
    one("main").replaceChildren();
    if (dialog.open) dialog.close();
    await pulse(one("[data-motcua-pulse]"));
    if (online) location.replace(dialog.dataset.motcuaStart);
    wiping = false;
  };
  const touch = () => { touched = Date.now(); };
  ["pointerdown", "keydown", "touchstart", "wheel"].forEach((kind) => document.addEventListener(kind, touch, { passive: true }));

  let online = true;
  const pulse = async (place) => {
    try {
      online = (await fetch(place.dataset.motcuaPulse, { cache: "no-store", signal: AbortSignal.timeout(5 * SECOND) })).ok;
    } catch { online = false; }
    place.hidden = online;
  };

  const inKiosk = () => Boolean(one("[data-motcua-pulse]"));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && inKiosk() && link.origin === location.origin && !link.hash) {
      event.preventDefault();
      if (online) location.replace(link.href);
    }
    if (event.target.closest?.("[data-motcua-print]")) window.print();
    if (event.target.closest?.("[data-motcua-sound]")) {
      sound = !sound;
      kept.set(sound ? "on" : "off");
      showSound();
    }
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!inKiosk() || event.defaultPrevented || form.method === "dialog") return;
    event.preventDefault();
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, {
        method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)),
      });
      if (answer.redirected) location.replace(answer.url);
      else put(await answer.text());
    } catch {
      delete form.dataset.motcuaSent;
      const place = one("[data-motcua-pulse]");
      if (place) pulse(place);
    }
  });
  const put = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    document.title = page.title;
    document.body.replaceWith(page.body);
    begin();
    (one("[autofocus]") || one("main"))?.focus();
  };

  // A scanner types faster than anybody aims: what it types belongs in [data-motcua-scan].
  document.addEventListener("keydown", (event) => {
    const box = one("[data-motcua-scan]");
    if (box && event.key.length === 1 && document.activeElement !== box) box.focus();
  });

  const begin = () => {
    all("[data-motcua-print]").forEach((button) => { button.hidden = false; });
    showSound();
  };
  begin();
  let pulsed = Date.now();
  setInterval(() => {
    idle();
    const place = one("[data-motcua-pulse]");
    if (place && Date.now() - pulsed >= 10 * SECOND) { pulsed = Date.now(); pulse(place); }
  }, SECOND / 2);
})();
