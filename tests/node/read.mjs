// Decides how SheetJS and ExcelJS say what they read: reader, file, sheet, cell, plain value.
//
//     node read.mjs [--only=READER] FILE...
//
// Formulas are said by their stored results, dates by their serial numbers, blanks not at all.
// What a reader finds to remark upon goes to standard error.

import ExcelJS from "exceljs";
import XLSX from "xlsx";

const DAY = 24 * 60 * 60 * 1000;
const EPOCH = Date.UTC(1899, 11, 30);

function bySheetJs(path) {
  const book = XLSX.readFile(path, { WTF: true });
  return book.SheetNames.map((name) => {
    const cells = Object.entries(book.Sheets[name]).filter(([at]) => !at.startsWith("!"));
    return [name, Object.fromEntries(cells.map(said).filter(filled))];
  });
}

function said([at, cell]) {
  return [at, cell.t === "e" ? cell.w : cell.v];
}

async function byExcelJs(path) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return book.worksheets.map((sheet) => {
    const cells = [];
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        // its value leaves out a result that is 0 or false, cell.result does not
        const value = cell.formula ? cell.result : cell.value;
        if (cell.master === cell) cells.push([cell.address, plain(value)]);
      }),
    );
    return [sheet.name, Object.fromEntries(cells.filter(filled))];
  });
}

function plain(value) {
  if (value instanceof Date) return (value.getTime() - EPOCH) / DAY;
  if (value === null || typeof value !== "object") return value;
  if ("error" in value) return value.error;
  if ("richText" in value) return value.richText.map((run) => run.text).join("");
  return value.text;
}

function filled([, value]) {
  return value !== undefined && value !== null && value !== "";
}

const readers = { SheetJS: bySheetJs, ExcelJS: byExcelJs };
const words = process.argv.slice(2);
const only = words.find((word) => word.startsWith("--only="))?.slice("--only=".length);
const read = {};
for (const [name, reader] of Object.entries(readers)) {
  if (only && name !== only) continue;
  read[name] = {};
  for (const path of words.filter((word) => !word.startsWith("--"))) {
    read[name][path] = await reader(path);
  }
}
process.stdout.write(JSON.stringify(read));
