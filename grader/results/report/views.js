// Sorting, filtering, names behind bars, and which view the address asks for.
const controls = Object.fromEntries(["sort", "stage", "group", "status", "text"].map((id) => [id, document.getElementById(id)]));
const collator = new Intl.Collator(undefined, {numeric: true});
// Names are compared once: after that, a place in the alphabet is a number.
[...STUDENTS].sort((a, b) => collator.compare(a.name, b.name)).forEach((student, place) => { student.place = place; });

function words(student) {
  // Made when first asked for: a class of a thousand need not wait for it.
  student.words ??= [student.name, student.group, ...student.notes, ...student.feedback.flat(4)].join("\n").toLowerCase();
  return student.words;
}

function rankBy(order) {
  const [kind, ...rest] = order.split(" ");
  if (kind === "name") return () => 0;
  if (kind === "score") return rest[0] === "down" ? (student) => -student.share : (student) => student.share;
  // Who has no number comes first: their model did not run.
  if (kind === "milestone") return (student) => -((student.reached[rest[0]] || [])[1] ?? Infinity);
  if (kind === "mistakes") return (student) => -student.marks.split("m").length;
  if (kind === "check") return (student) => WORST.indexOf(student.marks[rest[0]]);
  const places = COLUMNS.filter((column) => kind === "mistake" ? column.label === rest[0] : column.stage === Number(rest[0]) && column.exercise === rest[1]).map((column) => column.place);
  if (kind === "mistake") return (student) => -places.filter((place) => student.marks[place] === "m").length;
  return (student) => places.filter((place) => student.marks[place] === "p").length - (places.every((place) => student.marks[place] === "-") ? -1000 : 0);
}

function update() {
  const stage = controls.stage.value;
  const columns = stage ? COLUMNS.filter((column) => column.stage === Number(stage)) : COLUMNS;
  const status = controls.status.value;
  const group = controls.group ? controls.group.value : "";
  const text = controls.text.value.trim().toLowerCase();
  const rank = rankBy(grid.wanted);
  const rows = STUDENTS.filter((student) => (!group || student.group === group) && (!status || columns.some((column) => student.marks[column.place] === status)) && (!text || words(student).includes(text)));
  const ranks = new Map(rows.map((student) => [student, rank(student)]));
  rows.sort((a, b) => ranks.get(a) - ranks.get(b) || a.place - b.place);
  document.getElementById("count").textContent = `${rows.length} of ${STUDENTS.length} students`;
  grid.show(rows, columns, grid.wanted);
}

function sortBy(order) {
  grid.wanted = order;
  if (![...controls.sort.options].some((option) => option.value === order)) {
    const column = COLUMNS[order.split(" ")[1]];
    controls.sort.append(new Option(`${column.exercise}, ${column.label === "general" ? "result" : column.label}`, order));
  }
  controls.sort.value = order;
  grid.home.scrollTop = 0;
  update();
}

function fillSorts() {
  const add = (value, text) => controls.sort.append(new Option(text, value));
  add("score", "points, fewest first");
  add("score down", "points, most first");
  add("name", "name");
  add("mistakes", "mistakes, most first");
  const labels = [...new Set(COLUMNS.map((column) => column.label))].filter((label) => label !== "general");
  labels.sort((a, b) => collator.compare(a, b));
  DATA.milestones.forEach(([number]) => add(`milestone ${number}`, `milestone ${number}`));
  labels.forEach((label) => add(`mistake ${label}`, `mistake ${label}`));
  new Set(COLUMNS.map((column) => `${column.stage} ${column.exercise}`)).forEach((key) => add(`exercise ${key}`, key.split(" ")[1]));
}

function fillNames(details) {
  const list = details.querySelector("ul");
  const places = details.dataset.columns.split(",").map(Number);
  const chosen = (student) => {
    const asked = places.map((place) => student.marks[place]).filter((code) => code !== "-");
    return details.dataset.kind === "mistake" ? asked.includes("m") : asked.length > 0 && asked.every((code) => code === "p");
  };
  const found = STUDENTS.filter(chosen).sort((a, b) => a.place - b.place);
  list.replaceChildren(...found.map((student) => make("li", {}, make("a", {href: `#student=${student.number}`, textContent: student.name}))));
}

function route() {
  const hash = decodeURIComponent(location.hash.slice(1));
  const student = hash.startsWith("student=") && showStudent(Number(hash.slice(8)));
  const page = hash.startsWith("mistake-") && document.getElementById(hash);
  const view = student ? "student" : page ? "pages" : "class";
  const changed = document.getElementById(view).hidden || student;
  for (const id of ["class", "student", "pages"]) document.getElementById(id).hidden = id !== view;
  for (const article of document.querySelectorAll("article.page")) article.hidden = article !== page;
  if (view !== "class") {
    window.scrollTo(0, 0);
    document.getElementById(view).focus({preventScroll: true});
  } else {
    grid.draw();
    if (changed && hash) document.getElementById(hash)?.scrollIntoView();
  }
}

function drawWhole(whole) {
  grid.whole = whole;
  grid.from = -1;
  grid.draw();
}

grid.wanted = "score";
grid.build();
fillSorts();
update();
controls.sort.addEventListener("change", () => sortBy(controls.sort.value));
for (const name of ["stage", "group", "status", "text"]) controls[name]?.addEventListener("input", () => { grid.home.scrollTop = 0; update(); });
document.getElementById("controls").addEventListener("submit", (event) => event.preventDefault());
document.querySelectorAll("details[data-columns]").forEach((details) => details.addEventListener("toggle", () => { if (details.open) fillNames(details); }));
window.addEventListener("hashchange", route);
window.addEventListener("beforeprint", () => drawWhole(true));
window.addEventListener("afterprint", () => drawWhole(false));
route();
