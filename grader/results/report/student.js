// One student: the board and the blocks as the terminal shows them.
function marksBoard(student) {
  const body = make("tbody");
  const exercises = new Map();
  for (const column of COLUMNS) {
    if (student.marks[column.place] === "-") continue;
    const key = `${column.stage} ${column.exercise}`;
    exercises.set(key, [...(exercises.get(key) || []), column]);
  }
  for (const columns of exercises.values()) body.append(boardRow(student, columns));
  const head = make("thead", {}, make("tr", {}, ...["Exercise", "Checks", "Passed"].map((text) => make("th", {scope: "col", textContent: text}))));
  return make("table", {className: "board"}, head, body);
}

function boardRow(student, columns) {
  const marks = columns.map((column) => {
    const status = STATUS.get(student.marks[column.place]);
    const mark = make("b", {className: `cell ${status.code}`, textContent: status.mark, title: `${column.title}: ${status.word}`});
    mark.setAttribute("aria-hidden", "true");
    const label = column.label === "general" ? "result" : column.label;
    return make("span", {className: "check"}, `${label} `, mark, make("span", {className: "sr", textContent: status.word}));
  });
  const passed = columns.filter((column) => student.marks[column.place] === "p").length;
  const name = make("th", {scope: "row"}, columns[0].exercise, " ", make("span", {textContent: `stage ${columns[0].stage}`}));
  return make("tr", {}, name, make("td", {}, ...marks), make("td", {className: "number", textContent: `${passed} of ${columns.length}`}));
}

// The student's function, each line with its number; the lines that the feedback is about are marked.
function source([, file, first, text, marked, exercise]) {
  const pre = make("pre", {tabIndex: 0});
  text.split("\n").forEach((line, place) => {
    const number = first + place;
    const isMarked = marked.includes(number);
    const row = make(isMarked ? "mark" : "span", {className: "line"}, make("span", {className: "lineno", textContent: `${isMarked ? "▸" : " "}${String(number).padStart(4)}  `}), line);
    pre.append(row, "\n");
  });
  return make("details", {className: "source", open: text.length < 4000}, make("summary", {textContent: `The code of ${exercise} in ${file}`}), pre);
}

function block(lines) {
  if (lines[0][0] === "source") return source(lines[0]);
  const section = make("article", {className: "block"});
  for (const line of lines) {
    const [kind, text] = line;
    if (kind === "head" || kind === "todo") {
      section.append(blockHead(line));
    } else if (kind === "code") {
      section.append(make("pre", {tabIndex: 0, textContent: text}));
    } else if (kind === "picture") {
      const [drawing, words] = DATA.pictures[Number(text)];
      section.append(make("img", {className: "picture", alt: words, src: `data:image/svg+xml,${encodeURIComponent(drawing)}`}));
    } else if (kind === "link") {
      section.append(make("p", {}, make("a", {href: `#mistake-${text}`, textContent: `The page about ${text}`})));
    } else {
      section.append(make("p", {className: kind, textContent: text}));
    }
  }
  return section;
}

function blockHead([kind, label, title, where]) {
  const mark = make("span", {className: "label", textContent: label});
  return make("h3", {className: kind}, mark, make("span", {textContent: title}), make("code", {textContent: where}));
}

function showStudent(number) {
  const home = document.getElementById("student");
  const student = STUDENTS[number];
  if (!student) return false;
  const place = grid.rows.indexOf(student);
  const [before, after] = place < 0 ? [] : [grid.rows[place - 1], grid.rows[place + 1]];
  const links = [];
  if (before) links.push(make("a", {href: `#student=${before.number}`, textContent: `← ${before.name}`}));
  if (after) links.push(make("a", {href: `#student=${after.number}`, textContent: `${after.name} →`}));
  const nav = make("nav", {className: "between"}, make("a", {href: "#map", textContent: "↑ the class"}), ...links);
  nav.setAttribute("aria-label", "Students");
  home.replaceChildren(
    nav,
    make("h2", {textContent: student.name}),
    make("p", {className: "points", textContent: `${student.score} of ${student.most} points${student.group ? ` · ${student.group}` : ""}`}),
    ...student.notes.map((note) => make("p", {className: "note", textContent: `Note: ${note}`})),
    marksBoard(student),
  );
  for (const [stage, blocks] of student.feedback) {
    home.append(make("h2", {className: "stage", textContent: `Stage ${stage}`}), ...blocks.map(block));
  }
  if (!student.feedback.length) home.append(make("p", {textContent: "Everything passed."}));
  return true;
}
