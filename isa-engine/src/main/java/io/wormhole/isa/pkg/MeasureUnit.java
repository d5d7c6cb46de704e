package io.wormhole.isa.pkg;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The units of inputs, capabilities and constraints, each with its exact size in a base unit. */
public enum MeasureUnit {
    /** Micrometre. */
    UM("um", Dimension.LENGTH, "0.001"),
    /** Millimetre. */
    MM("mm", Dimension.LENGTH, "1"),
    /** Centimetre. */
    CM("cm", Dimension.LENGTH, "10"),
    /** Metre. */
    M("m", Dimension.LENGTH, "1000"),
    /** Second. */
    S("s", Dimension.TIME, "1"),
    /** Minute. */
    MIN("min", Dimension.TIME, "60"),
    /** Hour. */
    H("h", Dimension.TIME, "3600"),
    /** Gram. */
    G("g", Dimension.MASS, "1"),
    /** Kilogram. */
    KG("kg", Dimension.MASS, "1000"),
    /** Millilitre. */
    ML("ml", Dimension.VOLUME, "1"),
    /** Litre. */
    L("l", Dimension.VOLUME, "1000"),
    /** Degree Celsius. */
    DEG_C("degC", Dimension.TEMPERATURE, "1"),
    /** Millimetre per second. */
    MM_PER_S("mm/s", Dimension.SPEED, "60"),
    /** Metre per minute. */
    M_PER_MIN("m/min", Dimension.SPEED, "1000"),
    /** Revolutions per minute. */
    RPM("rpm", Dimension.ROTATION, "1"),
    /** Watt. */
    W("W", Dimension.POWER, "1"),
    /** Per cent. */
    PERCENT("%", Dimension.RATIO, "0.01"),
    /** A plain number. */
    ONE("1", Dimension.RATIO, "1");

    private final String symbol;
    private final Dimension dimension;
    private final BigDecimal inBaseUnits;

    MeasureUnit(String symbol, Dimension dimension, String inBaseUnits) {
        this.symbol = symbol;
        this.dimension = dimension;
        this.inBaseUnits = new BigDecimal(inBaseUnits);
    }

    /** What is measured; only units of one dimension compare. */
    public enum Dimension {
        /** Base unit millimetre. */
        LENGTH,
        /** Base unit second. */
        TIME,
        /** Base unit gram. */
        MASS,
        /** Base unit millilitre. */
        VOLUME,
        /** Base unit degree Celsius. */
        TEMPERATURE,
        /** Base unit millimetre per minute. */
        SPEED,
        /** Base unit revolution per minute. */
        ROTATION,
        /** Base unit watt. */
        POWER,
        /** Base unit one. */
        RATIO
    }

    /** The unit written as {@code symbol}. */
    public static Optional<MeasureUnit> ofSymbol(String symbol) {
        return Arrays.stream(values()).filter(unit -> unit.symbol.equals(symbol)).findFirst();
    }

    /** All symbols, for messages. */
    public static String allSymbols() {
        return Arrays.stream(values()).map(MeasureUnit::symbol).collect(Collectors.joining(", "));
    }

    /** How the unit is written. */
    public String symbol() {
        return symbol;
    }

    /** What it measures. */
    public Dimension dimension() {
        return dimension;
    }

    /** {@code value} of this unit in the base unit of its dimension. */
    public BigDecimal toBase(BigDecimal value) {
        return value.multiply(inBaseUnits);
    }
}
