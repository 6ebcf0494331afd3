// A browser that closes the database under the page, as one short of memory does. Loaded into a page
// by journeys and by the browser tests: `breakNext(how, times)` breaks the transactions that begin from
// then on, `breakEvery(how, nth)` each so-manieth of them.
{
  const begin = IDBDatabase.prototype.transaction;
  let left = 0;
  let every = 0;
  let begun = 0;
  let manner = "";

  const WAYS = {
    /** The connection is gone before the transaction begins. */
    begin(db) {
      db.close();
    },
    /** The connection goes while the first requests are under way: each gets an AbortError. */
    request(db, tx) {
      db.close();
      queueMicrotask(() => end(tx));
    },
    /** All requests succeed, and then the commit does not. */
    commit(db, tx) {
      db.close();
      const objectStore = tx.objectStore;
      tx.objectStore = (name) => {
        const store = objectStore.call(tx, name);
        for (const write of ["add", "put", "delete"]) {
          store[write] = (...given) => {
            const request = IDBObjectStore.prototype[write].apply(store, given);
            request.addEventListener("success", () => queueMicrotask(() => end(tx)));
            return request;
          };
        }
        return store;
      };
    },
    /** It takes place, and the page is told that it did not. */
    told(db, tx) {
      db.close();
      tx.addEventListener("complete", (event) => {
        event.stopImmediatePropagation();
        tx.dispatchEvent(new Event("abort"));
      });
    },
  };

  function end(tx) {
    try {
      tx.abort();
    } catch {
      // It is over already.
    }
  }

  IDBDatabase.prototype.transaction = function (...given) {
    begun += 1;
    if (left <= 0 && !(every && begun % every === 0)) return begin.apply(this, given);
    left -= 1;
    if (manner === "begin") WAYS.begin(this);
    const tx = begin.apply(this, given);
    WAYS[manner](this, tx);
    return tx;
  };

  globalThis.breakNext = (how, times = 1) => {
    manner = how;
    left = times;
    every = 0;
  };

  globalThis.breakEvery = (how, nth) => {
    manner = how;
    left = 0;
    every = nth;
  };
}
