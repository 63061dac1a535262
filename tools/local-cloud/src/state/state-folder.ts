import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSeal } from './seal.ts';
import { writeAtomically } from '@mispriced/loopback-server';

/** A value that outlives the process: changed in place, then saved. */
interface StateDocument<Value> {
  value: Value;
  save(): void;
}

/** Where the local cloud keeps what it knows, one sealed file for each document. */
export interface StateFolder {
  readonly folder: string;
  document<Value>(name: string, initial: () => Value): StateDocument<Value>;
}

/**
 * Opens, or makes, the state folder. Documents are sealed because app settings, secrets and keys
 * stand in them.
 *
 * @throws Error where a document cannot be read back: the message says how to start afresh.
 */
export function openStateFolder(folder: string): StateFolder {
  makePrivateFolder(folder);
  const seal = openSeal(join(folder, 'seal.key'));
  return {
    folder,
    document: <Value>(name: string, initial: () => Value) => {
      const file = join(folder, `${name}.sealed`);
      const document: StateDocument<Value> = {
        value: existsSync(file) ? (read(file) as Value) : initial(),
        save: () => {
          writeAtomically(file, seal.close(JSON.stringify(document.value)));
        },
      };
      return document;
    },
  };

  function read(file: string): unknown {
    try {
      return JSON.parse(seal.open(readFileSync(file, 'utf8')));
    } catch (cause) {
      throw new Error(
        `The local cloud's state in ${file} cannot be read back. ` +
          'Run `npx mispriced local reset` to start afresh.',
        { cause },
      );
    }
  }
}

/** Makes a folder that only its owner may enter; one that is there already is closed to others. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}
