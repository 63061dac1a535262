import type { CloudSettings } from '../../src/control/cloud-settings.ts';
import type { AccessContext } from '../arm/arm-context.ts';
import { type ArmEngineContext, resourceTypes } from '../engine/resource-type.ts';
import type { SignInContext } from '../identity/identity-context.ts';
import type { KeyVaultGiven } from '../key-vault/key-vault-context.ts';
import type { KeyVaultReference } from './key-vault-reference.ts';
import type { ReferenceCache } from './reference-cache.ts';
import type { SiteController } from './site-controller.ts';

/** What App Service gives to the services after it. */
export interface WebGiven {
  readonly sites: SiteController;
  readonly referenceCache: ReferenceCache;
  /** What a process needs in its environment so that Azure's clients reach this local cloud. */
  readonly clientEnvironment: Readonly<Record<string, string>>;
  /** What the fault plan does to a site's look into a vault. */
  readonly referenceFault: (reference: KeyVaultReference) => 'slow' | 'failed' | null;
}

/** What sites, as resources and as what runs, work with. */
export interface WebContext
  extends
    ArmEngineContext,
    SignInContext,
    WebGiven,
    Pick<AccessContext, 'permissions'>,
    Pick<KeyVaultGiven, 'secrets'> {
  readonly settings: Pick<CloudSettings, 'referenceSeconds' | 'siteRestartSeconds'>;
}

/** Defines a type of resource that works with sites. */
export const defineWebType = resourceTypes<WebContext>();
