import type { StateFolder } from '../../src/state/state-folder.ts';
import type { Resource } from './resource.ts';

/** All resources of the subscription. */
export interface ResourceStore {
  find(id: string): Resource | undefined;
  ofType(type: string): readonly Resource[];
  all(): readonly Resource[];
  put(resource: Resource): void;
  remove(id: string): void;
  /** A resource and everything below it, children before their parents. */
  withDescendants(id: string): readonly Resource[];
}

/** Opens the resources kept in the state folder. */
export function openResourceStore(state: StateFolder): ResourceStore {
  const document = state.document<Record<string, Resource>>('resources', () => ({}));
  const key = (id: string): string => id.toLowerCase();
  return {
    find: (id) => document.value[key(id)],
    all: () => Object.values(document.value),
    ofType: (type) =>
      Object.values(document.value).filter(
        (each) => each.type.toLowerCase() === type.toLowerCase(),
      ),
    put: (resource) => {
      document.value[key(resource.id)] = resource;
      document.save();
    },
    remove: (id) => {
      document.value = Object.fromEntries(
        Object.entries(document.value).filter(([each]) => each !== key(id)),
      );
      document.save();
    },
    withDescendants: (id) =>
      Object.entries(document.value)
        .filter(([each]) => each === key(id) || each.startsWith(`${key(id)}/`))
        .sort(([one], [other]) => other.length - one.length)
        .map(([, resource]) => resource),
  };
}
