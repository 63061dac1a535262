import type { EngineEvent } from '@pulumi/pulumi/automation/events.js';

/** One resource that is not as it should be, or that would become another. */
export interface ResourceChange {
  /** `create`, `update`, `replace`, `delete`: the engine's own words. */
  operation: string;
  type: string;
  name: string;
  /** The properties that differ, as `properties.accessPolicies[0].objectId`. */
  properties: string[];
}

/** The steps of a replacement that the step `replace` already tells of. */
const partsOfReplacement = new Set(['create-replacement', 'delete-replaced']);

/** Collects, from the engine's events, what it would do or has found. */
export function collectChanges(): {
  changes: ResourceChange[];
  onEvent: (event: EngineEvent) => void;
} {
  const changes: ResourceChange[] = [];
  const onEvent = ({ resourcePreEvent, resOutputsEvent }: EngineEvent) => {
    // A refresh tells what it found only with the outputs; everything else tells it before.
    const found = resOutputsEvent?.metadata;
    const step = resourcePreEvent?.metadata ?? (found?.op === 'refresh' ? found : undefined);
    if (step === undefined || partsOfReplacement.has(step.op)) return;
    const properties = Object.keys(step.detailedDiff ?? {});
    const isGone = step.op === 'refresh' && step.new === undefined;
    const differs = step.op === 'refresh' && (isGone || properties.length > 0);
    if (step.op === 'same' || step.op === 'read' || (step.op === 'refresh' && !differs)) return;
    changes.push({
      operation: step.op === 'refresh' ? (isGone ? 'delete' : 'update') : step.op,
      type: step.type,
      name: step.urn.split('::').at(-1) ?? '',
      properties,
    });
  };
  return { changes, onEvent };
}
