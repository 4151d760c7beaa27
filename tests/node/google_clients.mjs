// Does with two clients for Node.js what people do with them, at the service that is named, and
// prints what they saw as JSON: node google_clients.mjs googleapis|google-spreadsheet URL TOKEN
import { Readable } from "node:stream";

const [, , client, url, token] = process.argv;
const SPREADSHEET = "application/vnd.google-apps.spreadsheet";
const FOLDER = "application/vnd.google-apps.folder";

async function withGoogleapis() {
  const { google } = await import("googleapis");
  const auth = new google.auth.OAuth2();
  auth.setCredentials({ access_token: token });
  // rootUrl is all that is needed, but for uploads, whose address the package does not derive from it.
  auth.transporter.instance.interceptors.request.add({
    resolved: async (call) => {
      call.url = String(call.url).replace("https://www.googleapis.com/upload/", `${url}/upload/`);
      return call;
    },
  });
  const options = { auth, rootUrl: url };
  const sheets = google.sheets({ version: "v4", ...options });
  const drive = google.drive({ version: "v3", ...options });

  const made = await sheets.spreadsheets.create({
    requestBody: { properties: { title: "By googleapis" }, sheets: [{ properties: { title: "Pains" } }] },
  });
  const spreadsheetId = made.data.spreadsheetId;
  await sheets.spreadsheets.values.update({
    spreadsheetId,
    range: "Pains!A1",
    valueInputOption: "USER_ENTERED",
    requestBody: { values: [["pain", "n"], ["wait", 3], ["noise", 4], ["sum", "=SUM(B2:B3)"]] },
  });
  await sheets.spreadsheets.values.append({
    spreadsheetId,
    range: "Pains!A1",
    valueInputOption: "RAW",
    requestBody: { values: [["=text", "5"]] },
  });
  await sheets.spreadsheets.batchUpdate({
    spreadsheetId,
    requestBody: {
      requests: [
        {
          repeatCell: {
            range: { sheetId: made.data.sheets[0].properties.sheetId, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 2 },
            cell: { userEnteredFormat: { textFormat: { bold: true } } },
            fields: "userEnteredFormat(textFormat)",
          },
        },
      ],
    },
  });
  const values = await sheets.spreadsheets.values.batchGet({ spreadsheetId, ranges: ["Pains!A1:B9"] });
  const permission = await drive.permissions.create({
    fileId: spreadsheetId,
    requestBody: { type: "user", role: "writer", emailAddress: "a@example.com" },
    sendNotificationEmail: false,
  });
  const folder = await drive.files.create({ requestBody: { name: "Of Node", mimeType: FOLDER }, fields: "id" });
  const uploaded = await drive.files.create({
    requestBody: { name: "Uploaded by Node", mimeType: SPREADSHEET, parents: [folder.data.id] },
    media: { mimeType: "text/csv", body: Readable.from(["name,n\n", "é,7\n"]) },
    fields: "id,name,parents",
  });
  const listed = await drive.files.list({ q: `'${folder.data.id}' in parents`, fields: "files(id,name)" });
  const copied = await drive.files.copy({ fileId: spreadsheetId, requestBody: { name: "Copied by Node" } });
  const exported = await drive.files.export({ fileId: spreadsheetId, mimeType: "text/csv" });
  const comment = await drive.comments.create({ fileId: spreadsheetId, requestBody: { content: "Why?" }, fields: "id,content" });
  const about = await drive.about.get({ fields: "user(me)" });
  let missing;
  try {
    await drive.files.get({ fileId: "nowhere" });
  } catch (error) {
    missing = [error.code, error.errors[0].reason, error.message];
  }
  return {
    spreadsheetId,
    values: values.data.valueRanges[0].values,
    permission: permission.data,
    uploaded: uploaded.data,
    folder: folder.data.id,
    listed: listed.data.files,
    copied: copied.data.id,
    exported: exported.data,
    comment: comment.data.content,
    me: about.data.user.me,
    missing,
  };
}

async function withGoogleSpreadsheet() {
  // It has no option for another address: what it fetches from Google is fetched from the service.
  const fetched = globalThis.fetch;
  const google = /^https:\/\/(sheets|www|docs)\.(googleapis|google)\.com/;
  globalThis.fetch = (what, options) =>
    what instanceof Request
      ? fetched(new Request(what.url.replace(google, url), what), options)
      : fetched(String(what).replace(google, url), options);
  const { GoogleSpreadsheet } = await import("google-spreadsheet");
  const auth = { token };

  const made = await GoogleSpreadsheet.createNewSpreadsheetDocument(auth, { title: "By google-spreadsheet" });
  const doc = new GoogleSpreadsheet(made.spreadsheetId, auth);
  await doc.loadInfo();
  const tab = await doc.addSheet({ title: "Pains", headerValues: ["pain", "n"] });
  await tab.addRows([{ pain: "wait", n: 3 }, { pain: "noise", n: 4 }]);
  const rows = await tab.getRows();
  rows[0].set("n", 5);
  await rows[0].save();
  await rows[1].delete();
  await tab.addRow({ pain: "=B2*2", n: "7" });
  await tab.loadCells("A1:C4");
  const cell = tab.getCell(0, 0);
  cell.textFormat = { bold: true };
  cell.note = "where it begins";
  tab.getCellByA1("C2").formula = "=B2+1";
  await tab.saveUpdatedCells();
  await tab.mergeCells({ startRowIndex: 4, endRowIndex: 5, startColumnIndex: 0, endColumnIndex: 2 });
  await tab.updateProperties({ gridProperties: { frozenRowCount: 1 } });
  const permission = await doc.share("a@example.com", { role: "commenter", emailMessage: false });
  const permissions = await doc.listPermissions();
  const csv = Buffer.from(await tab.downloadAsCSV()).toString("utf8");
  const workbook = Buffer.from(await doc.downloadAsXLSX());
  await doc.updateProperties({ title: "Renamed by google-spreadsheet" });
  const again = new GoogleSpreadsheet(made.spreadsheetId, auth);
  await again.loadInfo();
  const read = await again.sheetsByTitle.Pains.getRows();
  return {
    spreadsheetId: made.spreadsheetId,
    title: again.title,
    rows: read.map((row) => row.toObject()),
    permissions: permissions.map((each) => each.role),
    permission,
    csv,
    workbook: workbook.toString("base64"),
  };
}

const seen = await (client === "googleapis" ? withGoogleapis() : withGoogleSpreadsheet());
process.stdout.write(JSON.stringify(seen));
