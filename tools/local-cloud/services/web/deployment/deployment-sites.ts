/** Why a caller may not deploy to a site: 401 for nobody known, 403 for somebody without the right. */
type Refusal = 401 | 403;

/** The log of a deployment under way, which may say more below a line. */
export interface DeploymentLog {
  log(message: string): void;
  /** Below the line that was logged last. */
  detail(message: string): void;
}

/** What the deployment service asks of whoever keeps and runs sites. */
export interface DeploymentSites {
  /** The site's name as it is written, and where its own deployment host is; null for none. */
  find(name: string): { readonly name: string; readonly scmUrl: string } | null;
  /**
   * Looks at the caller's token, which must be for the resource manager or the App Service, and at
   * their rights on the site (`Microsoft.Web/sites/publish/action`).
   */
  authorize(name: string, token: string | undefined): Promise<Refusal | null>;
  /**
   * Puts a package in place and starts the site anew with it; runs that are under way are killed.
   *
   * @throws Error saying why it could not; what ran before runs on.
   */
  deploy(name: string, zip: Uint8Array, log: DeploymentLog): Promise<void>;
}
