import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { z } from 'zod';
import type { RunningRecord } from './running-record.ts';

const timeoutMilliseconds = 3_000;
const healthSchema = z.object({ instanceId: z.string() });

/** Whether the process of a record is there and is the one that wrote it. */
export function isAlive(record: RunningRecord): Promise<boolean> {
  if (!existsSync(record.certificateFile)) return Promise.resolve(false);
  return new Promise((resolve) => {
    const asked = request(
      `${record.origin}/_control/health`,
      { ca: readFileSync(record.certificateFile), timeout: timeoutMilliseconds, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve(instanceOf(text) === record.instanceId);
        });
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('No answer in time.')));
    asked.on('error', () => {
      resolve(false);
    });
    asked.end();
  });
}

/** Whether there is a process of that number, whoever's it is. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function instanceOf(text: string): string | null {
  try {
    return healthSchema.parse(JSON.parse(text)).instanceId;
  } catch {
    return null;
  }
}
