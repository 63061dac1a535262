import { type ArmEngineContext, resourceTypes } from '../engine/resource-type.ts';
import type { Directory } from './directory.ts';
import type { ManagedIdentities } from './managed-identities.ts';
import type { Tokens } from './tokens.ts';

/** What sign-in gives to the services after it. */
export interface SignInContext {
  readonly directory: Directory;
  readonly tokens: Tokens;
  readonly managedIdentities: ManagedIdentities;
}

/** What the sign-in routes work with; federated credentials are resources. */
export interface IdentityContext
  extends SignInContext, Pick<ArmEngineContext, 'addresses' | 'clock' | 'resources'> {
  /** How what is outside is asked: who signs the tokens of others. */
  readonly outside: typeof fetch;
}

/** Defines a type of resource that works with the directory. */
export const defineIdentityType = resourceTypes<
  ArmEngineContext & Pick<SignInContext, 'directory'>
>();
