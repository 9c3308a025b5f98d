/* Ready-made replies by keyboard: / and letters in the box, arrows choose, Enter or Tab puts the words in. */
const box = document.getElementById("words");
const list = document.getElementById("canned-options");
const TYPED = /(?:^|\s)\/(\w*)$/;
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

let shown = [];
let active = 0;

/** Put words where the caret is; nothing is sent. */
export function insert(text) {
  if (!box) return;
  const before = box.value.slice(0, box.selectionStart);
  const space = before && !/\s$/.test(before) ? " " : "";
  box.setRangeText(space + text, box.selectionStart, box.selectionEnd, "end");
  document.getElementById("canned")?.removeAttribute("open");
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function close() {
  shown = [];
  list.hidden = true;
  list.replaceChildren();
  box.removeAttribute("aria-activedescendant");
}

function mark(place) {
  active = (place + shown.length) % shown.length;
  [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === active)));
  list.children[active].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", list.children[active].id);
}

function optionOf(reply, number) {
  const option = document.createElement("li");
  option.id = `canned-option-${number}`;
  option.setAttribute("role", "option");
  option.textContent = `/${reply.dataset.key} – ${reply.dataset.title}`;
  option.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the box keeps the caret
    choose(number);
  });
  return option;
}

function look() {
  const typed = TYPED.exec(box.value.slice(0, box.selectionStart));
  const replies = typed ? [...document.querySelectorAll("#canned button[data-key]")] : [];
  const wanted = typed ? folded(typed[1]) : "";
  const isFit = (reply) =>
    reply.dataset.key.startsWith(wanted) || folded(reply.dataset.title).split(/\s/).some((word) => word.startsWith(wanted));
  const found = replies.filter(isFit);
  if (!found.length) {
    close();
    return;
  }
  shown = found;
  list.replaceChildren(...shown.map(optionOf));
  list.hidden = false;
  mark(0);
}

function choose(number) {
  const { text } = shown[number].dataset;
  const typed = TYPED.exec(box.value.slice(0, box.selectionStart));
  box.setSelectionRange(box.selectionStart - typed[1].length - 1, box.selectionEnd);
  close();
  insert(text);
}

function onKey(event) {
  if (!shown.length || event.isComposing) return;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  if (!isPlain) return;
  if (event.key === "ArrowDown") mark(active + 1);
  else if (event.key === "ArrowUp") mark(active - 1);
  else if (event.key === "Enter" || event.key === "Tab") choose(active);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
}

/* With #latest in the address browsers put the focus nowhere, and do so late. */
function focusBox() {
  if (document.activeElement === document.body) box.focus({ preventScroll: true });
}

/** Listen to the box, where there are ready-made replies. */
export function startCanned() {
  if (!box || !list) return;
  if (box.autofocus) addEventListener("load", () => setTimeout(focusBox));
  box.addEventListener("input", look);
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", close);
}
