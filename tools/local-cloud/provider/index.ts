export { type ArmConnection, ArmClient } from './arm-client.ts';
export { ArmError } from './arm-error.ts';
export { requestBody } from './arm-body.ts';
export { connectToCloud } from './connect.ts';
export { changedPaths } from './diff.ts';
export { resourcePath } from './path.ts';
export { type RunningProvider, startProvider } from './serve.ts';
export { servedTypes, typeSpec } from './type-table.ts';
