/** Puts phone and inbox together around one person. */

import { control, listen } from "./api.js";
import { fill } from "./elements.js";
import { Inbox } from "./inbox.js";
import { Phone } from "./phone.js";
import { speak, word } from "./words.js";

const $ = (id) => document.getElementById(id);
const LOCALES = [["fr_FR", "Français"], ["nl_BE", "Nederlands (België)"], ["nl_NL", "Nederlands"],
  ["en_GB", "English (UK)"], ["en_US", "English (US)"], ["de_DE", "Deutsch"]];
const LINKS = { none: "", fr: "fr", nl: "nl", topic: "topic:centre/opening_hours" };
const asked = new URLSearchParams(location.search);
const phone = new Phone();
const inbox = new Inbox();
let psid = "";
let hang = () => {};
let isReading = false;

async function refresh() {
  const [state, person] = await Promise.all([control("GET", "state"), control("GET", `people/${psid}`)]);
  if (person.psid !== psid) return;
  const page = state.pages.find((one) => one.id === person.page);
  phone.show(person, page);
  inbox.show(person, page);
  await read(person);
}

/** The person looks at the screen: the page hears that its messages were read. */
async function read(person) {
  const newest = person.lines.filter((line) => line.author !== "person").at(-1);
  if (isReading || document.hidden || !newest || newest.at <= person.seen_until) return;
  isReading = true;
  try {
    await control("POST", `people/${psid}/read`);
  } finally {
    isReading = false;
  }
}

async function begin() {
  const locale = $("locale").value;
  speak(locale);
  fill($("link"), Object.keys(LINKS).map((name) => [name, word(`link_${name}`)]));
  phone.ref = LINKS[$("link").value];
  hang();
  ({ psid } = await control("POST", "people", { page: $("page").value, locale, first_name: "Alex" }));
  hang = listen(psid, refresh);
  await refresh();
}

function side(name) {
  document.body.dataset.side = name;
  for (const one of ["phone", "inbox"]) $(`show-${one}`).setAttribute("aria-pressed", String(one === name));
}

const { pages } = await control("GET", "state");
fill($("page"), pages.map((page) => [page.id, page.name]));
fill($("locale"), LOCALES);
if (LOCALES.some(([name]) => name === asked.get("locale"))) $("locale").value = asked.get("locale");
for (const id of ["page", "locale", "link"]) $(id).addEventListener("change", begin);
$("again").addEventListener("click", begin);
$("show-phone").addEventListener("click", () => side("phone"));
$("show-inbox").addEventListener("click", () => side("inbox"));
side("phone");
await begin();
