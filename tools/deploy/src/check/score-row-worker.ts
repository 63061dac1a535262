/** A process that scores one row with the onnxruntime of an unpacked app: `APP_FOLDER MODEL_FILE`. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as OnnxRuntime from 'onnxruntime-node';

const [appFolder = '', modelFile = ''] = process.argv.slice(2);
const runtime = createRequire(join(appFolder, 'package.json'))(
  'onnxruntime-node',
) as typeof OnnxRuntime;
const session = await runtime.InferenceSession.create(modelFile, { logSeverityLevel: 3 });
const feeds = Object.fromEntries(
  session.inputMetadata.map((input) => {
    if (!input.isTensor) throw new Error(`the input ${input.name} is no tensor`);
    // A dimension without a size is the number of rows: one here.
    const shape = input.shape.map((size) => (typeof size === 'number' && size > 0 ? size : 1));
    const length = shape.reduce((product, size) => product * size, 1);
    return [input.name, new runtime.Tensor('float32', new Float32Array(length), shape)];
  }),
);
const scored = await session.run(feeds);
process.stdout.write(JSON.stringify(Object.keys(scored)));
