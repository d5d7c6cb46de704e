package io.wormhole.isa.language.javascript;

import io.wormhole.isa.language.grammar.JavaScriptParser.FunctionStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.StatementContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.tree.ParseTree;

/** Functions are known in their whole block: one that is used above its place stands there. */
final class JavaScriptHoisting {
    /** A block of more statements is refused anyway. */
    private static final int MOST = 240;

    private JavaScriptHoisting() {}

    /** The statements of a block, where no function stands behind what uses it. */
    static List<StatementContext> inOrder(List<StatementContext> statements) {
        List<StatementContext> ordered = new ArrayList<>(statements);
        if (statements.size() > MOST) {
            return ordered;
        }
        Set<StatementContext> moved = new HashSet<>();
        int movedBefore;
        do {
            movedBefore = moved.size();
            for (StatementContext statement : statements) {
                move(statement, ordered, moved);
            }
        } while (moved.size() > movedBefore);
        return ordered;
    }

    private static void move(
            StatementContext statement,
            List<StatementContext> ordered,
            Set<StatementContext> moved) {
        if (statement instanceof FunctionStatementContext function && !moved.contains(function)) {
            String name = function.functionDeclaration().IDENT().getText();
            int from = ordered.indexOf(statement);
            for (int i = 0; i < from; i++) {
                StatementContext other = ordered.get(i);
                boolean runs = !(other instanceof FunctionStatementContext);
                if ((runs || moved.contains(other)) && mentions(other, name)) {
                    ordered.remove(from);
                    ordered.add(i, statement);
                    moved.add(statement);
                    return;
                }
            }
        }
    }

    /** Whether {@code name} is a word somewhere in {@code tree}. */
    static boolean mentions(ParseTree tree, String name) {
        if (tree.getChildCount() == 0) {
            return tree.getText().equals(name);
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            if (mentions(tree.getChild(i), name)) {
                return true;
            }
        }
        return false;
    }
}
