import * as pulumi from '@pulumi/pulumi';
import { composeEnvironment } from '../src/compose-environment.ts';
import type { Settings } from '../src/settings/settings.ts';
import { mockOutputs } from './mock-outputs.ts';

/** A resource as the program declared it: what the provider would have been asked for. */
export interface RecordedResource {
  type: string;
  name: string;
  props: Record<string, unknown>;
  isProtected: boolean;
}

/** Runs the real composition against mocks and answers what it declared and what it gives out. */
export async function recordProgram(
  settings: Settings,
): Promise<{ resources: RecordedResource[]; outputs: Record<string, unknown> }> {
  const resources: RecordedResource[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        const props = inputs as Record<string, unknown>;
        if (type.startsWith('azure-native:')) {
          resources.push({ type, name, props, isProtected: false });
        }
        return mockOutputs({ type, name, props });
      },
      call: () => ({}),
    },
    'mispriced',
    settings.stack.name,
    false,
  );
  const declared: { key: string; resource: pulumi.Resource }[] = [];
  const outputs = await pulumi.runtime.runInPulumiStack(() => {
    pulumi.runtime.registerStackTransformation(({ type, name, resource }) => {
      declared.push({ key: keyOf({ type, name }), resource });
      return undefined;
    });
    return Promise.resolve(composeEnvironment(settings));
  });
  await pulumi.runtime.disconnect();
  const isProtected = new Map(
    declared.map(({ key, resource }) => {
      const inherited = resource as unknown as { readonly __protect?: boolean };
      return [key, inherited.__protect === true];
    }),
  );
  return {
    resources: resources.map((one) => ({
      ...one,
      isProtected: isProtected.get(keyOf(one)) ?? false,
    })),
    outputs: outputs ?? {},
  };
}

/** What tells resources apart: a component and a resource in it may have one name. */
function keyOf({ type, name }: { type: string; name: string }): string {
  return `${type}::${name}`;
}
