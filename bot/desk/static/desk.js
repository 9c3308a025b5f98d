/* Keeps an open page up to date, and sends replies without leaving it. Without this file everything works by loading. */
import "./activity.js";
import "./alerts.js";
import "./presence.js";
import "./signs.js";

const BY_ITSELF = { "X-Desk-By-Itself": "1" };
const body = document.body;
const said = document.getElementById("said");

function show(id) {
  document.getElementById(id)?.removeAttribute("hidden");
}

function hide(id) {
  document.getElementById(id)?.setAttribute("hidden", "");
}

function scrollDown() {
  const log = document.getElementById("log");
  if (log) log.scrollTop = log.scrollHeight;
}

/** Lines are only added, so that a screen reader reads what is new and nobody loses their place. */
function addLines(log, fresh) {
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 120;
  const added = [...fresh.children].slice(log.children.length);
  if (added.length) document.getElementById("latest")?.removeAttribute("id");
  const lines = added.map((line) => document.importNode(line, true));
  log.append(...lines);
  if (isAtEnd) scrollDown();
  lines.forEach((line) => document.dispatchEvent(new CustomEvent("desk:line", { detail: line })));
}

function replace(part, fresh) {
  if (part.innerHTML === fresh.innerHTML) return;
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  part.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
  if (focused) (document.getElementById(focused) || part.querySelector("a, button"))?.focus();
}

let isFetching = false;
let isStale = false;

async function fetchNews() {
  if (isFetching) {
    isStale = true;
    return;
  }
  isFetching = true;
  try {
    const response = await fetch(body.dataset.news, { headers: BY_ITSELF });
    if (response.status === 401) show("over");
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const part of document.querySelectorAll("[data-part]")) {
      const other = fresh.getElementById(part.id);
      if (!other) continue;
      if (part.id === "log") addLines(part, other);
      else replace(part, other);
    }
    const summary = fresh.getElementById("summary")?.textContent.trim() || "";
    if (said && summary && said.textContent !== summary) said.textContent = summary;
    hide("offline");
  } catch {
    show("offline");
  } finally {
    isFetching = false;
    if (isStale) {
      isStale = false;
      fetchNews();
    }
  }
}

document.addEventListener("desk:look", fetchNews);

function follow() {
  const stream = new EventSource(body.dataset.live);
  stream.addEventListener("changed", fetchNews);
  stream.addEventListener("typing", () => document.dispatchEvent(new Event("desk:typing")));
  stream.addEventListener("alerts", (event) =>
    document.dispatchEvent(new CustomEvent("desk:alerts", { detail: JSON.parse(event.data) }))
  );
  stream.addEventListener("over", () => {
    stream.close();
    show("over");
  });
  stream.addEventListener("open", () => hide("offline"));
  stream.addEventListener("error", () => show(stream.readyState === EventSource.CLOSED ? "over" : "offline"));
}

async function send(form) {
  const box = form.elements.words;
  const button = form.querySelector("button.first");
  if (!box.value.trim() || button.disabled) return;
  button.disabled = true;
  const sent = box.value;
  try {
    const response = await fetch(form.action, {
      method: "POST",
      headers: { "X-Desk-Send": "1" },
      body: new URLSearchParams(new FormData(form)),
    });
    if (response.status === 204) {
      // What was typed meanwhile stays; the next reply is another one, also when it says the same.
      box.value = box.value.startsWith(sent) ? box.value.slice(sent.length).trimStart() : box.value;
      form.elements.once.value = crypto.getRandomValues(new Uint32Array(4)).join("-");
      scrollDown();
    } else if (response.status >= 500) {
      show("offline"); // the words are still in the box
    } else {
      button.disabled = false;
      form.submit(); // the answer says what is wrong, and keeps the words
      return;
    }
  } catch {
    show("offline"); // the words are still in the box
  }
  button.disabled = false;
  box.focus();
}

const reply = document.getElementById("reply");
reply?.addEventListener("submit", (event) => {
  event.preventDefault();
  send(reply);
});
reply?.elements.words.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    send(reply);
  }
});
scrollDown();
/* The anchor is for narrow pages and for those without scripts: on a wide one the whole conversation is in sight.
   The browser goes there once more after it has loaded the page. */
if (location.hash === "#latest" && matchMedia("(min-width: 761px)").matches) {
  addEventListener("load", () => requestAnimationFrame(() => setTimeout(() => scrollTo(0, 0))));
}
document.querySelector('.pages [aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "center" });
if (body.dataset.live) follow();
