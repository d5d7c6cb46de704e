package io.wormhole.isa.pkg;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.measure.IncommensurableException;
import javax.measure.MetricPrefix;
import javax.measure.Unit;
import tech.units.indriya.AbstractUnit;
import tech.units.indriya.function.RationalNumber;
import tech.units.indriya.unit.Units;

/** The units of inputs, capabilities and constraints, each with its exact size in a base unit. */
public enum MeasureUnit {
    /** Micrometre. */
    UM("um", Dimension.LENGTH, MetricPrefix.MICRO(Units.METRE)),
    /** Millimetre. */
    MM("mm", Dimension.LENGTH, MetricPrefix.MILLI(Units.METRE)),
    /** Centimetre. */
    CM("cm", Dimension.LENGTH, MetricPrefix.CENTI(Units.METRE)),
    /** Metre. */
    M("m", Dimension.LENGTH, Units.METRE),
    /** Second. */
    S("s", Dimension.TIME, Units.SECOND),
    /** Minute. */
    MIN("min", Dimension.TIME, Units.MINUTE),
    /** Hour. */
    H("h", Dimension.TIME, Units.HOUR),
    /** Gram. */
    G("g", Dimension.MASS, Units.GRAM),
    /** Kilogram. */
    KG("kg", Dimension.MASS, Units.KILOGRAM),
    /** Millilitre. */
    ML("ml", Dimension.VOLUME, MetricPrefix.MILLI(Units.LITRE)),
    /** Litre. */
    L("l", Dimension.VOLUME, Units.LITRE),
    /** Degree Celsius. */
    DEG_C("degC", Dimension.TEMPERATURE, Units.CELSIUS),
    /** Millimetre per second. */
    MM_PER_S("mm/s", Dimension.SPEED, MetricPrefix.MILLI(Units.METRE).divide(Units.SECOND)),
    /** Metre per minute. */
    M_PER_MIN("m/min", Dimension.SPEED, Units.METRE.divide(Units.MINUTE)),
    /** Revolutions per minute. */
    RPM("rpm", Dimension.ROTATION, AbstractUnit.ONE.divide(Units.MINUTE)),
    /** Watt. */
    W("W", Dimension.POWER, Units.WATT),
    /** Per cent. */
    PERCENT("%", Dimension.RATIO, Units.PERCENT),
    /** A plain number. */
    ONE("1", Dimension.RATIO, AbstractUnit.ONE);

    private final String symbol;
    private final Dimension dimension;
    private final BigDecimal inBaseUnits;

    MeasureUnit(String symbol, Dimension dimension, Unit<?> unit) {
        this.symbol = symbol;
        this.dimension = dimension;
        this.inBaseUnits = factor(unit, dimension.base);
    }

    /** What is measured; only units of one dimension compare. */
    public enum Dimension {
        /** Base unit millimetre. */
        LENGTH(MetricPrefix.MILLI(Units.METRE)),
        /** Base unit second. */
        TIME(Units.SECOND),
        /** Base unit gram. */
        MASS(Units.GRAM),
        /** Base unit millilitre. */
        VOLUME(MetricPrefix.MILLI(Units.LITRE)),
        /** Base unit degree Celsius. */
        TEMPERATURE(Units.CELSIUS),
        /** Base unit millimetre per minute. */
        SPEED(MetricPrefix.MILLI(Units.METRE).divide(Units.MINUTE)),
        /** Base unit revolution per minute. */
        ROTATION(AbstractUnit.ONE.divide(Units.MINUTE)),
        /** Base unit watt. */
        POWER(Units.WATT),
        /** Base unit one. */
        RATIO(AbstractUnit.ONE);

        private final Unit<?> base;

        Dimension(Unit<?> base) {
            this.base = base;
        }
    }

    /** How many base units a unit is: a ratio of whole numbers, so exact. */
    private static BigDecimal factor(Unit<?> unit, Unit<?> base) {
        try {
            Number factor = unit.getConverterToAny(base).convert((Number) 1);
            return factor instanceof RationalNumber ratio
                    ? new BigDecimal(ratio.getDividend()).divide(new BigDecimal(ratio.getDivisor()))
                    : new BigDecimal(factor.toString());
        } catch (IncommensurableException wrongTable) {
            throw new IllegalStateException("a unit of another dimension", wrongTable);
        }
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

    /**
     * {@code value} of {@code other} in this unit.
     *
     * @param what is measured, for the refusal when the other unit measures something else
     */
    public BigDecimal from(BigDecimal value, MeasureUnit other, String what) {
        if (other.dimension != dimension) {
            throw new IllegalArgumentException(
                    what + ": " + other.symbol + " measures something else than " + symbol);
        }
        return other.toBase(value).divide(inBaseUnits, MathContext.DECIMAL128);
    }
}
