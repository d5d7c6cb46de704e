package io.wormhole.cluster.journal;

import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** A database that cannot be used, with a reason that an operator can act on. */
public final class DatabaseRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is. */
    public enum Kind {
        /** This or another process has the database file open already. */
        LOCKED,
        /** The database file is damaged, cut, or missing although it existed. */
        DAMAGED,
        /** The database file was written by a version of H2 that this one cannot read. */
        OTHER_VERSION,
        /** The disk is full. */
        DISK_FULL,
        /** The file or its directory cannot be written. */
        NOT_WRITABLE,
        /** The server does not answer. */
        UNREACHABLE,
        /** The server refuses user, password or database name. */
        LOGIN,
        /** Something else; the message says what the database said. */
        OTHER
    }

    private final Kind kind;

    DatabaseRefused(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    DatabaseRefused(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of trouble it is. */
    public Kind kind() {
        return kind;
    }

    /** Puts what a driver said into words. */
    static DatabaseRefused of(String where, SQLException failure) {
        return of(kindOf(failure), where, failure);
    }

    /** The same where the kind is known better than the driver does. */
    static DatabaseRefused of(Kind kind, String where, SQLException failure) {
        return new DatabaseRefused(
                kind, "the database " + where + " " + wordsFor(kind, failure), failure);
    }

    private static String wordsFor(Kind kind, SQLException failure) {
        return switch (kind) {
            case LOCKED -> "is in use, by this or another process; it opens only once";
            case DAMAGED -> "is damaged; restore it from a backup (" + firstLine(failure) + ")";
            case OTHER_VERSION -> "was written by another version of H2; export it with that one";
            case DISK_FULL -> "cannot be written, the disk is full: free some space";
            case NOT_WRITABLE -> "cannot be read and written: " + firstLine(failure);
            case UNREACHABLE -> "does not answer: " + firstLine(failure);
            case LOGIN -> "refuses the login: " + firstLine(failure);
            case OTHER -> "cannot be used: " + firstLine(failure);
        };
    }

    private static Kind kindOf(SQLException failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String message = String.valueOf(at.getMessage());
            if (message.contains("No space left") || message.contains("disk is full")) {
                return Kind.DISK_FULL;
            }
            if (message.contains("Permission denied") || message.contains("Read-only file")) {
                return Kind.NOT_WRITABLE;
            }
            if (at instanceof MVStoreException store) {
                return kindOfStore(store.getErrorCode());
            }
        }
        Kind byState = kindOfState(String.valueOf(failure.getSQLState()));
        return byState == Kind.OTHER ? kindOfH2(failure.getErrorCode()) : byState;
    }

    /** SQL states of the standard and of PostgreSQL. */
    private static Kind kindOfState(String state) {
        if (state.startsWith("08")) {
            return Kind.UNREACHABLE;
        }
        if (state.startsWith("28") || state.equals("3D000")) {
            return Kind.LOGIN;
        }
        return state.equals("53100") ? Kind.DISK_FULL : Kind.OTHER;
    }

    /** What the storage engine of H2 found wrong with its file. */
    private static Kind kindOfStore(int code) {
        return switch (code) {
            case DataUtils.ERROR_FILE_LOCKED -> Kind.LOCKED;
            case DataUtils.ERROR_UNSUPPORTED_FORMAT -> Kind.OTHER_VERSION;
            case DataUtils.ERROR_WRITING_FAILED -> Kind.NOT_WRITABLE;
            default -> Kind.DAMAGED;
        };
    }

    /** Codes of {@link ErrorCode}. */
    private static Kind kindOfH2(int code) {
        return switch (code) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1 -> Kind.LOCKED;
            case ErrorCode.FILE_CORRUPTED_1, ErrorCode.IO_EXCEPTION_1, ErrorCode.IO_EXCEPTION_2 ->
                    Kind.DAMAGED;
            case ErrorCode.FILE_VERSION_ERROR_1 -> Kind.OTHER_VERSION;
            case ErrorCode.DATABASE_IS_READ_ONLY, ErrorCode.FILE_CREATION_FAILED_1 ->
                    Kind.NOT_WRITABLE;
            default -> Kind.OTHER;
        };
    }

    private static String firstLine(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
