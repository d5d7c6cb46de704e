package io.wormhole.isa.language.core;

/** A value with a name; the number tells apart what has the same name in other places. */
public record Variable(int number, String name) {}
