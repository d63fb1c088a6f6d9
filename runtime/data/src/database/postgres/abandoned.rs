//! Connections on which a statement may still run that nobody waits for any more.

use std::pin::pin;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::timeout;

use super::manager::Object;

/// How long a statement may go on before it is cancelled: most are over by then.
const MERCY: Duration = Duration::from_millis(50);
/// How long the server may take to cancel a statement.
const PATIENCE: Duration = Duration::from_secs(10);

/// Stops what still runs on a connection; only when nothing does, it counts as free again.
pub(super) fn settle(client: Object) {
    match Handle::try_current() {
        Ok(runtime) => drop(runtime.spawn(wind_up(client))),
        // Where nothing can wait, the connection is closed, whatever it does.
        Err(_) => drop(Object::take(client)),
    }
}

async fn wind_up(client: Object) {
    if !is_free(&client).await {
        // Who comes next must not be hit by a cancellation that is late.
        drop(Object::take(client));
    }
}

/// Whether nothing runs on a connection any more without having been stopped. What does is stopped.
async fn is_free(client: &Object) -> bool {
    // What is asked last is answered last.
    let mut idle = pin!(client.batch_execute(""));
    if let Ok(answered) = timeout(MERCY, &mut idle).await {
        // Or else the connection is lost, and what ran on it, too.
        return answered.is_ok();
    }
    let stopping = async {
        // Several may wait in a row: each that is cancelled makes room for the next.
        loop {
            // A server that cannot be reached for that has lost the connection, too.
            let _ = client.cancel().await;
            if timeout(MERCY, &mut idle).await.is_ok() {
                break;
            }
        }
    };
    // Either way it is over.
    let _ = timeout(PATIENCE, stopping).await;
    false
}
