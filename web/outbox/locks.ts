// One sender at a time, over all tabs of this browser.

// Runs the work when nobody else is running any under this lock; waits for its turn.
export type OneAtATime = (work: () => Promise<void>) => Promise<void>;

// Web Locks where they exist; else one at a time in this page only. Two pages may then send the same envelope, which
// the server answers with the same receipt.
export function browserLocks(name: string): OneAtATime {
  const locks = (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
  return locks ? async (work) => { await locks.request(name, work); } : pageLock();
}

export function pageLock(): OneAtATime {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    last = run.catch(() => undefined);
    return run;
  };
}
