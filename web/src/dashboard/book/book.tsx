// The order book of the selected symbol: bids to the left, asks to the right, best on top.
import type { OrderbookSnapshotFrame, OrderbookUpdateFrame, SymbolInfo } from 'tickwire';
import type { Reduction } from 'tickwire/react';
import { useEffect, useState } from 'react';
import { useFeed } from '../feed';
import { applied, ladder, STEPS, suitableStep, type Book, type Ladder, type Rung } from '../market/book';
import { price, quantity, share, volume } from '../market/format';
import { useSession } from '../session';

/** So many rungs a side. */
const RUNGS = 12;

const BOOK: Reduction<OrderbookSnapshotFrame | OrderbookUpdateFrame, Book | undefined> = {
  initial: undefined,
  reduce: applied,
};

const EMPTY: Ladder = { bids: [], asks: [], bestBid: undefined, bestAsk: undefined, largest: 0 };

export function OrderBook({ info }: { info: SymbolInfo }) {
  const { client } = useSession();
  const { symbol, price_decimals: decimals } = info;
  const { value: book, error } = useFeed(client.orderbook({ symbol }), 'state', BOOK);
  const [step, setStep] = useState<number>();
  // Once, since rungs that change their width cannot be followed.
  useEffect(() => {
    if (step === undefined && book !== undefined) setStep(suitableStep(book, RUNGS, decimals));
  }, [step, book, decimals]);
  const { bids, asks, bestBid, bestAsk, largest } =
    book === undefined || step === undefined ? EMPTY : ladder(book, step, RUNGS, decimals);
  const spread = bestBid === undefined || bestAsk === undefined ? undefined : bestAsk - bestBid;
  const row = (index: number) => ({ bid: bids[index], ask: asks[index] });
  return (
    <section className="panel book" aria-label="Order book">
      <header>
        <h2>Order book</h2>
        <span className="book-spread">
          Spread <b>{price(spread, decimals)}</b>{' '}
          <span className="aside">{spread === undefined || bestBid === undefined ? '' : share(spread / bestBid)}</span>
        </span>
        <select aria-label="Group prices by" value={step ?? 1} onChange={(event) => setStep(Number(event.target.value))}>
          {STEPS.map((one) => (
            <option key={one} value={one}>{price(one / 10 ** decimals, decimals)}</option>
          ))}
        </select>
      </header>
      {error ? <p className="empty" role="alert">No order book: {error.message}</p> : (
        <table>
          <thead>
            <tr>
              <th scope="col" className="total">Total</th>
              <th scope="col">Size</th>
              <th scope="col" className="at-bid">Bid</th>
              <th scope="col" className="at-ask">Ask</th>
              <th scope="col">Size</th>
              <th scope="col" className="total">Total</th>
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: RUNGS }, (_, index) => row(index)).map(({ bid, ask }, index) => (
              <tr key={index}>
                <td className="total">{bid && volume(bid.total)}</td>
                <td className="size"><Bar rung={bid} largest={largest} side="bid" />{bid && quantity(bid.size)}</td>
                <td className="at-bid up">{bid && price(bid.price, decimals)}</td>
                <td className="at-ask down">{ask && price(ask.price, decimals)}</td>
                <td className="size"><Bar rung={ask} largest={largest} side="ask" />{ask && quantity(ask.size)}</td>
                <td className="total">{ask && volume(ask.total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** As long as the size is large, from the price outwards. An SVG, since the policy forbids `style`. */
function Bar({ rung, largest, side }: { rung: Rung | undefined; largest: number; side: 'bid' | 'ask' }) {
  const share = rung === undefined || largest === 0 ? 0 : (rung.size / largest) * 100;
  return (
    <svg className={`bar bar-${side}`} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect x={side === 'bid' ? 100 - share : 0} width={share} height="1" />
    </svg>
  );
}
