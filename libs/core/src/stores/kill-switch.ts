import { z } from 'zod';
import { MispricedError } from '../domain/index.ts';
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
  /** Stops trading, also where somebody else sets the switch at the same moment. */
  halt(halt: Halt): Promise<void>;
  /**
   * Allows trading again; what it says is kept in the file. Throws `STORE_CONFLICT` where somebody else
   * set the switch at the same moment.
   */
  resume(resumed: Halt): Promise<void>;
}

/** Of a halt that meets others who set the switch. */
const mostTries = 10;

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
    halt: async (halt) => {
      for (let tryNumber = 1; ; tryNumber += 1) {
        try {
          await write({ halted: halt });
          return;
        } catch (error) {
          const isBeaten = error instanceof MispricedError && error.code === 'STORE_CONFLICT';
          if (!isBeaten || tryNumber === mostTries) throw error;
        }
      }
    },
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
