package io.wormhole.runtime.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Which physical part is meant: the n-th part of a job, and the how-manieth try at it.
 *
 * @param jobId the job's own id, 1 to 200 characters
 * @param part number of the part within the job, from 1
 * @param attempt 1 for the first try; a part that was lost is tried again under the next number
 */
public record PartId(String jobId, int part, int attempt) {
    /** Parts that one job can have. */
    public static final int MAX_PART = 1_000_000;

    /** Checks the ranges. */
    public PartId {
        if (jobId.isEmpty() || jobId.length() > 200) {
            throw new IllegalArgumentException("a job id has 1 to 200 characters");
        }
        if (part < 1 || part > MAX_PART || attempt < 1 || attempt > 30) {
            throw new IllegalArgumentException(
                    "part is 1 to %d and attempt 1 to 30: %d, %d"
                            .formatted(MAX_PART, part, attempt));
        }
    }

    /** The first try at a part. */
    public static PartId first(String jobId, int part) {
        return new PartId(jobId, part, 1);
    }

    /** What the printer's display shows: short, ASCII, and the same for every host. */
    public String label() {
        return HexFormat.of().formatHex(jobHash(), 0, 4)
                + "/"
                + part
                + (attempt == 1 ? "" : "." + attempt);
    }

    byte[] jobHash() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(jobId.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
