/* Tells that somebody sits here: a key, the pointer, a finger. Without such a sign for long, one counts as away. */
const EVERY_MILLISECONDS = 60000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

let givenAt = Date.now(); // loading the page was a sign

function give() {
  const token = document.querySelector("#presence [name=form_token]");
  if (!token || Date.now() - givenAt < EVERY_MILLISECONDS) return;
  givenAt = Date.now();
  const body = new URLSearchParams({ form_token: token.value });
  // Lost without a network; the next movement says it again.
  fetch("/desk/active", { method: "POST", body }).catch(() => null);
}

for (const kind of SIGNS) document.addEventListener(kind, give, { passive: true, capture: true });
