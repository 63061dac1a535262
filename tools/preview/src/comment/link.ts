import { codeText } from './code-text.ts';

/** Letters that mean nothing to Markdown or HTML, neither in a link's target nor around it. */
const plainAddress = /^https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[A-Za-z0-9._~:/?=%&-]*)?$/;

/**
 * A link under words of ours. An address that is not plain HTTPS is shown and not linked, so that no
 * address from elsewhere can be anything but an address.
 */
export function link(words: string, address: string): string {
  return plainAddress.test(address)
    ? `[${words}](<${address}>)`
    : `${words}: ${codeText(address, 500)}`;
}
