package millrace.service;

import java.time.Duration;

/** What a service says, with codes and hints of its own, of requests that come to none of its routes or break on the way. */
public interface Sentences {
    /** The Host header names another server. */
    Problem foreignHost();

    /** A page of another site would change something. */
    Problem foreignOrigin();

    Problem bodyTooLarge(int mostBytes);

    Problem bodyTooSlow(Duration deadline);

    /** As many requests as are answered at once are being answered. */
    Problem crowded(int most);

    /** Something that is no request. */
    Problem unreadable(int status);

    Problem notFound(String path);

    /** @param allowed the methods that there are */
    Problem wrongMethod(String path, String method, String allowed);

    /** @param reason of the web server */
    Problem unanswerable(int status, String reason);

    /** The service has a fault. */
    Problem broken();

    /** A problem as clients of this service expect it. */
    default Problem form(Problem problem) {
        return problem;
    }
}
