package io.risefall.query.haproxy;

import io.risefall.query.haproxy.Condition.Truth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines of several files in order, as words, without those whose {@code .if} does not hold. */
final class ConfigLines {
    private final Map<String, String> variables = new HashMap<>();
    private final List<ConfigLine> lines = new ArrayList<>();
    private final Deque<Branch> branches = new ArrayDeque<>();

    /** An {@code .if}: whether the branch that is being read holds, and whether one before it did. */
    private record Branch(Place begun, Truth outside, Truth holds, Truth before) {}

    private ConfigLines() {}

    static List<ConfigLine> of(List<ConfigText> texts) {
        ConfigLines all = new ConfigLines();
        texts.forEach(all::add);
        return List.copyOf(all.lines);
    }

    private void add(ConfigText text) {
        for (int i = 0; i < text.lines().size(); i++) {
            add(new Place(text.name(), i + 1), text.lines().get(i));
        }
        Branch open = branches.peek();
        if (open != null) {
            throw open.begun.wrong(".if without .endif");
        }
    }

    private void add(Place place, String line) {
        // What does not apply is not split either: another version may have written it.
        boolean directive = line.strip().startsWith(".");
        if (applies() == Truth.NO && !directive) {
            return;
        }
        List<Word> words = WordSplitter.split(place, line, variables);
        if (words.isEmpty()) {
            return;
        }
        if (!directive || !branch(place, words.get(0).text(), words.subList(1, words.size()))) {
            ConfigLine whole = new ConfigLine(place, words, applies() == Truth.YES);
            variable(whole);
            lines.add(whole);
        }
    }

    private Truth applies() {
        Branch inner = branches.peek();
        return inner == null ? Truth.YES : inner.outside.and(inner.holds);
    }

    /** Whether the word was one of these; the others only print. */
    private boolean branch(Place place, String word, List<Word> condition) {
        switch (word) {
            case ".if" -> {
                Truth outside = applies();
                Truth holds = outside == Truth.NO ? Truth.NO : Condition.of(place, condition, variables);
                branches.push(new Branch(place, outside, holds, holds));
            }
            case ".elif" -> {
                Branch open = open(place, word);
                boolean decided = open.outside == Truth.NO || open.before == Truth.YES;
                Truth itself = decided ? Truth.NO : Condition.of(place, condition, variables);
                branches.push(
                        new Branch(open.begun, open.outside, open.before.not().and(itself), open.before.or(itself)));
            }
            case ".else" -> {
                Branch open = open(place, word);
                branches.push(new Branch(open.begun, open.outside, open.before.not(), Truth.YES));
            }
            case ".endif" -> open(place, word);
            case ".notice", ".warning", ".alert", ".diag" -> {
                // They print, and set nothing.
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private Branch open(Place place, String word) {
        if (branches.isEmpty()) {
            throw place.wrong(word + " without .if");
        }
        return branches.pop();
    }

    /** {@code presetenv} yields to the environment, which the file does not show. */
    private void variable(ConfigLine line) {
        if (line.is("setenv") && line.certain() && line.word(2).known()) {
            variables.put(line.text(1), line.text(2));
        } else if (line.is("setenv") || line.is("unsetenv")) {
            line.from(1).words().forEach(name -> variables.remove(name.text()));
        } else if (line.is("resetenv")) {
            variables.clear();
        }
    }
}
