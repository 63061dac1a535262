import { ArmClient, type CloudConnection } from '@mispriced/azure';
import { outputsOf, requestBody } from './arm-body.ts';
import { autoNamedMarker, withName } from './auto-name.ts';
import { changesBetween, inputsAfter, type PropertyChange } from './diff.ts';
import { objectIdOf } from './object-id.ts';
import { resourcePath } from './path.ts';
import { hideAgain, reveal } from './secret-values.ts';
import type { Json, TypeSpec } from './type-spec.ts';
import { typeSpec } from './type-table.ts';

/** A resource as the engine keeps it. */
export interface ResourceState {
  id: string;
  outputs: Json;
}

/**
 * What the azure-native provider does for the engine, done for the types of the table: each becomes
 * the request that the real provider would send. Inputs and outputs may hold wrapped secrets.
 */
export class AzureNative {
  readonly #cloud: CloudConnection;
  readonly #arm: ArmClient;

  constructor(cloud: CloudConnection) {
    this.#cloud = cloud;
    this.#arm = new ArmClient(cloud);
  }

  /** The inputs to go on with: those of the program, and a name where it gave none. */
  check(args: { urn: string; inputs: Json; oldInputs: Json; seed: Uint8Array }): Json {
    return withName({ ...args, spec: specOf(args.urn) });
  }

  /** What changes, and whether the old has to go before the new can come. */
  diff(args: { urn: string; inputs: Json; oldInputs: Json }): {
    changes: PropertyChange[];
    deleteBeforeReplace: boolean;
  } {
    const spec = specOf(args.urn);
    const changes = changesBetween(
      spec,
      reveal(args.oldInputs) as Json,
      reveal(args.inputs) as Json,
    );
    // What was named here gets another name when it is replaced. A name that the program gave has
    // to be free first; and what has no name of its own is found only where it belongs.
    const name = spec.name?.input;
    const keepsName = name !== undefined && args.inputs[name] === args.oldInputs[name];
    const isNamedAnew = args.inputs[autoNamedMarker] === true;
    return { changes, deleteBeforeReplace: keepsName && !isNamedAnew };
  }

  /** Creates a resource; refuses to take over one that is already there. */
  async create(urn: string, inputs: Json): Promise<ResourceState> {
    const spec = specOf(urn);
    const path = this.#path(spec, inputs);
    if (spec.initialState === undefined && (await this.#read(spec, path)) !== null) {
      throw new Error(`cannot create already existing resource '${path}'`);
    }
    return this.#write(spec, path, inputs);
  }

  /**
   * What of a resource is known before it is updated, for nothing changes it: without it whatever
   * stands in a group would seem to be replaced with each new tag of the group.
   */
  previewUpdate(outputs: Json): Json {
    const stable = ['name', 'location'].filter((key) => outputs[key] !== undefined);
    return Object.fromEntries(stable.map((key) => [key, outputs[key]]));
  }

  /** Writes a resource as the inputs now have it. */
  async update(args: { id: string; urn: string; inputs: Json }): Promise<ResourceState> {
    return this.#write(specOf(args.urn), args.id, args.inputs);
  }

  /** What is really there, with the inputs that would lead to it; null where nothing is. */
  async read(args: {
    id: string;
    urn: string;
    inputs: Json;
    outputs: Json;
  }): Promise<(ResourceState & { inputs: Json }) | null> {
    const spec = specOf(args.urn);
    const answer = await this.#read(spec, args.id);
    if (answer === null) return null;
    const newOutputs = outputsOf(spec, answer);
    const inputs = inputsAfter({
      inputs: reveal(args.inputs) as Json,
      oldOutputs: reveal(args.outputs) as Json,
      newOutputs,
    });
    return {
      id: args.id,
      outputs: hideAgain(newOutputs, args.inputs),
      inputs: hideAgain(inputs, args.inputs),
    };
  }

  /** Deletes a resource, or gives what cannot be deleted the state it began with. */
  async delete(id: string, urn: string): Promise<void> {
    const spec = specOf(urn);
    if (spec.initialState === undefined) {
      await this.#arm.delete(id, spec.apiVersion);
    } else if ((await this.#read(spec, id)) !== null) {
      await this.#arm.write(id, spec.apiVersion, spec.initialState);
    }
  }

  /** Who is signed in; the only function that is served. */
  async invoke(token: string): Promise<Json> {
    if (token !== 'azure-native:authorization:getClientConfig') {
      throw new Error(`${token} is not served by the local stand-in for azure-native.`);
    }
    const { clientId, subscriptionId, tenantId } = this.#cloud;
    const objectId = objectIdOf(await this.#arm.token());
    return { clientId, objectId, subscriptionId, tenantId };
  }

  #path(spec: TypeSpec, inputs: Json): string {
    return resourcePath(spec, reveal(inputs) as Json, this.#cloud.subscriptionId);
  }

  #read(spec: TypeSpec, path: string): Promise<Json | null> {
    return this.#arm.read(path, spec.apiVersion, spec.readWith);
  }

  async #write(spec: TypeSpec, path: string, inputs: Json): Promise<ResourceState> {
    const body = requestBody(spec, reveal(inputs) as Json);
    const answer = await this.#arm.write(path, spec.apiVersion, body);
    return { id: path, outputs: hideAgain(outputsOf(spec, answer), inputs) };
  }
}

function specOf(urn: string): TypeSpec {
  // A URN holds the types of the resource's parents before its own: `parent$type`.
  return typeSpec(urn.split('::')[2]?.split('$').at(-1) ?? '');
}
