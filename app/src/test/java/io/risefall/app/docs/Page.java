package io.risefall.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown page: its prose, its headings and its fenced blocks. */
record Page(Path file, String prose, List<String> headings, List<Block> blocks) {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /** A fenced block. {@code language} is empty if the fence names none. */
    record Block(String language, String text) {}

    static Page read(Path file) throws IOException {
        return of(file, Files.readString(file));
    }

    static Page of(Path file, String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            blocks.add(new Block(fence.group(1), fence.group(2)));
        }
        String prose = FENCE.matcher(text).replaceAll("");
        List<String> headings = new ArrayList<>();
        Matcher heading = HEADING.matcher(prose);
        while (heading.find()) {
            headings.add(heading.group(1));
        }
        return new Page(file, prose, List.copyOf(headings), List.copyOf(blocks));
    }

    /** What {@code #…} in a link may name, as GitHub makes it of headings. */
    List<String> anchors() {
        return headings.stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Every match's first group in the prose. */
    List<String> inProse(Pattern pattern) {
        return pattern.matcher(prose).results().map(match -> match.group(1)).toList();
    }
}
