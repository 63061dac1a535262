/** A schedule or a time zone that cannot be used. Its message completes "… must be". */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}
