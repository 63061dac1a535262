const RealDate = Date;
let offsetMs = 0;
let isInstalled = false;

/**
 * Makes `Date` in this process tell the host's time instead of the machine's. For tests with a
 * clock of their own only: Azure has nothing like it.
 */
export function followHostClock(nowMs: number): void {
  offsetMs = nowMs - RealDate.now();
  if (isInstalled) return;
  isInstalled = true;
  const now = (): number => RealDate.now() + offsetMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as object,
    apply: () => new RealDate(now()).toString(),
    get: (target, property, receiver) =>
      property === 'now' ? now : (Reflect.get(target, property, receiver) as unknown),
  });
}
