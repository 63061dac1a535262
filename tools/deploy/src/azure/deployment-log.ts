import { z } from 'zod';
import type { DeploymentServiceClient } from './deployment-service-client.ts';
import { parseJson } from '../parse-json.ts';

const logSchema = z.array(z.object({ message: z.string(), details_url: z.string().nullish() }));

/** Details have details, and a service that pointed in a circle would be asked for ever. */
const deepest = 4;

/** A line of a deployment's log with where it stands, so that it is shown once. */
export interface DeploymentLogLine {
  readonly place: string;
  /** From 0; the lines below a line are one deeper. */
  readonly depth: number;
  readonly message: string;
}

/**
 * Reads the log of a deployment with what lies below its lines. Of an address that a line gives, only
 * the path is used: the token goes to no host but the app's own.
 */
export async function readDeploymentLog(
  service: DeploymentServiceClient,
  id: string,
): Promise<readonly DeploymentLogLine[]> {
  return readLines(service, `/api/deployments/${id}/log`, 0);
}

async function readLines(
  service: DeploymentServiceClient,
  path: string,
  depth: number,
): Promise<readonly DeploymentLogLine[]> {
  const answer = await service.get(path);
  if (answer?.status !== 200) return [];
  const read = logSchema.safeParse(parseJson(answer.text));
  if (!read.success) return [];
  const lines: DeploymentLogLine[] = [];
  for (const [index, { message, details_url: details }] of read.data.entries()) {
    lines.push({ place: `${path}#${index}`, depth, message });
    const below = pathOf(details ?? '');
    if (below !== null && depth < deepest) {
      lines.push(...(await readLines(service, below, depth + 1)));
    }
  }
  return lines;
}

function pathOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}
