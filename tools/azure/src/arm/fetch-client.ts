import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';

/**
 * Sends the pipeline's requests by `fetch`: it believes the certificates that this process believes,
 * and tests put theirs in its place.
 */
export function fetchClient(send: typeof fetch): HttpClient {
  return {
    sendRequest: async (request) => {
      const { body } = request;
      const answer = await send(request.url, {
        method: request.method,
        headers: request.headers.toJSON(),
        ...(typeof body === 'string' && { body }),
      });
      return {
        request,
        status: answer.status,
        headers: createHttpHeaders(Object.fromEntries(answer.headers)),
        bodyAsText: await answer.text(),
      };
    },
  };
}
