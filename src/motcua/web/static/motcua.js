// Small comforts. Every page works without this file: forms post, links lead, nothing hides.
"use strict";

const say = (place, words) => { if (place) place.textContent = words; };

const later = (act, ms) => {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(act, ms); };
};

// A form sent twice by an impatient thumb is sent once; it can be sent again after coming back.
const sendOnce = (form) => form.addEventListener("submit", (event) => {
  if (form.dataset.motcuaSent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.motcuaSent = "yes";
});

// <form data-motcua-autosave="/path/"> posts its boxes to that path a second after the last key.
// [data-motcua-status] inside it carries the words: data-saving, data-saved, data-failed.
const autosave = (form) => {
  const status = form.querySelector("[data-motcua-status]");
  let latest = 0;
  form.addEventListener("input", later(async () => {
    if (form.dataset.motcuaSent) return;
    const turn = ++latest;
    say(status, status?.dataset.saving);
    const boxes = new FormData(form);
    for (const [name, value] of [...boxes]) if (value instanceof File) boxes.delete(name);
    let saved = false;
    try {
      const answer = await fetch(form.dataset.motcuaAutosave, {
        method: "POST", body: boxes, headers: { Accept: "application/json" },
      });
      saved = answer.ok && !answer.redirected;
    } catch { /* Offline: the words say so, and the next key tries again. */ }
    if (turn === latest) say(status, saved ? status?.dataset.saved : status?.dataset.failed);
  }, 1000));
};

// <form data-motcua-upload> says how far its files are, in [data-motcua-status] (data-sending,
// data-failed). The page that answers takes the place of this one, as after any form.
const upload = (form) => {
  const status = form.querySelector("[data-motcua-status]");
  form.addEventListener("submit", (event) => {
    const chosen = [...form.querySelectorAll("input[type=file]")].some((box) => box.files.length);
    if (!chosen || !status) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action") || location.href);
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) say(status, `${status.dataset.sending} ${Math.round((sent.loaded / sent.total) * 100)}%`);
    });
    request.addEventListener("load", () => show(request.responseText, request.responseURL));
    request.addEventListener("error", () => {
      delete form.dataset.motcuaSent;
      say(status, status.dataset.failed);
    });
    request.send(new FormData(form, event.submitter));
  });
};

const here = () => location.pathname + location.search;
let shown = here();

const show = (html, address) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  if (address !== location.href) history.pushState(null, "", address);
  shown = here();
  document.title = page.title;
  document.body.replaceWith(page.body);
  scrollTo(0, 0);
  begin();
  (document.querySelector("[data-motcua-focus]") || document.querySelector("main"))?.focus();
};

// From a line of the error summary to its box: with the question in sight, not under the top edge.
// The skip link too: a fragment left in the address would take the focus from the next summary.
const lead = (link) => link.addEventListener("click", (event) => {
  const box = document.getElementById(link.hash.slice(1));
  if (!box) return;
  event.preventDefault();
  (box.closest("fieldset") || box.labels?.[0] || box).scrollIntoView();
  box.focus({ preventScroll: true });
});

// <… data-motcua-print hidden> holds a button, shown only where a script can open the print dialogue.
const printer = (place) => {
  place.hidden = false;
  place.addEventListener("click", () => print());
};

const begin = () => {
  // After a form failed, begin where the mistakes are listed.
  document.querySelector("[data-motcua-focus]")?.focus();
  document.querySelectorAll("[data-motcua-focus] a[href^='#'], .govuk-skip-link").forEach(lead);
  document.querySelectorAll("form[method=post]").forEach(sendOnce);
  document.querySelectorAll("form[data-motcua-autosave]").forEach(autosave);
  document.querySelectorAll("form[data-motcua-upload]").forEach(upload);
  document.querySelectorAll("[data-motcua-print]").forEach(printer);
};

begin();
// Back to a page that show() has replaced; a mere fragment fires this too, and must not reload.
addEventListener("popstate", () => { if (here() !== shown) location.reload(); });
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-motcua-sent]").forEach((form) => { delete form.dataset.motcuaSent; });
});
