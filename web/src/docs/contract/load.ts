// Fetches the contract from the server that also serves this page.

/** An AsyncAPI document as it comes: JSON, references not yet followed. */
export type Contract = { asyncapi: string; [key: string]: unknown };

/** The document could not be had; `message` is for the reader. */
export class LoadError extends Error {}

export async function load(url: string): Promise<Contract> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new LoadError(`${url} did not arrive: is the server still running?`, { cause });
  }
  if (!response.ok) {
    throw new LoadError(`The server answered ${response.status} to ${url}.`);
  }
  let document: unknown;
  try {
    document = await response.json();
  } catch (cause) {
    throw new LoadError(`${url} is not JSON: ${(cause as Error).message}.`, { cause });
  }
  const version = (document as Partial<Contract> | null)?.asyncapi;
  if (typeof version !== 'string') {
    throw new LoadError(`${url} is JSON, but not an AsyncAPI document.`);
  }
  if (!version.startsWith('3.')) {
    throw new LoadError(`${url} is AsyncAPI ${version}; this page shows AsyncAPI 3.`);
  }
  return document as Contract;
}
