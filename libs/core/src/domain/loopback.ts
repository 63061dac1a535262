/** Whether a host, as a URL has it, is this machine itself, where plain http betrays nothing. */
export function isLoopbackHost(hostname: string): boolean {
  return /^((.+\.)?localhost|\[::1\]|127(\.\d{1,3}){3})$/i.test(hostname);
}

/** Whether a URL leads to this machine itself. False for what is no URL. */
export function isLoopbackUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && isLoopbackHost(parsed.hostname);
}
