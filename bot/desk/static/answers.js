/* The bot's answers by keyboard: Alt and a digit sends a suggested one, and the search finds while one types. */
const reply = document.getElementById("reply");
const box = document.getElementById("find");
const found = document.getElementById("found");
const suggested = document.getElementById("suggested");
/* Whoever reaches for a key has seen what stood there a moment ago. */
const SETTLED_MILLISECONDS = 1000;
const TYPED_MILLISECONDS = 300;

let changedAt = 0;
let timer = 0;
let asked = "";

/** Fetch what fits the words in the search box. */
export async function find() {
  clearTimeout(timer);
  asked = box.value;
  const wanted = asked;
  const address = document.getElementById("find-button").formAction;
  try {
    const body = new URLSearchParams({ form_token: reply.elements.form_token.value, find: wanted });
    const response = await fetch(address, { method: "POST", headers: { "X-Desk-Send": "1" }, body });
    if (response.status === 401) document.getElementById("over")?.removeAttribute("hidden");
    if (!response.ok || wanted !== asked) return; // something newer is asked already
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    found.replaceChildren(...[...page.body.childNodes].map((node) => document.importNode(node, true)));
  } catch {
    document.getElementById("offline")?.removeAttribute("hidden");
  }
}

/* By its place on the keyboard: in Belgium digits need Shift. AltGr writes signs and is left alone. */
function digitOf(event) {
  const isAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!isAlt || event.getModifierState("AltGraph")) return "";
  return /^Digit([1-3])$/.exec(event.code)?.[1] || "";
}

/** Listen to the keys and to the search box; `tell` says something to whoever reads by ear. */
export function startAnswers(tell) {
  if (!box || !suggested) return;
  new MutationObserver(() => {
    changedAt = performance.now();
  }).observe(suggested, { childList: true });
  document.addEventListener("keydown", (event) => {
    const button = suggested.querySelector(`[data-answer="${digitOf(event)}"]`);
    if (!button || event.repeat) return;
    event.preventDefault();
    if (performance.now() - changedAt > SETTLED_MILLISECONDS || !changedAt) button.click();
    else tell(suggested.dataset.changed);
  });
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, TYPED_MILLISECONDS);
  });
}
