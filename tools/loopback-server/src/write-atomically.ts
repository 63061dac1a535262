import writeFileAtomic from 'write-file-atomic';

/**
 * Replaces a file so that whoever reads it, at any time, finds the old text or the new whole. Only its
 * owner may read it. What a machine loses with its power is not waited for: these are files of simulated
 * services, which must survive a killed process alone.
 */
export function writeAtomically(file: string, text: string): void {
  writeFileAtomic.sync(file, text, { mode: 0o600, fsync: false });
}
