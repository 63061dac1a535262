const pattern = /^(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;

/**
 * The milliseconds in a duration as .NET writes it, `hh:mm:ss` or `d.hh:mm:ss.fff`; a bare number
 * counts days. Null for anything else: the caller knows what the text was meant for.
 */
export function parseTimeSpan(text: string): number | null {
  if (/^\d{1,8}$/.test(text)) return Number(text) * 86_400_000;
  const match = pattern.exec(text);
  if (match === null) return null;
  const [days, hours, minutes, seconds] = [1, 2, 3, 4].map((group) => Number(match[group] ?? 0));
  if (days === undefined || hours === undefined) return null;
  if (minutes === undefined || seconds === undefined) return null;
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const fractionMs = Number(`0.${match[5] ?? '0'}`) * 1000;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + fractionMs;
}

/** The duration as the host's messages print it: `hh:mm:ss`, with days in front from one on. */
export function formatTimeSpan(durationMs: number): string {
  const total = Math.floor(durationMs / 1000);
  const parts = [Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60, total % 60];
  const days = Math.floor(total / 86_400);
  const time = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return days > 0 ? `${days}.${time}` : time;
}
