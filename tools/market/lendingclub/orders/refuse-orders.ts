import type { ExecutionStatus } from './execution-status.ts';
import type { OrderAnswer } from './order-answer.ts';
import type { OrderRequest } from './order-request.ts';

/** The answer to a request of which nothing is taken, for one reason. */
export function refuseOrders(request: OrderRequest, status: ExecutionStatus): OrderAnswer {
  return {
    orderInstructId: null,
    orderConfirmations: request.orders.map(({ loanId, requestedAmount }) => ({
      loanId,
      requestedAmount,
      investedAmount: 0,
      executionStatus: [status],
    })),
  };
}
