import { trustLocalCloud } from './trust-local-cloud.mjs';

// For `node --import`: what `trustLocalCloud` does, in a process that knows nothing of the local
// cloud, such as an app under the functions host or a tool started from a shell. Every Node of that
// shell loads it, an older one too, so this file and the one it imports are plain JavaScript.
const certificateFile = process.env['MISPRICED_LOCAL_CLOUD_CERTIFICATE'];
if (certificateFile !== undefined && certificateFile !== '') trustLocalCloud(certificateFile);
