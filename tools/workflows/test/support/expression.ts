/** What an expression of a workflow may name, by its first word. */
export type Contexts = Readonly<Record<string, unknown>>;

/** What an expression may call. */
export type Functions = Readonly<Record<string, (...values: readonly unknown[]) => unknown>>;

interface Given {
  readonly contexts: Contexts;
  readonly functions: Functions;
}

const tokenPattern = /\s*('(?:[^']|'')*'|[A-Za-z_][\w.-]*|-?\d+(?:\.\d+)?|==|!=|&&|\|\||[!(),])/y;

/**
 * The value of an expression of GitHub Actions, as far as our workflows use them: paths, texts,
 * calls, comparison without regard to case, and, or, not. What is not there is empty.
 */
export function evaluate(expression: string, given: Given): unknown {
  const tokens = tokenize(expression);
  const parser = new Parser(tokens, given);
  const value = parser.either();
  parser.end();
  return value;
}

/** A text with each `${{ }}` in it replaced by its value. */
export function interpolate(text: string, given: Given): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_whole, inner: string) =>
    asText(evaluate(inner, given)),
  );
}

/** Whether a value counts as true. */
export function isTruthy(value: unknown): boolean {
  return !['', 0, false, null, undefined].includes(value as never);
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function tokenize(expression: string): string[] {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  while (expression.slice(tokenPattern.lastIndex).trim() !== '') {
    const at = tokenPattern.lastIndex;
    const [, token] = tokenPattern.exec(expression) ?? [];
    if (token === undefined) throw new Error(`Cannot be read: ${expression.slice(at)}`);
    tokens.push(token);
  }
  return tokens;
}

class Parser {
  readonly #tokens: string[];
  readonly #given: Given;

  constructor(tokens: string[], given: Given) {
    this.#tokens = tokens;
    this.#given = given;
  }

  end(): void {
    if (this.#tokens.length > 0) throw new Error(`Too much: ${this.#tokens.join(' ')}`);
  }

  either(): unknown {
    let value = this.#both();
    while (this.#take('||')) {
      const other = this.#both();
      value = isTruthy(value) ? value : other;
    }
    return value;
  }

  #both(): unknown {
    let value = this.#compared();
    while (this.#take('&&')) {
      const other = this.#compared();
      value = isTruthy(value) ? other : value;
    }
    return value;
  }

  #compared(): unknown {
    const value = this.#single();
    for (const operator of ['==', '!='] as const) {
      if (!this.#take(operator)) continue;
      const isSame = asText(value).toLowerCase() === asText(this.#single()).toLowerCase();
      return operator === '==' ? isSame : !isSame;
    }
    return value;
  }

  #single(): unknown {
    if (this.#take('!')) return !isTruthy(this.#single());
    if (this.#take('(')) {
      const value = this.either();
      this.#need(')');
      return value;
    }
    const token = this.#tokens.shift() ?? '';
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^-?\d/.test(token)) return Number(token);
    if (token === 'true' || token === 'false') return token === 'true';
    return this.#take('(') ? this.#call(token) : this.#lookUp(token);
  }

  #call(name: string): unknown {
    const values: unknown[] = [];
    while (!this.#take(')')) {
      values.push(this.either());
      this.#take(',');
    }
    const called = this.#given.functions[name];
    if (called === undefined) throw new Error(`There is no function ${name}.`);
    return called(...values);
  }

  #lookUp(path: string): unknown {
    const [first = '', ...rest] = path.split('.');
    if (!(first in this.#given.contexts)) throw new Error(`There is no context ${first}.`);
    return rest.reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null
          ? (value as Record<string, unknown>)[name]
          : undefined,
      this.#given.contexts[first],
    );
  }

  #take(token: string): boolean {
    if (this.#tokens[0] !== token) return false;
    this.#tokens.shift();
    return true;
  }

  #need(token: string): void {
    if (!this.#take(token)) throw new Error(`${token} is missing.`);
  }
}
