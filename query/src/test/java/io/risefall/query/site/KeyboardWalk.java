package io.risefall.query.site;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Walks a page with the keyboard alone. Used by one thread. */
final class KeyboardWalk {
    /** Fields of a time have a stop for each of their parts, so there are more stops than elements. */
    private static final int MOST_STOPS = 600;

    private static final String FOCUSED = """
            (() => {
              const one = document.activeElement;
              const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
                  .filter(each => each.checkVisibility({visibilityProperty: true}));
              const box = one.getBoundingClientRect();
              const there = document.elementFromPoint(box.x + Math.min(box.width / 2, 40), box.y + Math.min(box.height / 2, 40));
              const same = (a, b) => a !== null && (a.contains(b) || b.contains(a));
              const drawn = one.ownerSVGElement;
              const style = getComputedStyle(one);
              return {
                index: all.indexOf(one), of: all.length, name: one.outerHTML.slice(0, 120),
                seen: there !== null && (same(one, there) || same(drawn, there)),
                marked: style.outlineStyle === 'auto' || style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2,
                skips: all[0].className.includes('skip'),
              };
            })()""";

    private final DevTools tab;

    KeyboardWalk(DevTools tab) {
        this.tab = tab;
    }

    /** What is wrong with the way around a page that was just opened; empty: nothing. */
    List<String> problems() throws Exception {
        List<String> problems = new ArrayList<>();
        Set<Integer> reached = new HashSet<>();
        int before = -1;
        int all = 0;
        for (int stops = 0; stops < MOST_STOPS; stops++) {
            tab.press("Tab", 9, "");
            JsonNode focused = tab.value(FOCUSED);
            int index = focused.path("index").asInt();
            if (index < 0) {
                before = -1; // behind the last one is the browser itself
                continue;
            }
            if (index != before && !reached.add(index)) {
                break; // once around
            }
            String name = focused.path("name").asText();
            if (stops == 0 && !focused.path("skips").asBoolean()) {
                problems.add("has no way over the navigation");
            }
            if (index < before && index > 0) {
                problems.add("goes back: " + name);
            }
            if (!focused.path("seen").asBoolean()) {
                problems.add("is not seen: " + name);
            }
            if (!focused.path("marked").asBoolean()) {
                problems.add("does not look focused: " + name);
            }
            all = focused.path("of").asInt();
            before = index;
        }
        if (reached.size() != all) {
            problems.add("reaches " + reached.size() + " of " + all + " elements");
        }
        return problems;
    }

    /** Where the focus is, by an expression of it. */
    String focused(String expression) throws Exception {
        return tab.value("(one => " + expression + ")(document.activeElement)").asText();
    }

    /** Goes on by that key until the focused element is such a one. */
    void until(String key, int code, String selector) throws Exception {
        for (int stops = 0; stops < MOST_STOPS; stops++) {
            tab.press(key, code, "");
            if (focused("one.matches('" + selector + "')").equals("true")) {
                return;
            }
        }
        throw new AssertionError("no way by " + key + " to " + selector);
    }
}
