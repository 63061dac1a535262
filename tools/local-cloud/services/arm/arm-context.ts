import type { CloudSettings } from '../../src/control/cloud-settings.ts';
import type { Permissions } from '../../src/permissions.ts';
import { type ArmEngineContext, resourceTypes } from '../engine/resource-type.ts';
import type { SignInContext } from '../identity/identity-context.ts';
import type { SignIn } from '../identity/sign-in.ts';

/** What the resource manager gives to the services after it. */
export interface AccessContext {
  readonly permissions: Permissions;
  /** Who may do anything in the subscription. */
  readonly administrator: SignIn;
  readonly operatorsGroupId: string;
}

/** What the resource manager itself, and roles in it, work with. */
export interface ArmContext
  extends
    ArmEngineContext,
    Pick<SignInContext, 'directory' | 'tokens'>,
    Pick<AccessContext, 'permissions'> {
  readonly settings: Pick<CloudSettings, 'principalSeconds'>;
}

/** Defines a type of resource that works with roles. */
export const defineArmType = resourceTypes<ArmContext>();
