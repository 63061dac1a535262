export { bootstrap, type BootstrapResult } from './bootstrap.ts';
export {
  type BootstrapRequest,
  gitHubIssuer,
  type PipelineStage,
  stages,
} from './bootstrap-request.ts';
