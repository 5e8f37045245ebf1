package io.risefall.query.report.render;

import freemarker.core.XHTMLOutputFormat;
import freemarker.ext.beans.BeansWrapper;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.RoleText;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A day's report as one self-contained page, HTML and XML at once: no script, no request, styles inside. Every string is
 * escaped by the template's output format and made printable by the wrapper before that, so that the template can forget
 * neither.
 */
final class HtmlDay implements ReportFormat.Renderer {
    private static final Configuration TEMPLATES = templates();

    @Override
    public void render(DayReport report, Appendable out) throws IOException {
        StringWriter page = new StringWriter();
        Map<String, Object> model = Map.of(
                "report", report,
                "words", new DayText(report),
                "roles", new RoleText(report.roles()),
                "timeline", new Timeline(report),
                "chart", new ReasonChart(report),
                "downtime", new DowntimeBars(report),
                "evidence", report.evidence());
        try {
            TEMPLATES.getTemplate("day.ftlx").process(model, page);
        } catch (TemplateException e) {
            throw new IllegalStateException("the template of the day's page is wrong", e);
        }
        out.append(page.getBuffer());
    }

    private static Configuration templates() {
        Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
        templates.setClassForTemplateLoading(HtmlDay.class, "/io/risefall/query/report");
        templates.setDefaultEncoding("UTF-8");
        templates.setOutputFormat(XHTMLOutputFormat.INSTANCE);
        templates.setRecognizeStandardFileExtensions(false);
        templates.setLocale(Locale.ROOT);
        templates.setNumberFormat("0.###");
        templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        templates.setLogTemplateExceptions(false);
        templates.setObjectWrapper(new PrintableWrapper());
        return templates;
    }

    /** Makes every string printable on its way into the template. */
    private static final class PrintableWrapper extends DefaultObjectWrapper {
        PrintableWrapper() {
            super(Configuration.VERSION_2_3_34);
            setExposureLevel(BeansWrapper.EXPOSE_SAFE);
        }

        @Override
        public @Nullable TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
            return value instanceof String text ? new SimpleScalar(Printable.of(text)) : super.wrap(value);
        }
    }
}
