import { z } from 'zod';
import { type Problem, problemsOf } from '../../http/problem.ts';

const loanOrTheLike = z.int().positive();

const orderRequestSchema = z.object({
  aid: loanOrTheLike,
  orders: z
    .array(
      z.object({
        loanId: loanOrTheLike,
        requestedAmount: z
          .number()
          .positive()
          .refine((amount) => /^\d+(\.\d\d?)?$/.test(String(amount)), 'must be in whole cents'),
        portfolioId: loanOrTheLike.nullish(),
      }),
    )
    .min(1),
});

/** A request to buy as a client sends it: `aid` is the account, amounts are dollars. */
export type OrderRequest = z.infer<typeof orderRequestSchema>;

/** A well-formed request, or everything that is wrong with it. */
export type ParsedOrderRequest =
  | { readonly request: OrderRequest; readonly problems: null }
  | { readonly request: null; readonly problems: readonly Problem[] };

export function parseOrderRequest(body: unknown): ParsedOrderRequest {
  const result = orderRequestSchema.safeParse(body);
  return result.success
    ? { request: result.data, problems: null }
    : { request: null, problems: problemsOf(result.error) };
}
