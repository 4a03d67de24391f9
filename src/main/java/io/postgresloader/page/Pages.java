package io.postgresloader.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** Renders pages as HTML. The templates are compiled with the program, and write every text escaped. */
public final class Pages {
    private static final TemplateEngine TEMPLATES =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "io.postgresloader.page.template");

    /** An HTML page of 446 tables. */
    private static final int LARGE = 1 << 19;

    private Pages() {}

    public static String render(AllPage page) {
        return render("all.jte", page, LARGE);
    }

    public static String render(TablePage page) {
        return render("table.jte", page, LARGE / 16);
    }

    public static String render(NowPage page) {
        return render("now.jte", page, LARGE / 16);
    }

    public static String render(PlanPage page) {
        return render("plan.jte", page, LARGE / 16);
    }

    public static String render(MessagePage page) {
        return render("message.jte", page, LARGE / 64);
    }

    private static String render(String template, Record page, int size) {
        StringOutput html = new StringOutput(size);
        TEMPLATES.render(template, page, html);
        return html.toString();
    }
}
