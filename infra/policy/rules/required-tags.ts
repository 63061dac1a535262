import { requiredTags } from '../../src/tags.ts';
import { isA, objectAt, type Rule } from '../rule.ts';

const tagged = [
  'applicationinsights:Component',
  'keyvault:Vault',
  'managedidentity:UserAssignedIdentity',
  'operationalinsights:Workspace',
  'resources:ResourceGroup',
  'storage:StorageAccount',
  'web:AppServicePlan',
  'web:WebApp',
  'web:WebAppSlot',
];

/** What nobody answers for is paid for until somebody finds it. */
export const requiredTagsRule: Rule = {
  name: 'required-tags',
  description: 'Every resource says whose it is, what made it and until when it is wanted.',
  check(resource) {
    if (!isA(resource, ...tagged)) return [];
    const tags = objectAt(resource.props, 'tags');
    return requiredTags
      .filter((name) => typeof tags[name] !== 'string' || tags[name] === '')
      .map((name) => `tags.${name} is missing.`);
  },
};
