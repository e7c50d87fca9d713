// What is shown, in the fragment of the address: it can be kept, sent and opened again.

export function readFragment() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

/** Writes only what differs from how the page opens. */
export function writeFragment(state) {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) {
    if (value !== null && value !== undefined && value !== "") {
      parameters.set(key, String(value));
    }
  }
  history.replaceState(null, "", `#${parameters}`);
}
