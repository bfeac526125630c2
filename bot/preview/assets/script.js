// Shows what the server tells, and tells the server what the reader does. The server writes all HTML.

const root = document.documentElement;
const log = document.getElementById("log");
const complaint = document.getElementById("complaint");
const replying = document.getElementById("replying");
const question = document.getElementById("question");
const language = document.getElementById("language");
const cards = document.getElementById("cards");
const theme = document.getElementById("theme");
const OFFER_DELAY_MS = 150;
const OFFER_NEEDS_ID = "offers-";
const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const FORMS = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};
const ROOMY = "(min-width: 48rem)";
let replyTo = null;

const options = document.getElementById("options");
if (options) options.open = matchMedia(ROOMY).matches;

// Talking to the server

async function post(path, values) {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Space-News-Preview": "1" },
      body: JSON.stringify({ ...values, lang: root.lang, plain: cards.value === "plain" }),
    });
    const told = await response.json();
    complain(told.error);
    return told;
  } catch {
    complain("The preview does not answer; is it still running?");
    return {};
  }
}

function complain(text) {
  complaint.textContent = text ?? "";
  complaint.hidden = !text;
}

const events = new EventSource("/events");
events.addEventListener("open", () => log.replaceChildren());
events.addEventListener("message", (event) => show(JSON.parse(event.data)));
events.addEventListener("gone", (event) => document.getElementById(`m${JSON.parse(event.data).id}`)?.remove());
events.addEventListener("modal", (event) => openDialogue(JSON.parse(event.data).html));

// Showing

function made(html) {
  const node = document.adoptNode(new DOMParser().parseFromString(html, "text/html").body.firstElementChild);
  node.querySelectorAll("time").forEach(tellTime);
  node.querySelectorAll("[data-accent]").forEach((box) => box.style.setProperty("--accent", box.dataset.accent));
  return node;
}

function show({ id, html }) {
  const node = made(html);
  const known = document.getElementById(`m${id}`);
  if (!known) {
    log.append(node);
    node.scrollIntoView({ block: "nearest" });
    return;
  }
  const used = known.contains(document.activeElement) ? document.activeElement.dataset.customId : null;
  known.replaceWith(node);
  if (used) [...node.querySelectorAll("[data-custom-id]")].find((piece) => piece.dataset.customId === used)?.focus();
}

function openDialogue(html) {
  const dialogue = made(html);
  document.getElementById("dialogues").replaceChildren(dialogue);
  dialogue.addEventListener("close", () => dialogue.remove());
  dialogue.showModal();
}

function tellTime(time) {
  const moment = new Date(time.dateTime);
  const form = time.dataset.form;
  time.textContent = form === "R" ? age(moment) : new Intl.DateTimeFormat(root.lang, FORMS[form]).format(moment);
  time.title = new Intl.DateTimeFormat(root.lang, FORMS.F).format(moment);
}

function age(moment) {
  const seconds = Math.round((moment - Date.now()) / 1000);
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat(root.lang).format(Math.trunc(seconds / size), unit);
}

// What the reader does

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-custom-id], .spoiler, [data-reply], [data-close]");
  if (!target) return;
  if (target.matches(".spoiler")) reveal(target);
  else if (target.dataset.reply) reply(target.dataset.reply);
  else if (target.dataset.close !== undefined) target.closest("dialog").close();
  else if (target.matches("button")) use(target, null);
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches(".spoiler") || !["Enter", " "].includes(event.key)) return;
  event.preventDefault();
  reveal(event.target);
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.matches(".menu")) use(form, chosen(form.querySelector("select")));
  else if (form.dataset.modal !== undefined) submit(form);
  else if (form === question && replyTo) sendReply(form);
  else run(form);
});

document.getElementById("no-reply").addEventListener("click", () => reply(null));

function use(piece, values) {
  const message = piece.closest("[data-message]").dataset.message;
  const { customId, component } = piece.dataset;
  post("/use", { message, custom_id: customId, component: Number(component), chosen: values });
}

function chosen(select) {
  return [...select.selectedOptions].map((option) => option.value).filter(Boolean);
}

function run(form) {
  post("/run", { command: form.dataset.command, values: written(form) });
}

async function submit(form) {
  const fields = [...form.querySelectorAll("[data-field]")].map((field) => ({
    custom_id: field.dataset.field,
    component: Number(field.dataset.type),
    chosen: field.matches("select") ? chosen(field) : [field.value],
  }));
  const told = await post("/submit", { custom_id: form.dataset.modal, message: form.dataset.message, fields });
  if (!told.error) form.closest("dialog")?.close();
}

async function sendReply(form) {
  const told = await post("/reply", { message: replyTo, text: form.elements.question.value });
  if (!told.error) reply(null);
}

function reply(message) {
  replyTo = message;
  replying.hidden = !message;
  if (message) question.elements.question.focus();
}

function reveal(spoiler) {
  const shown = spoiler.getAttribute("aria-expanded") === "true";
  spoiler.setAttribute("aria-expanded", String(!shown));
}

function written(form) {
  return Object.fromEntries([...form.elements].filter((field) => field.name).map((field) => [field.name, field.value]));
}

// Offers while something is typed

let typing = 0;

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches("[data-offers]")) return;
  clearTimeout(typing);
  typing = setTimeout(() => offer(field), OFFER_DELAY_MS);
});

async function offer(field) {
  const { command } = field.form.dataset;
  const { offers } = await post("/offers", { command, values: written(field.form), focused: field.name });
  const list = document.getElementById(OFFER_NEEDS_ID + field.id) ?? document.createElement("datalist");
  list.id = OFFER_NEEDS_ID + field.id;
  list.replaceChildren(...(offers ?? []).map((value) => Object.assign(document.createElement("option"), { value })));
  field.after(list);
  field.setAttribute("list", list.id);
}

// Looks, kept in the address so that nothing is stored

const address = new URL(location.href);

function keep(name, value) {
  address.searchParams.set(name, value);
  history.replaceState(null, "", address);
}

cards.value = address.searchParams.get("cards") ?? "rich";
cards.addEventListener("change", () => keep("cards", cards.value));
theme.value = address.searchParams.get("theme") ?? "system";
root.dataset.theme = theme.value;
theme.addEventListener("change", () => {
  root.dataset.theme = theme.value;
  keep("theme", theme.value);
});
language.addEventListener("change", () => {
  keep("lang", language.value);
  location.reload();
});
