import { open } from 'node:fs/promises';

/** A text file that others write to, read as it grows. */
export interface TailedFile {
  /** The lines that were finished since the last time; none while there is no such file. */
  read(): Promise<readonly string[]>;
}

/** Begins at the file's beginning. */
export function tailFile(file: string): TailedFile {
  let position = 0;
  let unfinished = '';
  return {
    read: async () => {
      const text = await readFrom(file, position);
      position += Buffer.byteLength(text);
      const lines = (unfinished + text).split('\n');
      unfinished = lines.pop() ?? '';
      return lines;
    },
  };
}

async function readFrom(file: string, position: number): Promise<string> {
  try {
    await using handle = await open(file, 'r');
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.max(0, size - position));
    await handle.read(buffer, 0, buffer.length, position);
    // Half a character at the end of what was read is left for the next time.
    return buffer.toString('utf8').replace(/\uFFFD+$/, '');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
