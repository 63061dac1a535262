export {
  createDeploymentService,
  type DeploymentQuirks,
  type DeploymentService,
} from './deployment-service.ts';
export type { DeploymentRequest, DeploymentResponse, DeploymentSites } from './deployment-sites.ts';
export {
  createFolderShelf,
  createPackagedSites,
  type PackagedSites,
  type PackageShelf,
} from './packaged-sites.ts';
