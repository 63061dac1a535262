/** What a market on another transport than HTTP is built from: nothing here opens a socket. */
export { findApiRoute } from '../http/api-routes.ts';
export { readJsonBody } from '../http/read-json-body.ts';
export { createRateLimit } from '../http/rate-limit.ts';
export type { Market } from './market.ts';
export { initialState, type MarketState } from './market-state.ts';
export { executeOrders } from './orders/execute-orders.ts';
export type { OrderAnswer } from './orders/order-answer.ts';
export { type OrderRequest, parseOrderRequest } from './orders/order-request.ts';
export { refuseOrders } from './orders/refuse-orders.ts';
export { othersBuyAll, type OthersBuy, othersLeaveHalf } from './other-investors.ts';
export type { Offers } from './replay/offers.ts';
export { pacificTime } from './replay/pacific-time.ts';
export { describeProblems, refusal } from './routes/api-errors.ts';
export { lendingClubApi } from './routes/api-routes.ts';
export { refuseAccess } from './routes/refuse-access.ts';
