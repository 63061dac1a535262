// Azurite loads Application Insights, which takes two thirds of its start, for telemetry that is off.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const id = createRequire(require.resolve('azurite/package.json')).resolve('applicationinsights');
require.cache[id] = { id, filename: id, loaded: true, exports: {} };
