/** Counts what is under way, so that a test or a tool can wait until nothing is. */
export class Activity {
  #count = 0;
  readonly #waiting = new Set<() => void>();

  /** Counts the work as under way until it has ended, however it ends. */
  async track<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#count += 1;
    try {
      return await work();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) this.#wake();
    }
  }

  /** Resolves when nothing is under way, also after what the last of it set going at once. */
  async whenIdle(): Promise<void> {
    do {
      if (this.#count > 0) await new Promise<void>((resolve) => this.#waiting.add(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#count > 0);
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
