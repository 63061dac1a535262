import { asMispricedError } from '@mispriced/core';
import { trainDemoModel } from './demo-model.ts';
import { demoModelFolder } from './paths.ts';

try {
  const { manifest } = await trainDemoModel({
    outPath: demoModelFolder,
    onProgress: (line) => {
      console.error(line);
    },
  });
  console.log(`${manifest.name} ${manifest.version} in ${demoModelFolder}`);
} catch (thrown) {
  const error = asMispricedError(thrown);
  console.error(`${error.code}: ${error.message}\n${error.fix}`);
  process.exitCode = 1;
}
