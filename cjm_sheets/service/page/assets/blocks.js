// Turns blocks of cells into the text that spreadsheets put on the clipboard, and back.

/** Cells with tabs, line ends or quotes at the start stand in quotes, as in Excel. */
export function asText(lines) {
  return lines.map((line) => line.map(quoted).join("\t")).join("\r\n");
}

const quoted = (text) => /[\t\n\r]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export function fromText(text) {
  const lines = [[]];
  let at = 0;
  const end = text.replace(/\r?\n$/, "");
  while (at <= end.length) {
    const [cell, next] = end[at] === '"' ? inQuotes(end, at) : plain(end, at);
    lines.at(-1).push(cell);
    if (next >= end.length) break;
    if (end[next] === "\t") {
      at = next + 1;
    } else {
      lines.push([]);
      at = next + (end[next] === "\r" && end[next + 1] === "\n" ? 2 : 1);
    }
  }
  return lines;
}

function plain(text, from) {
  let to = from;
  while (to < text.length && !"\t\r\n".includes(text[to])) to += 1;
  return [text.slice(from, to), to];
}

function inQuotes(text, from) {
  let cell = "";
  let at = from + 1;
  while (at < text.length) {
    if (text[at] === '"') {
      if (text[at + 1] !== '"') break;
      at += 1;
    }
    cell += text[at];
    at += 1;
  }
  if (at >= text.length) return plain(text, from);
  at += 1;
  // Text that goes on after the closing quote was no quoted cell at all.
  return at === text.length || "\t\r\n".includes(text[at]) ? [cell, at] : plain(text, from);
}
