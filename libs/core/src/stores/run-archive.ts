import { containers, type ObjectStore } from './object-store.ts';

/** What one run was given and made: kept so that it can be replayed, compared and explained. */
export interface RunArchive {
  write(runId: string, name: string, content: string | Uint8Array): Promise<string>;
  read(runId: string, name: string): Promise<Uint8Array | null>;
  /** The ids of the runs kept, oldest first. */
  listRuns(): Promise<readonly string[]>;
  /** Where a part of a run is, for people. */
  locate(runId: string, name: string): string;
}

const encoder = new TextEncoder();

/** Archives runs as `runs/<runId>/<name>`. A run that is resumed writes its parts again. */
export function createRunArchive(objects: ObjectStore): RunArchive {
  const locate = (runId: string, name: string): string =>
    objects.locate(containers.runs, `${runId}/${name}`);
  return {
    locate,
    write: async (runId, name, content) => {
      const bytes = typeof content === 'string' ? encoder.encode(content) : content;
      await objects.write(containers.runs, `${runId}/${name}`, bytes, 'any');
      return locate(runId, name);
    },
    read: async (runId, name) =>
      (await objects.read(containers.runs, `${runId}/${name}`))?.bytes ?? null,
    listRuns: async () => {
      const paths = await objects.list(containers.runs, '');
      return [...new Set(paths.map((path) => path.slice(0, path.indexOf('/'))))];
    },
  };
}
