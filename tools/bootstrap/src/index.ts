export { bootstrap, type BootstrapResult } from './bootstrap.ts';
export { type BootstrapWish, gitHubIssuer, type PipelineStage, stages } from './bootstrap-wish.ts';
