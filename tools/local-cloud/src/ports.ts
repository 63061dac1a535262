import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '@mispriced/loopback-server';

const port = z.number().int().min(1).max(65_535);
const portsSchema = z.object({ main: port, identity: port, blob: port, queue: port, table: port });

/** The ports a local cloud listens on. */
export type Ports = z.infer<typeof portsSchema>;

const fileName = 'ports.json';

/** The ports of the last time, so that addresses kept elsewhere stay right; none at first. */
export function lastPorts(folder: string): Partial<Ports> {
  const file = join(folder, fileName);
  if (!existsSync(file)) return {};
  return portsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? {};
}

/** Keeps the ports for the next time. */
export function keepPorts(folder: string, ports: Ports): void {
  writeAtomically(join(folder, fileName), `${JSON.stringify(ports)}\n`);
}
