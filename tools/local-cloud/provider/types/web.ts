import { inGroup, type TypeSpec } from '../type-spec.ts';

const site = inGroup('Microsoft.Web/sites/{name}');
const apiVersion = '2025-05-01';
const common = ['location', 'tags', 'kind', 'identity', 'extendedLocation'];

/** Plans, apps and the settings of apps. */
export const webTypes: TypeSpec[] = [
  {
    token: 'web:AppServicePlan',
    path: inGroup('Microsoft.Web/serverfarms/{name}'),
    apiVersion,
    name: { input: 'name', auto: 'random' },
    topLevel: [...common, 'sku'],
    replaceOn: ['location'],
  },
  {
    token: 'web:WebApp',
    path: site,
    apiVersion,
    name: { input: 'name', auto: 'random' },
    topLevel: common,
    replaceOn: ['location'],
  },
  {
    token: 'web:WebAppApplicationSettings',
    path: `${site}/config/appsettings`,
    apiVersion,
    topLevel: ['kind'],
    keepsProperties: true,
    initialState: { properties: {} },
    readWith: 'list',
  },
  {
    token: 'web:WebAppFtpAllowed',
    path: `${site}/basicPublishingCredentialsPolicies/ftp`,
    apiVersion,
    topLevel: ['kind'],
    initialState: { properties: { allow: true } },
  },
  {
    token: 'web:WebAppScmAllowed',
    path: `${site}/basicPublishingCredentialsPolicies/scm`,
    apiVersion,
    topLevel: ['kind'],
    initialState: { properties: { allow: true } },
  },
];
