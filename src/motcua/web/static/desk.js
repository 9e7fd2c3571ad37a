// What a counter's keyboard and scanner are helped by. Every page works without this file.
"use strict";

// <form data-motcua-finder> narrows the list below it while its box is typed in. Enter still asks
// the server, which alone knows what the keys mean.
const finder = (form) => {
  const box = form.querySelector("input");
  const list = document.getElementById("tim-thay");
  let turn = 0;
  box.addEventListener("input", later(async () => {
    const mine = ++turn;
    const found = await pageOf(`?${new URLSearchParams({ q: box.value, loc: "1" })}`);
    const fresh = found?.getElementById("tim-thay");
    if (fresh && mine === turn) list.replaceChildren(...fresh.childNodes);
  }, 120));
};

const pageOf = async (address, options) => {
  try {
    const answer = await fetch(address, options);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch { /* Offline: the page stays as it is, and the server is asked on Enter. */ }
  return null;
};

// A scanner types the square of a card and ends with Enter: fill in what it says, and go on to
// the box that says the card itself was looked at.
const cardReader = (box) => {
  const form = box.form;
  const told = form.querySelector("[data-motcua-told]");
  const read = async () => {
    const scanned = new FormData(form);
    box.value = "";
    try {
      const answer = await fetch(box.dataset.motcuaCard, { method: "POST", body: scanned });
      const said = await answer.json();
      say(told, said.told);
      if (!answer.ok) return;
      for (const [name, value] of Object.entries(said.boxes)) form.elements[name].value = value;
      const checked = form.elements["came-checked"];
      if (checked) checked.checked = false;
      form.elements["submitter-no_number"].checked = false;
      (checked || form.elements["submitter-phone"]).focus();
    } catch {
      say(told, told?.dataset.failed);
    }
  };
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !box.value.trim()) return;
    event.preventDefault();
    read();
  });
};

// Other answers, other papers and fees: the parts that depend on them are asked for again. What
// the focus stood on keeps it.
const refresher = (form) => form.addEventListener("change", async (event) => {
  if (!event.target.closest("[data-motcua-refresh]")) return;
  const boxes = new FormData(form);
  boxes.set("act", "refresh");
  boxes.set("intake-card", "");
  const fresh = await pageOf(location.href, { method: "POST", body: boxes });
  for (const part of form.querySelectorAll("[data-motcua-part]")) {
    const other = fresh?.querySelector(`[data-motcua-part="${part.dataset.motcuaPart}"]`);
    const changed = other && namesIn(other) !== namesIn(part);
    if (!changed) continue;
    const at = document.activeElement?.id;
    keep(part, other); // the hands went on while the answer was on its way
    part.replaceChildren(...other.childNodes);
    if (at && !document.activeElement?.id) document.getElementById(at)?.focus();
  }
  reckon(form);
});

const keep = (from, to) => from.querySelectorAll("[id][name]").forEach((box) => {
  const other = to.querySelector(`#${CSS.escape(box.id)}`);
  if (!other) return;
  other.value = box.value;
  other.checked = box.checked;
});

const namesIn = (part) => [...part.querySelectorAll("[name]")].map((box) => box.name).join(" ");

// What is due, while quantities are typed; what counts is reckoned by the server.
const dong = (amount) => `${amount.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ".")}\u00a0₫`;

const reckon = (form) => {
  let sum = 0;
  for (const box of form.querySelectorAll("[data-motcua-each]")) {
    const due = Number(box.dataset.motcuaEach) * (/^\d{1,5}$/.test(box.value.trim()) ? Number(box.value) : 0);
    sum += due;
    say(box.closest("tr").querySelector("[data-motcua-due]"), dong(due));
  }
  say(form.querySelector("[data-motcua-sum]"), dong(sum));
};

// Ctrl+P prints the paper that <a data-motcua-paper> leads to, not the page around it: a browser
// prints of a paper within a page what its window shows.
const paperPrinter = (link) => {
  let frame;
  const print = () => {
    frame.contentWindow.print();
    frame.dataset.motcuaPrinted = "";
  };
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "p") return;
    event.preventDefault();
    if (frame) return print();
    frame = Object.assign(document.createElement("iframe"), { src: link.href, title: link.textContent, tabIndex: -1 });
    frame.className = "govuk-visually-hidden";
    frame.ariaHidden = "true";
    frame.addEventListener("load", print, { once: true });
    document.body.append(frame);
  });
};

document.querySelectorAll("form[data-motcua-finder]").forEach(finder);
document.querySelectorAll("[data-motcua-card]").forEach(cardReader);
document.querySelectorAll("form[data-motcua-counter]").forEach((form) => {
  refresher(form);
  form.addEventListener("input", () => reckon(form));
});
document.querySelectorAll("[data-motcua-paper]").forEach(paperPrinter);
