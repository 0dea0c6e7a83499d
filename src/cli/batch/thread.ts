import { run } from "../run.js";
import { fileDigests } from "./file-digest.js";
import { type Outcome, performTask, type Task } from "./task.js";

const digestOf = fileDigests();

/** What a thread of the pool does. `started` is shared with the pool: the clock of a job starts when the thread takes it. */
export default async function perform({
  task,
  started,
}: {
  readonly task: Task;
  readonly started: Float64Array;
}): Promise<Outcome> {
  started[0] = Date.now();
  return performTask(task, run, digestOf);
}
