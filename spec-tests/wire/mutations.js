// Frames that are wrong in one place, made from a right one.

/** Yields `{what, frame}`; the `type` stays, for without it a frame has no schema. */
export function* mutations(frame) {
  for (const path of places(frame)) {
    if (path[0] === "type") continue;
    const at = "/" + path.join("/");
    if (path.length > 0) {
      const value = lookUp(frame, path);
      yield edited(`${at} is missing`, frame, path, (parent, key) => {
        if (Array.isArray(parent)) parent.splice(key, 1);
        else delete parent[key];
      });
      for (const wrong of [null, 7.5, -1, "", "\u00e9", "x".repeat(300), [], {}, true]) {
        if (JSON.stringify(wrong) === JSON.stringify(value)) continue;
        yield edited(`${at} is ${JSON.stringify(wrong).slice(0, 20)}`, frame, path, (parent, key) => { parent[key] = wrong; });
      }
    }
    const value = lookUp(frame, path);
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      yield edited(`${at} has an unknown field`, { frame }, ["frame", ...path], (parent, key) => { parent[key].surprise = 1; }, "frame");
    }
  }
}

function* places(value, path = []) {
  yield path;
  if (value === null || typeof value !== "object") return;
  for (const key of Object.keys(value)) yield* places(value[key], [...path, key]);
}

const lookUp = (frame, path) => path.reduce((value, key) => value[key], frame);

function edited(what, original, path, edit, take) {
  const copy = structuredClone(original);
  edit(lookUp(copy, path.slice(0, -1)), path.at(-1));
  return { what, frame: take ? copy[take] : copy };
}
