use web_sys::IdbDatabase;

use super::{
    Db, StoreError, connection,
    memory::Memory,
    transaction::{Mode, Transaction},
};

impl Db {
    /// One transaction, begun anew on a new connection if it is broken off: up to three times.
    pub(super) async fn run<T>(
        &self,
        stores: &[&str],
        mode: Mode,
        step: impl AsyncFn(&Transaction) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut tries = 3;
        loop {
            let db = self.connection().await;
            if let Some(memory) = self.memory.get() {
                return whole(Transaction::in_memory(memory, stores), &step).await;
            }
            let done = match &db {
                Ok(db) => match Transaction::on_disk(db, stores, mode) {
                    Ok(tx) => whole(tx, &step).await,
                    Err(error) => Err(error),
                },
                Err(error) => Err(*error),
            };
            tries -= 1;
            match done {
                Err(StoreError::Failed | StoreError::Unavailable) if tries > 0 => {
                    self.hang_up(db.ok());
                }
                Err(_) if db.is_err() && !self.as_it_is && !self.has_opened.get() => {
                    self.memory.get_or_init(Memory::default);
                }
                done => return done,
            }
        }
    }

    async fn connection(&self) -> Result<IdbDatabase, StoreError> {
        let held = self.open.borrow().clone();
        if let Some(db) = held {
            return Ok(db);
        }
        if self.is_in_memory() {
            return Err(StoreError::Unavailable);
        }
        let db = connection::open(self.as_it_is).await?;
        if self.is_in_memory() {
            // Others have given up waiting for it.
            db.close();
            return Err(StoreError::Unavailable);
        }
        self.has_opened.set(true);
        self.open.replace(Some(db.clone()));
        Ok(db)
    }

    /// This connection is no good any more; another one may have taken its place meanwhile.
    fn hang_up(&self, db: Option<IdbDatabase>) {
        if let Some(db) = db {
            db.close();
            self.open.replace_with(|held| held.take().filter(|held| *held != db));
        }
    }
}

async fn whole<T>(
    tx: Transaction,
    step: &impl AsyncFn(&Transaction) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let told = step(&tx).await?;
    tx.complete().await?;
    Ok(told)
}
