import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { processIdentity } from '@mispriced/core';
import { z } from 'zod';
import type { RunningRecord } from './running-record.ts';

const timeoutMilliseconds = 3_000;
const healthSchema = z.object({ instanceId: z.string() });

/**
 * What became of the process of a record: it answers; it lives and does not answer, as one that is
 * busy or held up; or it is gone, and whoever has its number or its port is another.
 */
export async function askHealth(record: RunningRecord): Promise<'running' | 'busy' | 'stale'> {
  if (processIdentity(record.pid) !== record.identity) return 'stale';
  const instanceId = await answeringInstance(record);
  if (instanceId === record.instanceId) return 'running';
  return instanceId === null ? 'busy' : 'stale';
}

/** Who answers where the record says; null where nobody does in time. */
function answeringInstance(record: RunningRecord): Promise<string | null> {
  if (!existsSync(record.certificateFile)) return Promise.resolve(null);
  return new Promise((resolve) => {
    const asked = request(
      `${record.origin}/_control/health`,
      {
        ca: readFileSync(record.certificateFile),
        // Of the whole; `timeout` would begin anew with the connection.
        signal: AbortSignal.timeout(timeoutMilliseconds),
        agent: false,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve(instanceOf(text));
        });
        response.on('error', () => {
          resolve(null);
        });
      },
    );
    asked.on('error', () => {
      resolve(null);
    });
    asked.end();
  });
}

function instanceOf(text: string): string | null {
  try {
    return healthSchema.parse(JSON.parse(text)).instanceId;
  } catch {
    return null;
  }
}
