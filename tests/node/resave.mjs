// Decides how SheetJS saves workbooks anew: as it read them, under another name.
//
//     node resave.mjs FROM TO [FROM TO]...

import XLSX from "xlsx";

const paths = process.argv.slice(2);
for (let at = 0; at < paths.length; at += 2) {
  const book = XLSX.readFile(paths[at], { cellFormula: true });
  XLSX.writeFile(book, paths[at + 1], { compression: true });
}
