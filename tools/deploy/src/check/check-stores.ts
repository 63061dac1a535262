import type { LoadedConfig } from '@mispriced/config';
import {
  createModelRegistry,
  createOwnDataStore,
  parseModelManifest,
  type ObjectStore,
} from '@mispriced/core';
import type { CheckProblem } from './problem.ts';

const blobPrefix = 'blob:';

/**
 * Looks whether an environment's stores hold what a run reads: a live model, the own data that the
 * model declares, a listing to replay. Each that is missing is named with its command.
 *
 * Needs Storage Blob Data Reader on the account.
 */
export async function checkStores(args: {
  config: LoadedConfig;
  objects: ObjectStore;
  stack: string;
}): Promise<readonly CheckProblem[]> {
  const { config, objects, stack } = args;
  const { stage, values } = config;
  const now = (): Date => new Date();
  const registry = createModelRegistry({ objects, now });
  const live = await registry.live(values.model.name, stage);
  const problems: CheckProblem[] = [];
  if (live === null) {
    problems.push(
      missing(
        `No version of the model ${values.model.name} is live in ${stage}.`,
        `\`npx mispriced model publish DIR --stack ${stack}\` and \`npx mispriced model promote VERSION --stage ${stage}\`, or deploy with \`--bootstrap --model DIR\`.`,
      ),
    );
  } else {
    const { manifestText } = await registry.read(values.model.name, live.value.version);
    const { features } = parseModelManifest(JSON.parse(manifestText), 'manifest.json');
    const ownData = createOwnDataStore({ objects, now });
    for (const { name } of features.ownData) {
      if ((await ownData.live(name)) !== null) continue;
      problems.push(
        missing(
          `The own data ${name}, which the live model reads, was never published.`,
          `\`npx mispriced data publish FILE --set ${name} --stack ${stack}\`, or deploy with \`--bootstrap --own-data ${name}=FILE\`.`,
        ),
      );
    }
  }
  const { name, listing } = values.venue;
  if (name === 'replay' && listing?.startsWith(blobPrefix) === true) {
    const [container = '', ...path] = listing.slice(blobPrefix.length).split('/');
    if ((await objects.read(container, path.join('/'))) === null) {
      problems.push(
        missing(
          `The listing to replay, ${listing}, does not exist.`,
          'Deploy with `--bootstrap --listing FILE`, such as the listing.json of an archived run.',
        ),
      );
    }
  }
  return problems;
}

function missing(message: string, fix: string): CheckProblem {
  return { check: 'stores', message, fix };
}
