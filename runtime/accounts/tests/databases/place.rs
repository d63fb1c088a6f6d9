//! A database of either kind, for one test, with two connections that know nothing of each other.

use std::sync::Arc;
use std::time::Duration;

use umbel_accounts::Identifier;
use umbel_accounts::store::{NewUser, User};
use umbel_accounts::tables::Migrations;
use umbel_data::database::{Database, Executor};
use umbel_data::error::Result;
use umbel_data::values::Timestamp;

/// A database of either kind.
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) one: Database,
    pub(crate) two: Database,
}

impl Place {
    async fn open(url: String) -> Self {
        let one = Database::connect(&url).await.unwrap();
        let two = Database::connect(&url).await.unwrap();
        Self { url, one, two }
    }

    /// Runs SQL past the application: that of the dialect.
    pub(crate) async fn run(&self, postgres: &str, sqlite: &str) {
        match self.url.strip_prefix("sqlite:") {
            Some(path) => {
                let connection = rusqlite::Connection::open(path).unwrap();
                connection.execute_batch(sqlite).unwrap();
            }
            #[cfg(feature = "postgres")]
            None => crate::server::script(&self.url, postgres).await,
            #[cfg(not(feature = "postgres"))]
            None => panic!("{postgres}"),
        }
    }

    /// Does the same over both connections at once: the second is asked while the first, which is in a transaction, has
    /// its answer and has not ended.
    pub(crate) async fn twice<T: Send, F: Future<Output = Result<T>> + Send>(
        &self,
        work: impl Fn(Arc<dyn Executor>) -> F + Sync,
    ) -> [Result<T>; 2] {
        let answered = tokio::sync::Notify::new();
        let (work, answered) = (&work, &answered);
        let first = self.one.transaction(|tx| async move {
            let outcome = work(Arc::new(tx)).await;
            answered.notify_one();
            // It is on its way by then, and waits for us; if it is not, it is only later.
            tokio::time::sleep(Duration::from_millis(50)).await;
            outcome
        });
        let second = async {
            answered.notified().await;
            work(Arc::new(self.two.clone())).await
        };
        tokio::join!(first, second).into()
    }
}

/// Runs a test over an empty database of either kind.
pub(crate) async fn each_empty(test: impl AsyncFn(&Place)) {
    #[cfg(feature = "sqlite")]
    {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection
            .execute_batch("PRAGMA journal_mode = WAL")
            .unwrap();
        drop(connection);
        test(&Place::open(format!("sqlite:{}", path.display())).await).await;
    }
    #[cfg(feature = "postgres")]
    if let Some(fresh) = crate::server::Fresh::new().await {
        test(&Place::open(fresh.url.clone()).await).await;
    }
}

/// Runs a test over a database of either kind that has the own tables.
pub(crate) async fn each(test: impl AsyncFn(&Place)) {
    each_empty(async |place| {
        Migrations::apply(&place.one).await.unwrap();
        test(place).await;
    })
    .await;
}

/// So many seconds after a moment.
pub(crate) fn at(seconds: i64) -> Timestamp {
    const NOON: i64 = 800_000_000;
    Timestamp::from_micros_since_2000((NOON + seconds) * 1_000_000 + 250_000)
}

/// A user of a name.
pub(crate) async fn user(db: &dyn Executor, login: &str) -> User {
    create(db, login, None).await.unwrap()
}

pub(crate) async fn create(db: &dyn Executor, login: &str, email: Option<&str>) -> Result<User> {
    let login = Identifier::user_name(login).unwrap();
    let email = email.map(|email| Identifier::email(email).unwrap());
    let new = NewUser {
        login: &login,
        email: email.as_ref(),
        password_hash: None,
        name: "",
        is_superuser: false,
        is_staff: false,
        source_key: None,
    };
    User::create(db, new, at(0)).await
}
