package io.risefall.query.diagnose;

import io.risefall.query.text.PrettyJson;
import java.io.IOException;

/** The formats of a diagnosis. */
public enum DiagnosisFormat {
    /** For a terminal; raw lines are not wrapped. */
    TEXT(new TextDiagnosis()),
    /** GitHub Markdown. */
    MARKDOWN(new MarkdownDiagnosis()),
    /** All of it for programs: {@link DiagnosisAnswer}. */
    JSON((answer, out) -> out.append(PrettyJson.of(answer)).append('\n'));

    private final Renderer renderer;

    DiagnosisFormat(Renderer renderer) {
        this.renderer = renderer;
    }

    public void render(DiagnosisAnswer answer, Appendable out) throws IOException {
        renderer.render(answer, out);
    }

    /** Prints a diagnosis in one format; has no state. */
    interface Renderer {
        void render(DiagnosisAnswer answer, Appendable out) throws IOException;
    }
}
