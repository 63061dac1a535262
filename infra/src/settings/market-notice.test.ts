import { readTextsFrom } from '@mispriced/config';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../test/stack-kinds.ts';
import { marketNotice } from './market-notice.ts';

const market = { venueUrl: 'https://api.example.com/v1', venueAccountId: '70001' };
const files = (stage: string) =>
  readTextsFrom({ 'config/defaults.yaml': 'venue:\n  name: lendingclub\n', ...asFile(stage) });
function asFile(stage: string): Record<string, string> {
  return { 'config/prod.yaml': stage, 'config/local.yaml': 'venue:\n  url: http://127.0.0.1:1\n' };
}

describe('marketNotice', () => {
  it('names what is missing, the file and the commands', async () => {
    const notice = await marketNotice(settingsOf('prod'), files(''));
    expect(notice).toContain('prod has no market yet');
    expect(notice).toContain('venue.url and venue.account_id are set, here or in config/prod.yaml');
    expect(notice).toContain('pulumi config set mispriced:venueUrl https://');
    expect(notice).toContain('pulumi config set mispriced:venueAccountId 70001 --stack prod');
  });

  it('says nothing where the stack or its file names a market', async () => {
    expect(await marketNotice(settingsOf('prod', market), files(''))).toBeNull();
    const named = files('venue:\n  url: https://api.example.com/v1\n  account_id: "7"\n');
    expect(await marketNotice(settingsOf('prod'), named)).toBeNull();
    const replayed = files('venue:\n  name: replay\n  listing: blob:data/replay/listing.json\n');
    expect(await marketNotice(settingsOf('prod'), replayed)).toBeNull();
  });

  it.each(['dev', 'pr-12', 'local'])('says nothing of %s, which needs no market', async (name) => {
    expect(await marketNotice(settingsOf(name), files(''))).toBeNull();
  });
});
