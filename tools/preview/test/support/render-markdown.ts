import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Markdown as GitHub reads it, with HTML let through as it stands: what a text could smuggle shows. */
export function renderMarkdown(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

/** The tags and comments of a page in their order, with all that stands in them. */
export function tagsOf(html: string): readonly string[] {
  return html.match(/<!--[\s\S]*?-->|<[^>]*>/g) ?? [];
}

/** What stands outside code, where GitHub looks for mentions, references and addresses. */
export function outsideCode(html: string): string {
  return html.replaceAll(/<code>[^<]*<\/code>/g, '');
}
