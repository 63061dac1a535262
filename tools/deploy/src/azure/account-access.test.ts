import { ArmClient } from '@mispriced/azure';
import { expect, it } from 'vitest';
import { accountAccess } from './account-access.ts';

const endpoint = 'https://arm.test';
const group = '/subscriptions/s/resourceGroups/g';
const nextLink = `${endpoint}${group}/more`;
const reader = { properties: { roleDefinitionId: '/acdd72a7-3385-48ef-bd42-f606fba81ae7' } };
const dataOwner = { properties: { roleDefinitionId: '/b7e6dc6d-f1e8-4753-8033-0f276bb0955b' } };

/** What is told of an account by a resource manager that has these pages of role assignments. */
function told(...pages: readonly Response[]) {
  const answers = [new Response('{}'), ...pages];
  const arm = new ArmClient({
    endpoint,
    audience: endpoint,
    credential: {
      getToken: () => Promise.resolve({ token: 'a token', expiresOnTimestamp: Infinity }),
    },
    fetch: () => Promise.resolve(answers.shift() ?? Response.error()),
  });
  const mayUseAccount = accountAccess(arm, `${group}/providers/Microsoft.Web/sites/app`);
  return mayUseAccount({ account: 'a', principalId: 'p' });
}

it('finds the role on the second page of the assignments', async () => {
  const first = () => Response.json({ value: [reader], nextLink });
  expect(await told(first(), Response.json({ value: [dataOwner] }))).toBe('yes');
  expect(await told(first(), Response.json({ value: [] }))).toBe('no');
});

it('does not know where the assignments may not be read', async () => {
  expect(await told(Response.json({}, { status: 403 }))).toBe('unknown');
});
