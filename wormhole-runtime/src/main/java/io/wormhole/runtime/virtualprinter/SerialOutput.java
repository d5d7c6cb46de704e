package io.wormhole.runtime.virtualprinter;

/** What firmware can do to its host. */
interface SerialOutput {
    /** Sends a line, without line end. */
    void line(String text);

    /** Cuts the connection; the printer goes on. */
    void hangUp();
}
