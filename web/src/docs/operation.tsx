// A plugin of the component, in its slot `operation`, for what it does not show by itself. It heads
// an operation with direction and channel, which all requests on one connection have in common;
// what they are known by is their wire type. And it never opens the parameters of a channel by
// itself, nor says where in the request they stand. The console is what can be tried.
import { Console } from './console/console';
import { useSession } from './session';
import type { ComponentSlotProps, AsyncApiPlugin } from '@asyncapi/react-component/lib/types/types';

/** The value of the slot `operation` of `PluginSlot`, whose module is only types to us. */
const SLOT = 'operation' as ComponentSlotProps['context']['slot'];

type Operation = Extract<ComponentSlotProps['context'], { operation: unknown }>;
type Topic = { pattern?: string; delivery?: string; key?: string; retention?: { replay?: number } };

export const operationPlugin: AsyncApiPlugin = {
  name: 'operation',
  version: '1.0.0',
  install(api) {
    api.registerComponent(SLOT, AboutOperation as React.ComponentType<ComponentSlotProps>);
  },
};

function AboutOperation({ context }: { context: Operation }) {
  return (
    <>
      <Heading {...context} />
      <TryIt {...context} />
      <Parameters {...context} />
    </>
  );
}

function TryIt({ operation }: Operation) {
  const { api } = useSession();
  const found = api.operations.get(operation.id() ?? '');
  return found ? <Console operation={found} /> : null;
}

function Heading({ operation, channel, type }: Operation) {
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

function Parameters({ channel }: Operation) {
  const parameters = channel.parameters().all();
  if (parameters.length === 0) return null;
  return (
    <dl className="operation-parameters">
      {parameters.map((parameter) => {
        const { enum: values } = parameter.json<{ enum?: string[] }>();
        return (
          <div key={parameter.id()}>
            <dt>{`{${parameter.id()}}`}</dt>
            <dd>
              {parameter.description()?.replaceAll('`', '')}
              {values && <> One of {values.join(', ')}.</>}
              {parameter.location() && <code>{parameter.location()}</code>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

const titleOf = (message: { title(): string | undefined; id(): string | undefined }) =>
  message.title() ?? message.id() ?? '';
