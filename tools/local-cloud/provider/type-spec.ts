/** A JSON object as it goes over the wire. */
export type Json = Record<string, unknown>;

/**
 * How one resource type of azure-native becomes a request to the resource manager. The real provider
 * reads this from Azure's own API descriptions; here stands the part that the project uses.
 */
export interface TypeSpec {
  /** The token after `azure-native:`. */
  token: string;
  /** Path with `{parameter}` for inputs; `{subscriptionId}` is the provider's own. */
  path: string;
  apiVersion: string;
  /** The input that is the resource's own name, and how a name is made where none is given. */
  name?: { input: string; auto: 'random' | 'uuid' };
  /** Inputs that stand beside `properties` in the body; all others stand within. */
  topLevel: readonly string[];
  /** True where the program itself writes `properties`. */
  keepsProperties?: boolean;
  /** Inputs that have another name within `properties`. */
  renamed?: Readonly<Record<string, string>>;
  /** Inputs, besides those of the path, that cannot change in place. */
  replaceOn?: readonly string[];
  /**
   * There from the start, as part of something else: a first write is no conflict. There is nothing
   * to delete either, so that deleting writes this state, which Azure had begun with.
   */
  initialState?: Json;
  /** Read with a POST to this sub-path, for Azure shows it to nobody with a GET. */
  readWith?: 'list';
}

const group = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}';

/** The path of a resource in a group. */
export function inGroup(rest: string): string {
  return `${group}/providers/${rest}`;
}
