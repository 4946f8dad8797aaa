// The page's colours for a canvas, which knows no custom properties.

export interface Colours {
  readonly ground: string;
  readonly text: string;
  readonly line: string;
  readonly crosshair: string;
  readonly label: string;
  readonly up: string;
  readonly down: string;
  readonly upVolume: string;
  readonly downVolume: string;
  readonly font: string;
}

/** As they hold at `element`: those of stale data differ. */
export function coloursAt(element: HTMLElement): Colours {
  // `light-dark()` is resolved in a property that is a colour, not in the custom one.
  const probe = element.ownerDocument.createElement('i');
  element.append(probe);
  const style = getComputedStyle(probe);
  const colour = (name: string) => {
    probe.style.color = `var(${name})`;
    return style.color;
  };
  const colours = {
    ground: colour('--panel'),
    text: colour('--faint'),
    line: colour('--grid'),
    crosshair: colour('--edge'),
    label: colour('--label'),
    up: colour('--up'),
    down: colour('--down'),
    upVolume: colour('--up-volume'),
    downVolume: colour('--down-volume'),
    font: style.fontFamily,
  };
  probe.remove();
  return colours;
}
