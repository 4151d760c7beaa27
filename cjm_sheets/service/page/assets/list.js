// Shows times as the visitor's language and clock have them.

for (const time of document.querySelectorAll("time[datetime]")) {
  time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang,
    { dateStyle: "medium", timeStyle: "short" });
}
