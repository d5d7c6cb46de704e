package io.wormhole.runtime.gcode;

/**
 * One line of a file that holds a command.
 *
 * @param number 1-based text line in the file
 * @param byteOffset where the text line starts
 * @param command the command without comment, surrounding blanks, line number and checksum
 */
public record GcodeLine(long number, long byteOffset, String command) {}
