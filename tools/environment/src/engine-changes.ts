import { changedPaths } from '@mispriced/azure';
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

/** What collects changes while the engine runs. */
export interface ChangeCollector {
  changes: ResourceChange[];
  onEvent: (event: EngineEvent) => void;
}

/** Steps that are no change, or a part of the step `replace`. */
const silent = new Set(['same', 'read', 'refresh', 'create-replacement', 'delete-replaced']);

/** Collects what an update would do. */
export function collectPlan(): ChangeCollector {
  const changes: ResourceChange[] = [];
  const onEvent = ({ resourcePreEvent }: EngineEvent) => {
    const step = resourcePreEvent?.metadata;
    if (step === undefined || silent.has(step.op)) return;
    const properties = Object.keys(step.detailedDiff ?? {});
    changes.push({ operation: step.op, type: step.type, name: nameIn(step.urn), properties });
  };
  return { changes, onEvent };
}

/**
 * Collects what a refresh finds. Only what a program can say counts: times and states that Azure
 * itself changes all day are no drift.
 */
export function collectDrift(): ChangeCollector {
  const changes: ResourceChange[] = [];
  const onEvent = ({ resOutputsEvent }: EngineEvent) => {
    const step = resOutputsEvent?.metadata;
    if (step?.old === undefined || !step.type.startsWith('azure-native:')) return;
    const found = { type: step.type, name: nameIn(step.urn) };
    if (step.op === 'delete') changes.push({ operation: 'delete', ...found, properties: [] });
    if (step.op !== 'update' || step.new === undefined) return;
    const properties = changedPaths(step.old.inputs, step.new.inputs);
    if (properties.length > 0) changes.push({ operation: 'update', ...found, properties });
  };
  return { changes, onEvent };
}

function nameIn(urn: string): string {
  return urn.split('::').at(-1) ?? '';
}
