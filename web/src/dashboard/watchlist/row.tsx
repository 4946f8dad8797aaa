// One symbol of the watchlist.
import type { QuoteUpdate } from 'tickwire';
import type { Reduction } from 'tickwire/react';
import { useChange, useFeed, useSymbol } from '../feed';
import { direction } from '../market/direction';
import { change as changeText, percent, price } from '../market/format';
import { useSession } from '../session';
import { Tick } from './tick';

const NEWEST: Reduction<QuoteUpdate, QuoteUpdate | undefined> = { initial: undefined, reduce: (_, quote) => quote };

interface Props {
  symbol: string;
  isSelected: boolean;
  isEditing: boolean;
  onSelect: () => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

export function Row({ symbol, isSelected, isEditing, onSelect, onMove, onRemove }: Props) {
  const { client } = useSession();
  const { data: info, status } = useSymbol(symbol);
  const known = info === undefined ? null : symbol;
  const { value: quote } = useFeed(known === null ? null : client.quotes({ symbol }), 'latest', NEWEST);
  const { last, change, ratio } = useChange(known);
  const decimals = info?.price_decimals ?? 2;
  const isMissing = status === 'failed' && info === undefined;
  return (
    <tr className="watch" data-symbol={symbol} data-selected={isSelected || undefined} onClick={onSelect}>
      <th scope="row">
        {/* A click bubbles to the row. */}
        <button type="button" aria-pressed={isSelected} title={info?.description}>
          {symbol}
        </button>
      </th>
      {isEditing ? (
        <td colSpan={5} className="watch-edit">
          <button type="button" aria-label={`Move ${symbol} up`} onClick={(event) => (event.stopPropagation(), onMove(-1))}>↑</button>
          <button type="button" aria-label={`Move ${symbol} down`} onClick={(event) => (event.stopPropagation(), onMove(1))}>↓</button>
          <button type="button" aria-label={`Remove ${symbol}`} onClick={(event) => (event.stopPropagation(), onRemove())}>✕</button>
        </td>
      ) : isMissing ? (
        <td colSpan={5} className="watch-missing">not on this server</td>
      ) : (
        <>
          <td className="last"><Tick value={last} text={price(last, decimals)} /></td>
          <td className={direction(change)} title={changeText(change, decimals)}>{percent(ratio)}</td>
          <td>{price(quote?.bid, decimals)}</td>
          <td>{price(quote?.ask, decimals)}</td>
          <td className="spread">{price(quote && quote.ask - quote.bid, decimals)}</td>
        </>
      )}
    </tr>
  );
}
