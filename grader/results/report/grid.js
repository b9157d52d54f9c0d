"use strict";
// The map: a table of which only the rows in sight exist, so that a thousand students scroll and sort at once.
const DATA = JSON.parse(document.getElementById("data").textContent);
const STATUS = new Map(DATA.statuses.map((status) => [status.code, status]));
const COLUMNS = DATA.columns.map(([stage, exercise, label, points, title], place) => ({stage, exercise, label, points, title, place}));
const STUDENTS = DATA.students.map((student, number) => ({...student, number}));
const WORST = ["m", "w", "e", "o", "t", "b", "p", "-"];
const SPARE = 6;

function make(tag, options = {}, ...children) {
  const {data, ...properties} = options;
  const element = Object.assign(document.createElement(tag), properties);
  Object.assign(element.dataset, data || {});
  element.append(...children);
  return element;
}

function cellOf(code) {
  const status = STATUS.get(code);
  const cell = make("td", {className: `cell ${status ? code : "none"}`, textContent: status ? status.mark : " "});
  cell.setAttribute("aria-label", status ? status.word : "not asked");
  return cell;
}

const CELLS = new Map([...STATUS.keys(), "-"].map((code) => [code, cellOf(code)]));

const grid = {
  home: document.getElementById("grid"),
  columns: COLUMNS,
  rows: STUDENTS,
  order: "score",
  rowHeight: 24,
  from: -1,
  to: -1,
  whole: false,

  build() {
    this.body = make("tbody");
    this.head = make("thead");
    this.table = make("table", {}, make("caption", {className: "sr", textContent: "A row per student, a column per check"}), this.head, this.body);
    this.home.replaceChildren(this.table);
    this.home.addEventListener("scroll", () => this.draw());
    this.body.addEventListener("click", (event) => this.open(event.target.closest("td")));
    this.body.addEventListener("keydown", (event) => this.move(event));
    new ResizeObserver(() => this.draw()).observe(this.home);
    this.drawHead();
  },

  drawHead() {
    this.sorters = new Map();
    const top = make("tr", {}, this.sorter("name", "Student", {rowSpan: 2}), this.sorter("score", "Points", {rowSpan: 2}));
    const bottom = make("tr");
    for (const [number, title] of DATA.milestones) top.append(this.sorter(`milestone ${number}`, `Milestone ${number}`, {rowSpan: 2, title}));
    let last = null;
    for (const column of this.columns) {
      if (last && last.exercise === column.exercise && last.stage === column.stage) {
        last.cell.colSpan += 1;
      } else {
        const cell = this.sorter(`exercise ${column.stage} ${column.exercise}`, column.exercise, {scope: "colgroup", title: `stage ${column.stage}`});
        cell.classList.add("first");
        last = {exercise: column.exercise, stage: column.stage, cell};
        top.append(cell);
      }
      const short = column.label === "general" ? "result" : column.label;
      bottom.append(this.sorter(`check ${column.place}`, short, {title: `${column.exercise}: ${column.title}`}));
    }
    this.head.replaceChildren(top, bottom);
  },

  sorter(key, text, options) {
    const button = make("button", {type: "button"});
    // Long names of functions may be broken after an underscore.
    text.split(/(?<=_)/).forEach((part) => button.append(part, make("wbr")));
    button.addEventListener("click", () => sortBy(this.order === key && key === "score" ? "score down" : key));
    const cell = make("th", {scope: "col", ...options}, button);
    this.sorters.set(key, cell);
    return cell;
  },

  markSorted() {
    const key = this.order.split(" down")[0];
    for (const cell of this.head.querySelectorAll("[aria-sort]")) cell.removeAttribute("aria-sort");
    this.sorters.get(key)?.setAttribute("aria-sort", this.order.endsWith("down") ? "descending" : "ascending");
  },

  show(rows, columns, order) {
    const others = columns.length !== this.columns.length || columns[0] !== this.columns[0];
    Object.assign(this, {rows, columns, order, from: -1, to: -1});
    this.table.setAttribute("aria-rowcount", rows.length + 2);
    if (others) this.drawHead();
    this.markSorted();
    this.draw();
  },

  draw() {
    const seen = Math.ceil(this.home.clientHeight / this.rowHeight);
    const first = Math.floor(this.home.scrollTop / this.rowHeight);
    // Scrolled within what is there already: nothing to do.
    const sought = [Math.min(first, this.rows.length), Math.min(this.rows.length, first + seen)];
    if (this.from >= 0 && (this.whole || (sought[0] >= this.from && sought[1] <= this.to))) return;
    const from = this.whole ? 0 : Math.max(0, sought[0] - SPARE);
    const to = this.whole ? this.rows.length : Math.min(this.rows.length, sought[1] + SPARE);
    const focused = document.activeElement && this.body.contains(document.activeElement) ? document.activeElement.dataset.row : null;
    const rows = [];
    for (let index = from; index < to; index += 1) rows.push(this.row(index));
    this.body.replaceChildren(this.spacer(from), ...rows, this.spacer(this.rows.length - to));
    [this.from, this.to] = [from, to];
    if (focused) this.focus(Number(focused), false);
  },

  spacer(rows) {
    const cell = make("td", {colSpan: this.columns.length + 2 + DATA.milestones.length, className: "spacer"});
    cell.style.height = `${rows * this.rowHeight}px`;
    const row = make("tr", {hidden: rows === 0}, cell);
    row.setAttribute("aria-hidden", "true");
    return row;
  },

  row(index) {
    const student = this.rows[index];
    const link = make("a", {href: `#student=${student.number}`, textContent: student.name, data: {row: index}});
    const name = make("th", {scope: "row", title: student.name}, link);
    const points = make("td", {className: "number", textContent: `${student.score} / ${student.most}`});
    const reached = DATA.milestones.map(([number]) => {
      const [text] = student.reached[number] || [""];
      return make("td", {className: "number reached", textContent: text, title: text});
    });
    const row = make("tr", {}, name, points, ...reached);
    row.setAttribute("aria-rowindex", index + 3);
    let exercise = null;
    for (const column of this.columns) {
      const cell = CELLS.get(student.marks[column.place]).cloneNode(true);
      if (exercise !== column.exercise) cell.classList.add("first");
      exercise = column.exercise;
      row.append(cell);
    }
    return row;
  },

  open(cell) {
    const link = cell && cell.parentElement.querySelector("a");
    if (link) location.hash = link.hash;
  },

  move(event) {
    const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20, Home: -Infinity, End: Infinity};
    const row = event.target.dataset.row;
    if (row === undefined || !(event.key in steps)) return;
    event.preventDefault();
    this.focus(Math.max(0, Math.min(this.rows.length - 1, Number(row) + steps[event.key])), true);
  },

  focus(index, scroll) {
    if (scroll) {
      const top = index * this.rowHeight;
      const room = this.home.clientHeight - this.head.offsetHeight - 2 * this.rowHeight;
      if (top < this.home.scrollTop || top > this.home.scrollTop + room) this.home.scrollTop = Math.max(0, top - room / 2);
      this.draw();
    }
    const link = this.body.querySelector(`a[data-row="${index}"]`);
    if (link) link.focus({preventScroll: true});
  },
};
