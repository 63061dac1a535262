import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand } from './support/run-command.ts';
import { newFolder, runOverFiles, settingsOverFiles } from './support/run-once.ts';
import { craftBooks, craftedOrderId } from './support/state-of-books.ts';
import { startTestMarket, type TestMarket } from './support/test-market.ts';

let market: TestMarket;
let stateFolder: string;

beforeEach(async () => {
  market = await startTestMarket();
  stateFolder = await newFolder();
});

afterEach(async () => {
  await market.close();
});

interface Differences {
  readonly account: string;
  readonly differences: number;
  readonly found: readonly object[];
  readonly foreign: readonly object[];
  readonly missing: readonly object[];
  readonly open: readonly object[];
  readonly closed: readonly string[];
  readonly accepted: readonly object[];
  readonly baseline: readonly object[];
}

async function reconcile(...words: readonly string[]) {
  const end = await runCommand(['reconcile', '--stack', 'local', '--json', ...words], {
    environment: {
      ...(await settingsOverFiles(stateFolder)),
      ...market.environment,
      MISPRICED__VENUE__URL: market.url,
    },
  });
  return { ...end, said: JSON.parse(end.stdout) as Differences };
}

const agreement = {
  account: 'main',
  differences: 0,
  found: [],
  foreign: [],
  missing: [],
  open: [],
  closed: [],
  accepted: [],
  baseline: [],
};

/** Somebody buys 25 dollars of a security with the same account. */
async function buyByHand(loanId: number): Promise<void> {
  const { MISPRICED__VENUE__ACCOUNT_ID: aid = '', MISPRICED__TRADING_API_KEY: key = '' } =
    market.environment;
  const response = await fetch(`${market.url}/api/investor/v1/accounts/${aid}/orders`, {
    method: 'POST',
    headers: { authorization: key, 'content-type': 'application/json' },
    body: JSON.stringify({ aid: Number(aid), orders: [{ loanId, requestedAmount: 25 }] }),
  });
  expect(response.status).toBe(200);
}

/** The live run of the tests' slot. */
function trade() {
  return runOverFiles(['--mode', 'live', '--market-url', market.url], {
    environment: market.environment,
    stateFolder,
  });
}

async function anyLoan(): Promise<number> {
  const { MISPRICED__TRADING_API_KEY: key = '' } = market.environment;
  const response = await fetch(`${market.url}/api/investor/v1/loans/listing?showAll=true`, {
    headers: { authorization: key },
  });
  const { loans } = (await response.json()) as { loans: readonly { id: number }[] };
  return loans[0]?.id ?? 0;
}

it('an account that holds what the ledger says agrees with it', async () => {
  expect((await trade()).summary).toMatchObject({ status: 'traded', bought: 40 });
  const end = await reconcile();
  expect(end).toMatchObject({ exitCode: 0, said: agreement });
});

it('what an account held at its first reading is no difference', async () => {
  const loanId = await anyLoan();
  await buyByHand(loanId);
  const baseline = [{ listingId: String(loanId), amount: '25.00' }];
  expect(await reconcile()).toMatchObject({ exitCode: 0, said: { ...agreement, baseline } });
  expect(await reconcile()).toMatchObject({ exitCode: 0, said: agreement });
});

it('what somebody else bought is foreign once, and stops no run', async () => {
  await reconcile();
  const loanId = await anyLoan();
  await buyByHand(loanId);
  const foreign = [{ listingId: String(loanId), amount: '25.00' }];
  const end = await reconcile();
  expect(end).toMatchObject({ exitCode: 1, said: { ...agreement, differences: 1, foreign } });
  expect(await reconcile()).toMatchObject({ exitCode: 0, said: agreement });
  expect((await trade()).summary).toMatchObject({ status: 'traded', error: null });
});

it('an order that nobody saw end stays open until somebody closes it', async () => {
  const loan = String(await anyLoan());
  await craftBooks(stateFolder, [{ listingId: loan, outcome: null }]);
  const orderId = craftedOrderId(loan);
  const open = [{ orderId, listingId: loan, amount: '25.00' }];
  for (let reading = 0; reading < 4; reading += 1) {
    const end = await reconcile();
    expect(end).toMatchObject({ exitCode: 1, said: { ...agreement, differences: 1, open } });
  }
  const other = await reconcile('--close', 'no-such-order');
  expect(other).toMatchObject({ exitCode: 1, said: { error: { code: 'DATA_INVALID' } } });

  const closed = await reconcile('--close', orderId);
  expect(closed).toMatchObject({ exitCode: 0, said: { ...agreement, closed: [orderId] } });
  expect(await reconcile()).toMatchObject({ exitCode: 0, said: agreement });
});

it('an open order that the account shows is found, and cannot be closed', async () => {
  const loanId = await anyLoan();
  await craftBooks(stateFolder, [{ listingId: String(loanId), outcome: null }]);
  await buyByHand(loanId);
  const orderId = craftedOrderId(String(loanId));
  const end = await reconcile('--close', orderId);
  expect(end).toMatchObject({ exitCode: 1, said: { error: { code: 'DATA_INVALID' } } });
  expect(await reconcile()).toMatchObject({ exitCode: 0, said: agreement });
});

it('what was bought and is missing halts every run until somebody accepts it', async () => {
  const loan = String(await anyLoan());
  await craftBooks(stateFolder, [{ listingId: loan, outcome: 'filled' }]);
  const missing = [{ listingId: loan, amount: '25.00' }];
  const short = { ...agreement, differences: 1, missing };
  expect(await reconcile()).toMatchObject({ exitCode: 1, said: short });
  const halted = await trade();
  expect(halted).toMatchObject({
    exitCode: 1,
    summary: { status: 'halted', spent: '0.00', error: { code: 'ACCOUNT_SHORT' } },
  });
  expect((await market.log()).orders).toEqual([]);

  const accepted = { ...agreement, accepted: missing };
  expect(await reconcile('--accept-missing')).toMatchObject({ exitCode: 0, said: accepted });
  expect(await reconcile()).toMatchObject({ exitCode: 0, said: agreement });
});
