// The trades of the selected symbol as they happen, newest first.
import type { SymbolInfo, TradeUpdate } from 'tickwire';
import type { Reduction } from 'tickwire/react';
import { useFeed } from '../feed';
import { price, quantity, timeOfDay } from '../market/format';
import { printed, TAPE } from '../market/tape';
import { useSession } from '../session';

const NEWEST: Reduction<TradeUpdate, readonly TradeUpdate[]> = { initial: [], reduce: printed };

export function Tape({ info }: { info: SymbolInfo }) {
  const { client } = useSession();
  const { symbol, price_decimals: decimals } = info;
  const { value: trades, error } = useFeed(client.trades({ symbol }, { history: TAPE }), 'each', NEWEST);
  return (
    <section className="panel tape" aria-label="Trades">
      <header>
        <h2>Trades</h2>
        <span className="aside">newest {TAPE}</span>
      </header>
      {error ? <p className="empty" role="alert">No trades: {error.message}</p> : (
        <div className="scroll" tabIndex={0} role="group" aria-label="Newest trades">
          <table>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Price</th>
                <th scope="col">Size</th>
              </tr>
            </thead>
            <tbody>
              {/* By place: rows stay, and what they say moves on. A new row on top would move all. */}
              {trades.map(({ time, price: at, size, side }, index) => (
                <tr key={index}>
                  <td className="aside">{timeOfDay(time)}</td>
                  <td className={side === 'buy' ? 'up' : 'down'}>
                    <span className="side" role="img" aria-label={side}>{side === 'buy' ? '▲' : '▼'}</span>
                    {price(at, decimals)}
                  </td>
                  <td>{quantity(size)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {trades.length === 0 && <p className="empty">No trade yet.</p>}
        </div>
      )}
    </section>
  );
}
