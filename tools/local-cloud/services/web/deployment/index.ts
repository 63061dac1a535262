export { createDeploymentService, type DeploymentService } from './deployment-service.ts';
export type { DeploymentRequest, DeploymentResponse, DeploymentSites } from './deployment-sites.ts';
export { createFolderShelf, type PackageShelf } from './package-shelf.ts';
export { createPackagedSites, type PackagedSites } from './packaged-sites.ts';
