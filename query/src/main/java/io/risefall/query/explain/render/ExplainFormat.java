package io.risefall.query.explain.render;

import io.risefall.query.explain.model.Explanation;
import io.risefall.query.text.PrettyJson;
import java.io.IOException;

/** The formats of an explanation. */
public enum ExplainFormat {
    /** For a terminal; raw lines are not wrapped. */
    TEXT(new TextExplanation()),
    /** GitHub Markdown. */
    MARKDOWN(new MarkdownExplanation()),
    /** All of it for programs: {@link Explanation}. */
    JSON((explanation, out) -> out.append(PrettyJson.of(explanation)).append('\n'));

    private final Renderer renderer;

    ExplainFormat(Renderer renderer) {
        this.renderer = renderer;
    }

    /** Prints the explanation. */
    public void render(Explanation explanation, Appendable out) throws IOException {
        renderer.render(explanation, out);
    }

    /** Prints an explanation in one format; has no state. */
    interface Renderer {
        void render(Explanation explanation, Appendable out) throws IOException;
    }
}
