import type { PlannedInterruption } from '../history/history-plan.ts';
import type { EffectPoint, Interruption } from '../time/host.ts';

/** Says at each point of a host's effects what its plan has for it there. */
export function interruptAsPlanned(
  planned: readonly PlannedInterruption[],
  note: (point: EffectPoint, interruption: Interruption) => void,
): (point: EffectPoint) => Interruption | null {
  const counts = planned.map(() => 0);
  return (point) => {
    let due: Interruption | null = null;
    for (const [index, { effect, occurrence, moment, interruption }] of planned.entries()) {
      if (point.moment !== moment || !point.effect.startsWith(effect)) continue;
      const count = (counts[index] ?? 0) + 1;
      counts[index] = count;
      if (count === occurrence) due ??= interruption;
    }
    if (due !== null) note(point, due);
    return due;
  };
}
