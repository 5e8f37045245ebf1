package io.risefall.query.template;

import freemarker.core.XHTMLOutputFormat;
import freemarker.ext.beans.BeansWrapper;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateDirectiveModel;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import io.risefall.query.text.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The templates of pages, by their place in {@code io/risefall/query} of the jar. Every string is escaped by their output format and made printable by the wrapper before that, so
 * that a template can forget neither.
 */
public final class PageTemplates {
    private static final Configuration TEMPLATES = templates();

    private PageTemplates() {}

    /** What a template may print after its {@code <@rest/>}. */
    public interface Rest {
        /** @param begun what is printed before it */
        Map<String, Object> read(String begun) throws SQLException, IOException;
    }

    /** Prints a page, whole or not at all. */
    public static void print(String template, Map<String, Object> model, Appendable out) throws IOException {
        StringWriter page = new StringWriter();
        try {
            TEMPLATES.getTemplate(template).process(model, page);
        } catch (TemplateException e) {
            throw wrong(template, e);
        }
        out.append(page.getBuffer());
    }

    /** Prints a page in two pieces, and returns the second; the first is handed to {@code rest}. */
    public static String printInTwo(String template, Map<String, Object> model, Rest rest)
            throws SQLException, IOException {
        StringWriter page = new StringWriter();
        Map<String, Object> all = new HashMap<>(model);
        all.put("rest", (TemplateDirectiveModel) (environment, parameters, variables, body) -> {
            String begun = page.toString();
            page.getBuffer().setLength(0);
            try {
                for (Map.Entry<String, Object> more : rest.read(begun).entrySet()) {
                    environment.setGlobalVariable(
                            more.getKey(), environment.getObjectWrapper().wrap(more.getValue()));
                }
            } catch (SQLException e) {
                throw new TemplateException(e, environment);
            }
        });
        try {
            TEMPLATES.getTemplate(template).process(all, page);
        } catch (TemplateException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw wrong(template, e);
        }
        return page.toString();
    }

    private static IllegalStateException wrong(String template, TemplateException e) {
        return new IllegalStateException("the template " + template + " is wrong: " + e.getMessageWithoutStackTop(), e);
    }

    private static Configuration templates() {
        Configuration templates = new Configuration(Configuration.VERSION_2_3_34);
        templates.setClassForTemplateLoading(PageTemplates.class, "/io/risefall/query");
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
