export { requestBody } from './arm-body.ts';
export { resourcePath } from './path.ts';
export { type RunningProvider, startProvider } from './serve.ts';
export { servedTypes, typeSpec } from './type-table.ts';
