// The two buttons that go back and forth through one's own steps.

import { change } from "./editing.js";
import { canEdit, t } from "./facts.js";
import { toast } from "./news.js";
import { lastStep, nextStep } from "./undo.js";

export function undo() {
  const wishes = canEdit ? lastStep() : null;
  if (wishes) change(wishes, { kind: "undo" });
  else toast(t("nothing_to_undo"));
}

export function redo() {
  const wishes = canEdit ? nextStep() : null;
  if (wishes) change(wishes, { kind: "redo" });
  else toast(t("nothing_to_redo"));
}
