import { z } from 'zod';
import { MispricedError, parseModelManifest, type ModelManifest } from '../domain/index.ts';
import { containers, type ObjectStore } from './object-store.ts';
import { movePointer, readPointer, type Pointer } from './pointer.ts';

/** The three files of a model, as trained. */
export interface ModelBundleFiles {
  readonly manifestText: string;
  readonly modelBytes: Uint8Array;
  readonly parityText: string;
}

const liveModelSchema = z.object({
  version: z.string(),
  /** Versions that were live before, the latest first: what a rollback or a failing model falls to. */
  previous: z.array(z.string()),
  promotedAt: z.string(),
});

/** Which version of a model a stage uses, and which it used before. */
export type LiveModel = z.infer<typeof liveModelSchema>;

/** Models by name and version: a version never changes; a pointer for each stage says what is live. */
export interface ModelRegistry {
  /**
   * Keeps a bundle for ever. Publishing the same again does nothing.
   *
   * @throws MispricedError `MODEL_CONTRACT` for a broken manifest, `STORE_CONFLICT` where the
   * version exists with other content.
   */
  publish(bundle: ModelBundleFiles): Promise<ModelManifest>;
  /** @throws MispricedError `MODEL_MISSING` */
  read(name: string, version: string): Promise<ModelBundleFiles>;
  listNames(): Promise<readonly string[]>;
  listVersions(name: string): Promise<readonly string[]>;
  live(name: string, stage: string): Promise<Pointer<LiveModel> | null>;
  /** @throws MispricedError `MODEL_MISSING`, or `STORE_CONFLICT` when another promotion came first. */
  promote(args: { name: string; version: string; stage: string }): Promise<LiveModel>;
  /** Back to the version before. @throws MispricedError `MODEL_MISSING` where there was none. */
  rollback(args: { name: string; stage: string }): Promise<LiveModel>;
}

const previousKept = 10;

/** Keeps models as `models/<name>/<version>/...` and `models/<name>/live-<stage>.json`. */
export function createModelRegistry(args: {
  objects: ObjectStore;
  now: () => Date;
}): ModelRegistry {
  const { objects } = args;
  const live = (name: string, stage: string): Promise<Pointer<LiveModel> | null> =>
    readPointer({
      objects,
      container: containers.models,
      path: `${name}/live-${stage}.json`,
      schema: liveModelSchema,
    });

  const move = async (
    target: { name: string; stage: string },
    from: Pointer<LiveModel> | null,
    version: string,
    previous: readonly string[],
  ): Promise<LiveModel> => {
    const value = {
      version,
      previous: previous.slice(0, previousKept),
      promotedAt: args.now().toISOString(),
    };
    const path = `${target.name}/live-${target.stage}.json`;
    await movePointer({ objects, container: containers.models, path, from, value });
    return value;
  };

  const listVersions = async (name: string): Promise<readonly string[]> => {
    const paths = await objects.list(containers.models, `${name}/`);
    return paths
      .filter((path) => path.endsWith('/manifest.json'))
      .map((path) => path.split('/')[1] ?? '');
  };

  return {
    live,
    listVersions,
    listNames: async () => {
      const paths = await objects.list(containers.models, '');
      return [...new Set(paths.map((path) => path.split('/')[0] ?? ''))];
    },
    publish: async (bundle) => {
      const manifest = parseModelManifest(JSON.parse(bundle.manifestText), 'manifest.json');
      const folder = `${manifest.name}/${manifest.version}`;
      // The manifest comes last: a version exists only once all of it is there.
      await writeOnce(objects, `${folder}/model.onnx`, bundle.modelBytes);
      await writeOnce(objects, `${folder}/parity.csv`, encode(bundle.parityText));
      await writeOnce(objects, `${folder}/manifest.json`, encode(bundle.manifestText));
      return manifest;
    },
    read: async (name, version) => {
      const file = async (part: string): Promise<Uint8Array> => {
        const stored = await objects.read(containers.models, `${name}/${version}/${part}`);
        if (stored === null) throw await missing(name, version, part);
        return stored.bytes;
      };
      const missing = async (model: string, wanted: string, part: string): Promise<Error> => {
        const versions = await listVersions(model);
        return new MispricedError({
          code: 'MODEL_MISSING',
          message: `${objects.locate(containers.models, `${model}/${wanted}/${part}`)} does not exist.`,
          fix:
            versions.length === 0
              ? 'Publish a model first: `npx mispriced model publish DIR`.'
              : `Versions that exist: ${versions.join(', ')}.`,
        });
      };
      return {
        manifestText: decode(await file('manifest.json')),
        modelBytes: await file('model.onnx'),
        parityText: decode(await file('parity.csv')),
      };
    },
    promote: async ({ name, version, stage }) => {
      if (!(await listVersions(name)).includes(version)) {
        throw new MispricedError({
          code: 'MODEL_MISSING',
          message: `There is no version ${version} of the model ${name}.`,
          fix: 'See `npx mispriced model list`, or publish it: `npx mispriced model publish DIR`.',
        });
      }
      const from = await live(name, stage);
      const earlier = from === null ? [] : [from.value.version, ...from.value.previous];
      const previous = earlier.filter((candidate) => candidate !== version);
      return move({ name, stage }, from, version, previous);
    },
    rollback: async ({ name, stage }) => {
      const from = await live(name, stage);
      const [version, ...previous] = from?.value.previous ?? [];
      if (version === undefined) {
        throw new MispricedError({
          code: 'MODEL_MISSING',
          message: `No version of the model ${name} was live in ${stage} before.`,
          fix: 'Promote a version by name: `npx mispriced model promote VERSION --stage STAGE`.',
        });
      }
      return move({ name, stage }, from, version, previous);
    },
  };
}

async function writeOnce(objects: ObjectStore, path: string, bytes: Uint8Array): Promise<void> {
  try {
    await objects.write(containers.models, path, bytes, 'absent');
  } catch (error) {
    if (!(error instanceof MispricedError && error.code === 'STORE_CONFLICT')) throw error;
    const stored = await objects.read(containers.models, path);
    if (stored === null || !sameBytes(stored.bytes, bytes)) throw error;
  }
}

function sameBytes(first: Uint8Array, second: Uint8Array): boolean {
  return first.length === second.length && first.every((byte, index) => byte === second[index]);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
