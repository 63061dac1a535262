export { type Certificate, keepCertificate } from './certificate.ts';
export { HttpError } from './http-error.ts';
export { bearerToken, checkedBody, header, type HttpRequest, jsonBody } from './http-request.ts';
export { answer, type HttpResponse } from './http-response.ts';
export { listen, type Listener } from './listen.ts';
export { readRequest, target } from './read-request.ts';
export { findRoute, type Route, type RouteParameters } from './route.ts';
export { errorResponse, writePlainResponse, writeResponse } from './write-response.ts';
export { writeAtomically } from './write-atomically.ts';
