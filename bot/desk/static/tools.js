/* The tools of a conversation without leaving the page. Without this file they work by loading. */
import { startCanned, insert } from "./canned.js";
import { find, startAnswers } from "./answers.js";

const said = document.getElementById("said");

function tell(words) {
  if (said && words) said.textContent = words;
}

/** Do what a tool's button says; the page stays, and hears of it by its stream. */
async function use(form, button) {
  const body = new URLSearchParams(new FormData(form));
  if (button.name) body.append(button.name, button.value);
  if (button.dataset.once !== undefined) {
    // Tried again after a failure, it is still said once.
    button.dataset.once = button.dataset.once || crypto.getRandomValues(new Uint32Array(4)).join("-");
    body.set("once", button.dataset.once);
  }
  if (button.dataset.busy) return;
  button.dataset.busy = "1"; // not disabled: that would take the focus away
  let response = null;
  try {
    response = await fetch(button.formAction, { method: "POST", headers: { "X-Desk-Send": "1" }, body });
  } catch {
    document.getElementById("offline")?.removeAttribute("hidden");
  }
  delete button.dataset.busy;
  if (!response) return;
  if (response.status === 401) {
    document.getElementById("over")?.removeAttribute("hidden");
  } else if (response.status === 204) {
    const emptied = button.dataset.clears && document.getElementById(button.dataset.clears);
    if (emptied) emptied.value = "";
    if (button.dataset.once) button.dataset.once = "";
    tell(button.dataset.done);
  } else {
    button.dataset.byLoading = "1"; // the answer says what is wrong, and keeps what was typed
    button.click();
  }
}

document.addEventListener(
  "submit",
  (event) => {
    const button = event.submitter;
    if (!button || button.dataset.tool === undefined) return;
    event.stopImmediatePropagation();
    if (button.dataset.byLoading || button.dataset.leaves !== undefined) return;
    event.preventDefault();
    if (button.dataset.text !== undefined) insert(button.dataset.text);
    else if (button.dataset.finds !== undefined) find();
    else use(event.target, button);
  },
  true,
);

startCanned();
startAnswers(tell);
