package io.wormhole.isa.language.core;

/** A function, of the module or local; the number tells apart what has the same name. */
public record FunctionId(int number, String name) {}
