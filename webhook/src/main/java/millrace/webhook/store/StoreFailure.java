package millrace.webhook.store;

import java.sql.SQLException;

/** The webhook's database cannot be read or written. */
public final class StoreFailure extends RuntimeException {
    public StoreFailure(SQLException cause) {
        super("the webhook's database cannot be used: " + cause.getMessage(), cause);
    }
}
