import { registerHooks } from 'node:module';

const coreModuleUrl = new URL('./functions-core.ts', import.meta.url).href;

/**
 * Answers every `require` and `import` of `@azure/functions-core` in this process with the host's
 * own, also from inside a bundle that left it external. No package of that name exists.
 */
export function installFunctionsCore(): void {
  registerHooks({
    resolve: (specifier, context, nextResolve) =>
      specifier === '@azure/functions-core'
        ? { url: coreModuleUrl, shortCircuit: true }
        : nextResolve(specifier, context),
  });
}
