/** A process from its start to its first scored row: `APP_FOLDER ENTRY_POINT MODEL_FILE`. */
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as OnnxRuntime from 'onnxruntime-node';

const [appFolder = '', entryPoints = '', modelFile = ''] = process.argv.slice(2);
const core = `data:text/javascript,${encodeURIComponent(
  'const f = () => ({ dispose() {} }); export const version = "3.0.0"; export const registerFunction = f; export const registerHook = f; export const setProgrammingModel = f; export const getProgrammingModel = f; export const log = f; export class Disposable { dispose() {} }',
)}`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@azure/functions-core'
      ? { url: core, shortCircuit: true }
      : next(specifier, context),
});
for (const entryPoint of entryPoints.split(',')) {
  await import(pathToFileURL(join(appFolder, entryPoint)).href);
}
const runtime = createRequire(join(appFolder, 'package.json'))(
  'onnxruntime-node',
) as typeof OnnxRuntime;
const session = await runtime.InferenceSession.create(modelFile, { logSeverityLevel: 3 });
const feeds = Object.fromEntries(
  session.inputMetadata.map((input) => {
    if (!input.isTensor) throw new Error(`the input ${input.name} is no tensor`);
    const shape = input.shape.map((size) => (typeof size === 'number' && size > 0 ? size : 1));
    const length = shape.reduce((product, size) => product * size, 1);
    return [input.name, new runtime.Tensor('float32', new Float32Array(length), shape)];
  }),
);
await session.run(feeds);
process.exit(0);
