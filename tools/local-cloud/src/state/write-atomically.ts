import { renameSync, writeFileSync } from 'node:fs';

/** Replaces a file so that whoever reads it, at any time, finds the old text or the new whole. */
export function writeAtomically(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}.unfinished`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, file);
}
