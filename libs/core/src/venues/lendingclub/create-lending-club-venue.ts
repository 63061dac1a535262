import { MispricedError } from '../../domain/errors.ts';
import type { Venue } from '../../domain/venue.ts';
import { venueOverfilled } from '../../domain/venue-overfilled.ts';
import { accountMarkOf } from '../account-mark.ts';
import { lendingClubApiUrl } from './api-url.ts';
import {
  createLendingClubClient,
  type LendingClubConnection,
  parseJson,
  problemOfOrders,
} from './client.ts';
import { lendingClubDeclaration } from './declaration.ts';
import { orderAnswerInvalid } from './errors.ts';
import { orderBody } from './order-body.ts';
import { parseAvailableCash, parseNotes } from './parse-account.ts';
import { lendingClubName, parseLendingClubListing } from './parse-listing.ts';
import { allAlike, overfilledOrders, parseOrderAnswer } from './parse-order-answer.ts';
import { parseRefusal } from './refusal.ts';

/** What a venue of LendingClub's kind needs. */
export interface LendingClubOptions extends Omit<LendingClubConnection, 'apiUrl'> {
  /** `https://api.example`, with or without `/api/investor/v1`. */
  readonly baseUrl: string;
  /** The investor's account, digits. */
  readonly accountId: string;
}

/**
 * The market of LendingClub's REST API v1, which the simulated market speaks too.
 *
 * Reads are repeated with growing pauses; orders are sent once, since the API knows no idempotency
 * key. All requests of one venue share its limit of one a second.
 *
 * @throws MispricedError `CONFIG_INVALID` for an account or a URL that cannot be.
 */
export function createLendingClubVenue(options: LendingClubOptions): Venue {
  const { baseUrl, accountId, ...connection } = options;
  if (!/^[1-9]\d*$/.test(accountId)) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `${JSON.stringify(accountId)} cannot be an account of LendingClub.`,
      fix: 'Set the account id, a whole number, in the configuration of the venue.',
    });
  }
  const apiUrl = lendingClubApiUrl(baseUrl);
  const client = createLendingClubClient({ ...connection, apiUrl });
  const account = `/accounts/${accountId}`;

  return {
    name: lendingClubName,
    accountMark: accountMarkOf(lendingClubName, new URL(apiUrl).hostname, accountId),
    declaration: lendingClubDeclaration,

    async listSecurities() {
      return parseLendingClubListing(await client.read('/loans/listing?showAll=true'));
    },

    async availableCash() {
      const path = `${account}/availablecash`;
      return parseAvailableCash(await client.read(path), `GET ${path}`);
    },

    async placeOrders(batch, { mayStillSend }) {
      if (batch.length === 0) return { results: [], problem: null };
      const path = `${account}/orders`;
      const result = await client.sendOrders(path, orderBody(accountId, batch), mayStillSend);
      const body = result.answered ? parseJson(result.text) : undefined;
      if (result.answered && result.status === 200) {
        const results = parseOrderAnswer(batch, body);
        const overfilled = overfilledOrders(batch, body, lendingClubDeclaration);
        if (overfilled.length > 0) return { results, problem: venueOverfilled(overfilled) };
        const isUnclear = results.every(({ outcome }) => outcome === 'unknown');
        return { results, problem: isUnclear ? orderAnswerInvalid(`POST ${path}`) : null };
      }
      const refusal = parseRefusal(body);
      const isRefused =
        result.answered &&
        lendingClubDeclaration.refusesBeforeEffect({ status: result.status, body });
      return {
        results: allAlike(batch, isRefused ? 'refused' : 'unknown', refusal?.words),
        problem: problemOfOrders({ result, isRefused }, connection, path),
        isUnanswered: !result.answered,
      };
    },

    async findOrders() {
      const path = `${account}/notes`;
      return parseNotes(await client.read(path), `GET ${path}`);
    },
  };
}
