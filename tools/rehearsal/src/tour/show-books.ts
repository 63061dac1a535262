import { stackOf, type Tour } from './tour-step.ts';

/** Shows what the ledger says of the runs so far, and that the market says the same. */
export async function showBooks(tour: Tour): Promise<void> {
  const runs = await stackOf(tour).runs();
  const counts = new Map<string, number>();
  for (const { finished } of runs) {
    const status = finished?.status ?? 'open';
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  const said = [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
  const orders = await tour.rehearsal.market.orders();
  tour.tell(`the ledger has ${said}; the market has filled ${orders.length} orders`);
  const slots = runs.map(({ started }) => started.slot);
  if (new Set(slots).size !== slots.length) throw new Error('A slot ran twice.');
  const wrong = runs.filter(({ finished }) => finished?.status === 'failed');
  if (wrong.length > 0) throw new Error(`A run failed: ${wrong[0]?.started.slot ?? ''}`);
}
