// A plugin of the component, in its slot `operation`. The component heads an operation with its
// direction and its channel, which six requests on one connection have in common; what they
// are known by is their wire type.
import type { ComponentSlotProps, AsyncApiPlugin } from '@asyncapi/react-component/lib/types/types';

/** The value of the slot `operation` of `PluginSlot`, whose module is only types to us. */
const SLOT = 'operation' as ComponentSlotProps['context']['slot'];

type Operation = Extract<ComponentSlotProps['context'], { operation: unknown }>;
type Topic = { pattern?: string; delivery?: string; key?: string; retention?: { replay?: number } };

export const operationHeading: AsyncApiPlugin = {
  name: 'operation-heading',
  version: '1.0.0',
  install(api) {
    api.registerComponent(SLOT, OperationHeading as React.ComponentType<ComponentSlotProps>);
  },
};

function OperationHeading({ context: { operation, channel, type } }: { context: Operation }) {
  const titles = operation.messages().all().map(titleOf);
  const replies = operation.reply()?.messages().all().map(titleOf) ?? [];
  const topic = channel.extensions().get('x-topic')?.value<Topic>();
  const facts = [
    topic?.delivery && `delivery ${topic.delivery}`,
    topic?.key && `key ${topic.key}`,
    topic?.retention?.replay !== undefined && `replays ${topic.retention.replay}`,
  ].filter(Boolean);
  return (
    <div className="operation-heading">
      <h3>
        <a href={`#operation-${type}-${operation.id()}`}>
          {operation.json<{ title?: string }>().title ?? titles[0] ?? operation.id()}
        </a>
      </h3>
      {replies.length > 0 && (
        <p>
          {titles.join(' | ')} → {replies.join(' | ')}
        </p>
      )}
      {facts.length > 0 && <p>{facts.join(' · ')}</p>}
    </div>
  );
}

const titleOf = (message: { title(): string | undefined; id(): string | undefined }) =>
  message.title() ?? message.id() ?? '';
