#!/usr/bin/env node
// What the step azure/login leaves behind, for tests: an `az` that is signed in as the identity that
// the job's variables name. It does the one thing that clients ask of it, to get a token, and gets it
// as the real one would: with the job's own token from GitHub.
const [group, verb, ...words] = process.argv.slice(2);
const option = (name) => words[words.indexOf(name) + 1];
const environment = process.env;

async function main() {
  if (group !== 'account' || verb !== 'get-access-token') throw new Error(`az ${group} ${verb}?`);
  const audience = encodeURIComponent('api://AzureADTokenExchange');
  const asked = await fetch(`${environment.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=${audience}`, {
    headers: { authorization: `Bearer ${environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
  });
  const { value } = await asked.json();
  const authority = environment.AZURE_AUTHORITY_HOST;
  const answer = await fetch(`${authority}/${environment.ARM_TENANT_ID}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: environment.ARM_CLIENT_ID,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: value,
      scope: words.includes('--scope') ? option('--scope') : `${option('--resource')}/.default`,
    }),
  });
  const token = await answer.json();
  if (!answer.ok) throw new Error(token.error_description);
  const expires = new Date(Date.now() + token.expires_in * 1000);
  console.log(
    JSON.stringify({
      accessToken: token.access_token,
      expiresOn: expires.toISOString(),
      expires_on: Math.floor(expires.getTime() / 1000),
      subscription: environment.ARM_SUBSCRIPTION_ID,
      tenant: environment.ARM_TENANT_ID,
      tokenType: 'Bearer',
    }),
  );
}

main().catch((error) => {
  console.error(`ERROR: ${error.message}`);
  process.exitCode = 1;
});
