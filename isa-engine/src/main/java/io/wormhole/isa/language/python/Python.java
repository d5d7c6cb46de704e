package io.wormhole.isa.language.python;

import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.PythonLexer;
import io.wormhole.isa.language.grammar.PythonParser;
import io.wormhole.isa.language.grammar.PythonParser.ConstantItemContext;
import io.wormhole.isa.language.grammar.PythonParser.FunctionContext;
import io.wormhole.isa.language.grammar.PythonParser.FunctionItemContext;
import io.wormhole.isa.language.grammar.PythonParser.ImportItemContext;
import io.wormhole.isa.language.grammar.PythonParser.ItemContext;
import io.wormhole.isa.language.grammar.Reading;
import io.wormhole.isa.language.surface.Dialect;
import io.wormhole.isa.language.surface.Expression;
import io.wormhole.isa.language.surface.SourceModule;
import io.wormhole.isa.language.surface.SourceModule.Top;
import io.wormhole.isa.language.surface.SourceModule.TopConstant;
import io.wormhole.isa.language.surface.SourceModule.TopFunction;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/** Reads the functional subset of Python. */
public final class Python {
    private final PythonSteps steps;

    private Python(List<Token> tokens) {
        this.steps = new PythonSteps(PythonIterators.ownNames(tokens));
    }

    /** What Python has of its own. */
    public static Dialect dialect() {
        return new PythonNames();
    }

    /**
     * The functions and constants of {@code source}.
     *
     * @throws RefusedSource with the first fault
     */
    public static SourceModule read(String source) {
        List<Token> tokens =
                PythonTokens.prepare(
                        Reading.tokens(new PythonLexer(CharStreams.fromString(source))));
        PythonParser parser = new PythonParser(new CommonTokenStream(new ListTokenSource(tokens)));
        Reading.refuseFaults(parser, Python::advice);
        return new Python(tokens).module(parser.program());
    }

    private static String advice(Token token) {
        return switch (token.getType()) {
            case PythonLexer.STRING -> "before a text stands b for bytes, or f for values in it";
            case PythonLexer.IF, PythonLexer.FOR, PythonLexer.MATCH ->
                    "at the top of a file stand functions and constants";
            case PythonParser.INDENT -> "line it up with the line above";
            default -> signAdvice(token.getText());
        };
    }

    private static String signAdvice(String text) {
        return switch (text) {
            case "else" -> "a loop has no else: return from the loop, and write it behind";
            case "*" -> "pass a list; take one apart by xs[0] and xs[1:], or by match";
            case ":" -> "instead of := name the value in a line before; a part of a list is xs[a:]";
            case "=" -> "give one name a value in a line";
            case "," -> "for a set write a list, or a dict with True at its keys";
            default -> text.matches("[bo][0-7]+") ? "write the number in decimal, or with 0x" : "";
        };
    }

    private SourceModule module(PythonParser.ProgramContext program) {
        List<Top> tops = new ArrayList<>();
        for (ItemContext item : program.item()) {
            if (item instanceof FunctionItemContext function) {
                tops.add(function(function.function()));
            } else if (item instanceof ConstantItemContext constant) {
                int last = constant.expression().size() - 1;
                Expression value = steps.expressions().expression(constant.expression(last));
                String name = constant.IDENT().getText();
                tops.add(
                        value instanceof Expression.Function function
                                ? new TopFunction(
                                        name,
                                        function.parameters(),
                                        function.body(),
                                        Reading.at(constant.start))
                                : new TopConstant(name, value, Reading.at(constant.start)));
            } else if (item instanceof ImportItemContext imported) {
                requireMath(imported);
            }
        }
        return new SourceModule(tops);
    }

    private static void requireMath(ImportItemContext imported) {
        if (!imported.IDENT().getText().equals("math")) {
            throw new RefusedSource(
                    Reading.at(imported.start),
                    "only math can be imported",
                    "keep what the contract needs in this file");
        }
    }

    private TopFunction function(FunctionContext function) {
        return new TopFunction(
                function.IDENT().getText(),
                steps.parameters(function.parameters()),
                steps.suite(function.suite()),
                Reading.at(function.start));
    }
}
