// The two buttons that go back and forth through one's own steps.

import { change } from "./editing.js";
import { canEdit, t } from "./facts.js";
import { toast } from "./news.js";
import { asking } from "./queue.js";
import { turn } from "./rows.js";
import { lastStep, nextStep } from "./undo.js";

function go(step, kind) {
  if (step?.row) asking(() => turn(step.row, kind));
  else if (step) change(step.wishes, { kind });
  else toast(t(`nothing_to_${kind}`));
}

export const undo = () => go(canEdit ? lastStep() : null, "undo");
export const redo = () => go(canEdit ? nextStep() : null, "redo");
