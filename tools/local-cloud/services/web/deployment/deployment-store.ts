import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '@mispriced/loopback-server';
import {
  deploymentStatus,
  type DeploymentRecord,
  isOver,
  recordSchema,
} from './deployment-record.ts';

const schema = z.record(z.string(), z.array(recordSchema));

/** Deployments by site, latest first, kept in a folder over restarts. */
export interface DeploymentStore {
  of(site: string): readonly DeploymentRecord[];
  put(site: string, record: DeploymentRecord): void;
}

/** Opens the deployments of a folder. One that was under way when the process ended has failed. */
export function openDeploymentStore(folder: string): DeploymentStore {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'deployments.json');
  const sites = new Map(
    Object.entries(read(file)).map(([site, records]) => [site, records.map(giveUp)]),
  );
  return {
    of: (site) => sites.get(site.toLowerCase()) ?? [],
    put: (site, record) => {
      const rest = (sites.get(site.toLowerCase()) ?? []).filter(({ id }) => id !== record.id);
      sites.set(site.toLowerCase(), [record, ...rest]);
      writeAtomically(file, JSON.stringify(Object.fromEntries(sites), null, 2));
    },
  };
}

function read(file: string): z.infer<typeof schema> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  return schema.parse(JSON.parse(text));
}

function giveUp(record: DeploymentRecord): DeploymentRecord {
  if (isOver(record)) return record;
  return { ...record, status: deploymentStatus.failed, status_text: 'The deployment was cut off.' };
}
