package io.wormhole.runtime.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wormhole.channel.payment.PaymentNotPossible;
import io.wormhole.channel.stream.PaymentStream;
import io.wormhole.cluster.settings.SettingsRefused;
import io.wormhole.runtime.naming.NameService;
import io.wormhole.runtime.node.CopiesUnreadable;
import io.wormhole.runtime.node.FullNodeNeeded;
import io.wormhole.runtime.stream.StreamNotPossible;
import io.wormhole.runtime.trade.Customer;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;

/**
 * What the API answers when it does not do what was asked.
 *
 * @param status HTTP status
 * @param code stable, for programs
 * @param message for people: what was wrong, what is allowed
 */
record ApiProblem(int status, String code, String message) {
    /** Carries a problem through code that returns something else. */
    static final class Raised extends RuntimeException {
        private final transient ApiProblem problem;

        Raised(ApiProblem problem) {
            super(problem.message());
            this.problem = problem;
        }
    }

    static ApiProblem notFound(String what) {
        return new ApiProblem(404, "not-found", what);
    }

    static ApiProblem refused(String code, String why) {
        return new ApiProblem(409, code, why);
    }

    /** What was looked for, or the problem that it does not exist. */
    static <T> T require(Optional<T> found, Supplier<String> otherwise) {
        return found.orElseThrow(() -> notFound(otherwise.get()).raised());
    }

    RuntimeException raised() {
        return new Raised(this);
    }

    /** The problem that a failure stands for. */
    static ApiProblem of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof Raised raised) {
            return raised.problem;
        } else if (cause instanceof EntityStreamSizeException large) {
            return new ApiProblem(
                    413,
                    "too-large",
                    "the body is too large, allowed are %d bytes".formatted(large.limit()));
        } else if (cause instanceof SettingsRefused) {
            return new ApiProblem(400, "definition-refused", message);
        } else if (cause instanceof IllegalArgumentException
                || cause instanceof ArithmeticException) {
            return new ApiProblem(400, "bad-input", message);
        } else if (cause instanceof NameService.NameRefused) {
            return refused("name-refused", message);
        } else if (cause instanceof Customer.NotPossible
                || cause instanceof PaymentNotPossible
                || cause instanceof CopiesUnreadable) {
            return refused("not-possible", message);
        } else if (cause instanceof StreamNotPossible
                || cause instanceof PaymentStream.ClaimRefused) {
            return refused("stream-refused", message);
        } else if (cause instanceof FullNodeNeeded) {
            return new ApiProblem(501, "light-node", message);
        } else if (cause instanceof TimeoutException) {
            return Problems.LATE;
        }
        return new ApiProblem(500, "internal", cause.getClass().getSimpleName() + ": " + message);
    }

    ObjectNode json() {
        ObjectNode error = Json.object().put("code", code).put("message", message);
        return Json.object().set("error", error);
    }
}
