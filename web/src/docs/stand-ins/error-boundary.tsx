// Stands in for the component's error boundary, which gets a new key whenever its children change:
// that mounts the whole page a second time after the first paint and a third when a plugin
// arrives, and forgets what the reader has opened.
import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { Problem } from '../problem';

export default function StableErrorBoundary({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary
      fallbackRender={({ error }) => (
        <Problem title="The document cannot be shown" detail={String(error)} />
      )}
    >
      {children}
    </ErrorBoundary>
  );
}
