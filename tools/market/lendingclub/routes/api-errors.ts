import { answer, type HttpResponse } from '@mispriced/loopback-server';
import { type Problem, problem } from '../../http/problem.ts';

/** What is wrong with a request, in the shape of LendingClub's error objects. */
export function describeProblems(problems: readonly Problem[]): object {
  return { errors: problems };
}

/** An error that is not about one field of the request. */
export function refusal(status: number, code: string, message: string): HttpResponse {
  return answer(status, describeProblems([problem(code, message)]));
}
