import { z } from 'zod';
import { containers, type ObjectStore } from './object-store.ts';

/** Why trading is off, who said so and when. */
export interface Halt {
  readonly why: string;
  readonly by: string;
  readonly at: string;
}

/** The switch that stops an account from buying, whichever strategy trades with it. */
export interface KillSwitch {
  /**
   * Null while trading is allowed. It fails closed: whoever reads it treats an error as "halted",
   * and a file that cannot be understood is a halt.
   */
  read(): Promise<Halt | null>;
  /** Throws `STORE_CONFLICT` where somebody else set the switch at the same moment, as `resume` does. */
  halt(halt: Halt): Promise<void>;
  /** Allows trading again; the halt it ends is kept in the file. */
  resume(resumed: Halt): Promise<void>;
}

const haltSchema = z.object({ why: z.string(), by: z.string(), at: z.string() });
const stateSchema = z.object({ halted: haltSchema.nullable() });

/** Keeps the switch of an account in `control/<account>/kill-switch.json`. */
export function createKillSwitch(args: { objects: ObjectStore; account: string }): KillSwitch {
  const path = `${args.account}/kill-switch.json`;
  // On the condition that it is as it was read: what arrives late must not undo what was said since.
  const write = async (state: object): Promise<void> => {
    const bytes = new TextEncoder().encode(`${JSON.stringify(state, null, 2)}\n`);
    const present = await args.objects.read(containers.control, path);
    const condition = present === null ? 'absent' : { etag: present.etag };
    await args.objects.write(containers.control, path, bytes, condition);
  };
  return {
    read: async () => {
      const stored = await args.objects.read(containers.control, path);
      if (stored === null) return null;
      return parseState(new TextDecoder().decode(stored.bytes));
    },
    halt: (halt) => write({ halted: halt }),
    resume: (resumed) => write({ halted: null, resumed }),
  };
}

function parseState(text: string): Halt | null {
  try {
    return stateSchema.parse(JSON.parse(text)).halted;
  } catch {
    return {
      why: 'the kill switch file cannot be understood',
      by: 'mispriced',
      at: new Date(0).toISOString(),
    };
  }
}
