export { createDeploymentService, type DeploymentService } from './deployment-service.ts';
export type { DeploymentSites } from './deployment-sites.ts';
export { createFolderPackages, type SitePackages } from './site-packages.ts';
export { createPackagedSites, type PackagedSites } from './packaged-sites.ts';
