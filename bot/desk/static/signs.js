/* Small signs between a counsellor and the person of the open conversation: who types, and what was seen. */

/** A sign of typing is given so often, and fades after so long without another one. */
const EVERY_MILLISECONDS = 3000;
const FADES_MILLISECONDS = 6000;

const reply = document.getElementById("reply");
const typing = document.getElementById("typing");
let givenAt = 0;
let seen = 0;
let fading = 0;

function give(sign, fields, headers) {
  const body = new URLSearchParams({ form_token: reply.elements.form_token.value, ...fields });
  // A sign that is lost is given again with the next key or message.
  return fetch(reply.action.replace(/say$/, sign), { method: "POST", headers, body }).catch(() => null);
}

function giveTyping() {
  const now = Date.now();
  if (!reply.elements.words.value.trim() || now - givenAt < EVERY_MILLISECONDS) return;
  givenAt = now;
  give("typing", {}, {});
}

/** What a visible page shows counts as seen, if the conversation is with its counsellor: the server knows. */
function giveSeen() {
  if (!reply || document.visibilityState !== "visible") return;
  const events = [...document.querySelectorAll("#log .line.visitor")].map((line) => Number(line.dataset.event));
  const last = Math.max(0, ...events);
  if (last <= seen) return;
  seen = last;
  give("seen", { event: last }, { "X-Desk-By-Itself": "1" });
}

function hideTyping() {
  clearTimeout(fading);
  typing.textContent = "";
}

/** The words stay the same while the person goes on, so that a screen reader says them once. */
function showTyping() {
  clearTimeout(fading);
  if (!typing.textContent) typing.textContent = typing.dataset.words;
  fading = setTimeout(hideTyping, FADES_MILLISECONDS);
}

if (typing) {
  document.addEventListener("desk:typing", showTyping);
  document.addEventListener("desk:line", (event) => {
    if (event.detail.classList.contains("visitor")) hideTyping();
  });
}
if (reply) {
  reply.elements.words.addEventListener("input", giveTyping);
  // After sending, the next word is a new sign.
  reply.addEventListener("submit", () => {
    givenAt = 0;
  });
  for (const kind of ["desk:line", "visibilitychange"]) document.addEventListener(kind, giveSeen);
  giveSeen();
}
