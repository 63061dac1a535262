import { describe, expect, it } from 'vitest';
import { withName } from './auto-name.ts';
import type { Json } from './type-spec.ts';
import { typeSpec } from './type-table.ts';

const urn = 'urn:pulumi:dev::mispriced::azure-native:storage:StorageAccount::mpdev';
const seed = new Uint8Array([1, 2, 3]);

function named(inputs: Json, oldInputs: Json = {}, type = 'azure-native:storage:StorageAccount') {
  return withName({ spec: typeSpec(type), inputs, oldInputs, urn, seed });
}

describe('withName', () => {
  it('makes a name, the same for the same seed', () => {
    const { accountName } = named({});
    expect(accountName).toMatch(/^mpdev[0-9a-f]{8}$/);
    expect(named({})['accountName']).toBe(accountName);
  });

  it('keeps the name that it made before, but not one that the program gave up', () => {
    const made = { accountName: 'mpdev12345678', __autonamed: true };
    expect(named({}, made)).toEqual(made);
    expect(named({}, { accountName: 'given' })['accountName']).toMatch(/^mpdev/);
  });

  it('takes the name that the program gives', () => {
    expect(named({ accountName: 'given' })).toEqual({ accountName: 'given' });
  });

  it('makes a UUID for an assignment of a role', () => {
    const made = named({}, {}, 'azure-native:authorization:RoleAssignment');
    expect(made['roleAssignmentName']).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});
