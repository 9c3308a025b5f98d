/* Comes and leaves without leaving the page, so that nobody loses what they are writing. */
function show(id) {
  document.getElementById(id)?.removeAttribute("hidden");
}

async function change(form, button) {
  const body = new URLSearchParams(new FormData(form));
  body.append(button.name, button.value);
  try {
    const response = await fetch(form.action, { method: "POST", headers: { "X-Desk-Send": "1" }, body });
    if (response.status === 401 || response.redirected) show("over");
    else document.dispatchEvent(new Event("desk:look"));
  } catch {
    show("offline");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.action.endsWith("/desk/presence") || !event.submitter) return;
  event.preventDefault();
  change(form, event.submitter);
});
