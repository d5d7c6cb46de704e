package io.wormhole.isa.language.javascript;

import io.wormhole.isa.language.grammar.JavaScriptParser.FunctionStatementContext;
import io.wormhole.isa.language.grammar.JavaScriptParser.StatementContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
        boolean hasFunctions =
                statements.stream().anyMatch(each -> each instanceof FunctionStatementContext);
        if (!hasFunctions || statements.size() > MOST) {
            return ordered;
        }
        Map<StatementContext, Set<String>> words = new HashMap<>();
        statements.forEach(each -> words.put(each, words(each)));
        Set<StatementContext> moved = new HashSet<>();
        int movedBefore;
        do {
            movedBefore = moved.size();
            for (StatementContext statement : statements) {
                move(statement, ordered, moved, words);
            }
        } while (moved.size() > movedBefore);
        return ordered;
    }

    private static void move(
            StatementContext statement,
            List<StatementContext> ordered,
            Set<StatementContext> moved,
            Map<StatementContext, Set<String>> words) {
        if (statement instanceof FunctionStatementContext function && !moved.contains(function)) {
            String name = function.functionDeclaration().IDENT().getText();
            int from = ordered.indexOf(statement);
            for (int i = 0; i < from; i++) {
                StatementContext other = ordered.get(i);
                boolean runs = !(other instanceof FunctionStatementContext);
                if ((runs || moved.contains(other))
                        && words.getOrDefault(other, Set.of()).contains(name)) {
                    ordered.remove(from);
                    ordered.add(i, statement);
                    moved.add(statement);
                    return;
                }
            }
        }
    }

    /** The words that stand somewhere in {@code tree}. */
    static Set<String> words(ParseTree tree) {
        Set<String> words = new HashSet<>();
        collect(tree, words);
        return words;
    }

    private static void collect(ParseTree tree, Set<String> words) {
        if (tree.getChildCount() == 0) {
            words.add(tree.getText());
        }
        for (int i = 0; i < tree.getChildCount(); i++) {
            collect(tree.getChild(i), words);
        }
    }
}
