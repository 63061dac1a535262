/** Something that goes wrong at the market; SUPPORT.md of the simulated market lists all of it. */
export interface MarketFault {
  readonly route: string;
  readonly fault: string;
  readonly count?: number;
  readonly after?: number;
  readonly status?: number;
  readonly delayMilliseconds?: number;
}

/** Replaces what goes wrong at a market from now on. */
export async function setFaults(marketUrl: string, faults: readonly MarketFault[]): Promise<void> {
  const answer = await fetch(`${marketUrl}/_control/faults`, {
    method: 'PUT',
    body: JSON.stringify(faults),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
