/* Sound and browser notification for people who begin to wait and for new messages: off until the counsellor allows
 * them, kept in this browser. The title counts what waits for an answer in any case. */
const WISHES = "faqbot-desk-signals";
const KNOWN = "faqbot-desk-known";
const TITLE = document.title;

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Blocked storage: the wish holds for this page.
  }
}

const wishes = { sound: false, notice: false, ...read(WISHES, {}) };
let audio = null;

/** Browsers let a page make a sound only after a key or a click in it. */
function wakeAudio() {
  if (!wishes.sound) return;
  audio = audio || new AudioContext();
  if (audio.state === "suspended") audio.resume();
}

/** Two short tones, made here: up for somebody who waits, one tone for a message. */
function ring(tones) {
  if (!wishes.sound || !audio || audio.state !== "running") return;
  tones.forEach((frequency, place) => {
    const from = audio.currentTime + place * 0.16;
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    tone.frequency.value = frequency;
    loudness.gain.setValueAtTime(0, from);
    loudness.gain.linearRampToValueAtTime(0.2, from + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, from + 0.15);
    tone.connect(loudness).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.16);
  });
}

function mayNotify() {
  return wishes.notice && "Notification" in window && Notification.permission === "granted";
}

/** Says what happened and nothing about anybody. */
function notify(words, address) {
  if (!mayNotify()) return;
  try {
    const notice = new Notification(words, { tag: address, lang: document.documentElement.lang });
    notice.addEventListener("click", () => {
      window.focus();
      window.location.assign(address);
      notice.close();
    });
  } catch {
    // Telephones have no such notices.
  }
}

/** What this page shows to somebody who looks at it is no news. */
function isSeen(talk) {
  return document.hasFocus() && window.location.pathname === `/desk/talks/${talk}`;
}

function take(news) {
  const now = [...news.waiting, ...news.talks.map((one) => one.join("/"))];
  const known = new Set(read(KNOWN, now));
  keep(KNOWN, now);
  document.title = now.length ? `(${now.length}) ${TITLE}` : TITLE;
  if (news.waiting.some((one) => !known.has(one))) {
    ring([660, 880]);
    notify(document.body.dataset.someoneWaits, "/desk/");
  }
  const fresh = news.talks.filter((one) => !known.has(one.join("/")) && !isSeen(one[0]));
  if (fresh.length) {
    ring([880]);
    notify(document.body.dataset.newMessage, `/desk/talks/${fresh[0][0]}`);
  }
}

/** The switches, on the page that has them. */
function showSwitches(card) {
  const sound = document.getElementById("signal-sound");
  const notice = document.getElementById("signal-notice");
  const problem = document.getElementById("signal-problem");
  const show = () => {
    sound.setAttribute("aria-checked", String(wishes.sound));
    notice.setAttribute("aria-checked", String(mayNotify()));
  };
  const change = (name, isOn) => {
    wishes[name] = isOn;
    keep(WISHES, wishes);
    show();
  };
  sound.addEventListener("click", () => {
    change("sound", !wishes.sound);
    wakeAudio();
    audio?.resume().then(() => ring([660, 880]));
  });
  notice.addEventListener("click", async () => {
    problem.textContent = "";
    if (mayNotify()) {
      change("notice", false);
    } else if ((await Notification.requestPermission()) === "granted") {
      change("notice", true);
    } else {
      problem.textContent = problem.dataset.denied;
    }
  });
  show();
  if (!("Notification" in window)) {
    notice.disabled = true;
    problem.textContent = problem.dataset.lacking;
  }
  card.hidden = false;
}

document.addEventListener("desk:alerts", (event) => take(event.detail));
for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, wakeAudio, { once: true });
const card = document.getElementById("signals");
if (card) showSwitches(card);
