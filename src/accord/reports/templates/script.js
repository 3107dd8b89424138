// Sorts, copies and traces what is on the page. Without it, everything can still be read.
(() => {
  "use strict";
  const known = JSON.parse(document.getElementById("trace-data").textContent);
  const said = document.getElementById("said");
  const dialog = document.getElementById("trace");

  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    if (tag === "button") node.type = "button";
    return node;
  };
  const plain = (cell) => (cell.dataset.copy ?? cell.textContent).replace(/\s+/g, " ").trim();

  const key = (cell) => {
    const text = cell.dataset.sort ?? cell.textContent.trim().replace(/,/g, "").replace("−", "-");
    if (text === "") return null;
    return Number.isNaN(Number(text)) ? text.toLowerCase() : Number(text);
  };
  const compare = (a, b, up) => {
    if (a === null || b === null) return (a === null) - (b === null);
    const order = typeof a === typeof b ? (a < b ? -1 : a > b) : typeof a === "number" ? -1 : 1;
    return up ? order : -order;
  };
  const sort = (table, head, rows) => {
    const next = { ascending: "descending", descending: null }[head.getAttribute("aria-sort")];
    const way = next === undefined ? "ascending" : next;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    if (way) head.setAttribute("aria-sort", way);
    const at = head.cellIndex;
    const sorted = way
      ? [...rows].sort((a, b) => compare(key(a.cells[at]), key(b.cells[at]), way === "ascending"))
      : rows;
    table.tBodies[0].append(...sorted);
    said.textContent = way ? `Sorted by ${plain(head)}, ${way}.` : "In the page's own order.";
  };

  const copy = async (table) => {
    const lines = [...table.rows].map((row) =>
      [...row.cells].filter((cell) => !cell.matches(".tracing")).map(plain).join("\t"));
    const text = lines.join("\n");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    said.textContent = `${lines.length} rows copied. Paste them into a spreadsheet.`;
  };

  const command = (place) => {
    const [definition, , school, grade, group, period] = place;
    return `accord sql STATION --indicator ${definition} --period ${period} --group ${group}` +
      (grade ? ` --grade ${grade}` : "") + (school ? ` --school ${school}` : "");
  };
  const trace = (row) => {
    const place = row.dataset.cell.split("|");
    const definition = known.definitions[place[0]];
    const release = known.releases[`${place[1]} ${place[5]}`];
    const numbers = [...row.cells].filter((cell) => cell.matches(".number")).map(plain);
    const list = [
      ["Number", `${row.cells[0].textContent.trim()}: ${numbers[2] || "not shown"}`],
      ["Computed from", numbers[0] ? `${numbers[0]} ÷ ${numbers[1]}` : ""],
      ["Definition", definition && `${place[0]}: ${definition.plain}`],
      ["Definition's hash", definition && definition.hash],
      ["District", release && release.district],
      ["Release", release && `no. ${release.number}, ${release.id}`],
      ["Signed with", release && release.signers.join(", ")],
      ["Figures", release && `${release.data_status}, as of ${release.as_of}`],
      ["See the SQL, in the district's station", command(place)],
    ];
    const target = document.getElementById("trace-list");
    target.replaceChildren();
    for (const [name, text] of list) {
      if (text) target.append(make("dt", "", name), make("dd", "", text));
    }
    dialog.showModal();
  };
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

  for (const table of document.querySelectorAll("table.data:not(.plain)")) {
    const rows = [...table.tBodies[0].rows];
    for (const head of table.tHead.rows[0].cells) {
      const button = make("button", "", head.textContent.trim());
      head.replaceChildren(button);
      button.addEventListener("click", () => sort(table, head, rows));
    }
    const last = make("td", "tracing");
    last.append(make("span", "vh", "Trace"));
    table.tHead.rows[0].append(last);
    for (const row of rows) {
      const cell = row.insertCell();
      cell.className = "tracing";
      if (!row.dataset.cell) continue;
      const button = make("button", "trace", "trace");
      const district = row.cells[1].matches(".own") ? `, ${row.cells[1].textContent.trim()}` : "";
      button.append(make("span", "vh", ` ${row.cells[0].textContent.trim()}${district}`));
      button.addEventListener("click", () => trace(row));
      cell.append(button);
    }
    const tools = make("div", "tools");
    const button = make("button", "tool", "Copy for Excel");
    button.addEventListener("click", () => copy(table));
    tools.append(button);
    table.parentElement.before(tools);
  }

  const all = [...document.querySelectorAll("details")];
  const opener = make("button", "tool", "Open every table");
  const tools = make("div", "tools");
  tools.append(opener);
  document.querySelector(".key").before(tools);
  opener.addEventListener("click", () => {
    const open = opener.textContent === "Open every table";
    for (const item of all) item.open = open;
    opener.textContent = open ? "Close every table" : "Open every table";
  });
})();
