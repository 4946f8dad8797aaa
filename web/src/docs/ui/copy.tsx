import { useEffect, useState } from 'react';

/** A button that puts `text()` on the clipboard, and says for a moment whether it did. */
export function Copy({ text, label, what }: { text: () => string; label?: string; what: string }) {
  const [result, setResult] = useState<string>();
  useEffect(() => {
    if (result === undefined) return;
    const timer = setTimeout(() => setResult(undefined), 2_000);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = async () => setResult((await toClipboard(text())) ? 'Copied' : 'Not copied');
  return (
    <button type="button" className="quiet" aria-label={`Copy ${what}`} onClick={() => void copy()}>
      <span role="status">{result ?? label ?? 'Copy'}</span>
    </button>
  );
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without TLS, and not on this machine, a page has no clipboard, or is not permitted to use it.
    return byCommand(text);
  }
}

function byCommand(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'off-screen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
