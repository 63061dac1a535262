import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** Checks bodies against Azure's own description of what its resource manager accepts. */
export class AzureContract {
  readonly #folder: string;
  readonly #validators = new Map<string, ValidateFunction>();
  // What a schema has beyond the standard (x-readOnly, x-sensitive) only explains.
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(fixtures: string) {
    this.#folder = join(fixtures, 'azure-contract');
  }

  /** Every way in which a PUT to a path would be refused; a type without a schema is one. */
  violations(request: { path: string; apiVersion: string; body: unknown }): string[] {
    const file = schemaFile(this.#folder, request.path, request.apiVersion);
    if (file === null) return [`${request.path}: no schema for ${request.apiVersion}.`];
    const validate = this.#validators.get(file) ?? this.#compile(file);
    if (validate(request.body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${request.path}: ${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }

  #compile(file: string): ValidateFunction {
    const schema = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const validate = this.#ajv.compile(schema);
    this.#validators.set(file, validate);
    return validate;
  }
}

/** Newest schema to be had of what the SDK sends a newer version of. */
const nearestVersion: Record<string, string> = { '2025-05-01': '2025-03-01' };

function schemaFile(folder: string, path: string, apiVersion: string): string | null {
  const segments = path.split('/providers/').at(-1)?.split('/') ?? [];
  const [namespace = '', ...rest] = path.includes('/providers/')
    ? segments
    : ['Microsoft.Resources', 'resourceGroups', ''];
  const types = rest.filter((_, index) => index % 2 === 0);
  const version = nearestVersion[apiVersion] ?? apiVersion;
  // A fixed name (config/appsettings) has a schema of its own; any other is left out.
  return (
    [[...types, rest.at(-1)], types]
      .map((words) => join(folder, `${namespace}_${words.join('_')}@${version}.schema.json`))
      .find((file) => existsSync(file)) ?? null
  );
}
