package io.wormhole.isa.language.python;

import io.wormhole.isa.language.core.Position;
import io.wormhole.isa.language.core.RefusedSource;
import io.wormhole.isa.language.grammar.PythonLexer;
import io.wormhole.isa.language.grammar.PythonParser.ArgumentContext;
import io.wormhole.isa.language.grammar.PythonParser.CallContext;
import io.wormhole.isa.language.grammar.PythonParser.ElementContext;
import io.wormhole.isa.language.grammar.PythonParser.ForStatementContext;
import io.wormhole.isa.language.grammar.PythonParser.GeneratorContext;
import io.wormhole.isa.language.grammar.PythonParser.MemberContext;
import io.wormhole.isa.language.grammar.PythonParser.NameContext;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;

/**
 * What can be walked once in Python: it stands only where it is walked at once, so that nobody
 * walks it a second time, when Python would find nothing left.
 */
final class PythonIterators {
    private static final Set<String> ITERATORS = Set.of("zip", "enumerate");
    private static final Set<String> SPECIAL = Set.of("zip", "enumerate", "sorted", "any", "all");
    private static final Set<String> WALKERS =
            Set.of(
                    "list",
                    "sorted",
                    "sum",
                    "min",
                    "max",
                    "any",
                    "all",
                    "reduce",
                    "map",
                    "filter",
                    "enumerate",
                    "zip");

    private PythonIterators() {}

    /** Names of Python that the program gives a meaning of its own. */
    static Set<String> ownNames(List<Token> tokens) {
        Set<String> own = new TreeSet<>();
        for (int i = 1; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean defined =
                    tokens.get(i - 1).getType() == PythonLexer.DEF
                            || !tokens.get(i + 1).getText().equals("(");
            if (defined && SPECIAL.contains(token.getText())) {
                own.add(token.getText());
            }
        }
        return own;
    }

    /** Refuses an iterator that is kept. */
    static void requireWalked(CallContext call, String name, Position at) {
        if (ITERATORS.contains(name) && !isWalked(call)) {
            throw new RefusedSource(
                    at,
                    "what " + name + " gives can be walked once in Python",
                    "walk it at once, in a for or a comprehension, or write list(" + name + "(…))");
        }
    }

    private static boolean isWalked(CallContext call) {
        RuleContext parent = call.getParent();
        if (parent instanceof ElementContext element) {
            boolean loop =
                    element.getParent().getParent() instanceof ForStatementContext
                            && element.getParent().getChildCount() == 1;
            return loop || element.getChildCount() > 1;
        } else if (parent instanceof ArgumentContext argument) {
            CallContext outer = (CallContext) argument.getParent().getParent();
            return outer.expression() instanceof NameContext name
                    ? WALKERS.contains(name.IDENT().getText())
                    : outer.expression() instanceof MemberContext member
                            && member.IDENT().getText().equals("join");
        }
        return parent instanceof GeneratorContext;
    }
}
