package io.wormhole.cluster.data;

import java.nio.file.Path;

/** Why a data directory cannot be used; {@code toString} is one line for a human. */
public sealed interface DataRefusal {
    /** The directory in question. */
    Path directory();

    /**
     * Another process works with the directory.
     *
     * @param holder what is known about it, such as {@code process 4711}
     */
    record InUse(Path directory, String holder) implements DataRefusal {
        @Override
        public String toString() {
            return "the data directory "
                    + directory
                    + " is in use by "
                    + holder
                    + "; allowed is one process at a time: stop it, or choose another directory";
        }
    }

    /** The directory belongs to a node of another network. */
    record OtherNetwork(Path directory, String found, String allowed) implements DataRefusal {
        @Override
        public String toString() {
            return "the data directory "
                    + directory
                    + " belongs to network "
                    + found
                    + "; allowed is "
                    + allowed
                    + ": choose another directory or the matching network";
        }
    }

    /** The directory was written by a newer program. */
    record NewerFormat(Path directory, int found, int allowed) implements DataRefusal {
        @Override
        public String toString() {
            return "the data directory "
                    + directory
                    + " has format version "
                    + found
                    + "; allowed is up to "
                    + allowed
                    + ": use the newer program that wrote it";
        }
    }

    /** The file that says what the directory is cannot be understood. */
    record MarkerDamaged(Path directory, String problem) implements DataRefusal {
        @Override
        public String toString() {
            return "the file "
                    + directory.resolve(DataDirectory.MARKER)
                    + " is damaged: "
                    + problem
                    + "; restore the directory from a backup";
        }
    }

    /** The directory cannot be created, read or written. */
    record NotWritable(Path directory, String problem) implements DataRefusal {
        @Override
        public String toString() {
            return "the data directory "
                    + directory
                    + " cannot be written: "
                    + problem
                    + "; allowed is a directory of the user who runs this process";
        }
    }

    /** The disk has too little space left to work safely. */
    record DiskFull(Path directory, long freeBytes, long neededBytes) implements DataRefusal {
        @Override
        public String toString() {
            return "the disk of the data directory "
                    + directory
                    + " has "
                    + freeBytes / MEBIBYTE
                    + " MiB left; needed are "
                    + neededBytes / MEBIBYTE
                    + " MiB: free some space";
        }
    }

    /** Bytes in a mebibyte. */
    long MEBIBYTE = 1024L * 1024L;
}
