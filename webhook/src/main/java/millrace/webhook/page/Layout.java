package millrace.webhook.page;

import java.util.ArrayList;
import java.util.List;

/** The frame of every page. */
public final class Layout {
    private static final String FRAME = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{}</title>
            <link rel="icon" href="/assets/millrace.svg">
            <link rel="stylesheet" href="/assets/pages.css">
            <script src="/assets/pages.js" defer></script>
            </head>
            <body>
            <a class="skip" href="#content">Skip to the content</a>
            <header>
            <a class="brand" href="/"><img src="/assets/millrace.svg" alt="" width="28" height="28">Millrace</a>
            <nav aria-label="Pages">{}</nav>
            <nav class="apart" aria-label="Other parts">{}</nav>
            </header>
            <main id="content">{}</main>
            </body>
            </html>
            """;

    private static final List<String[]> PAGES = List.of(
            new String[] {"/", "Home"},
            new String[] {"/runs", "Runs"},
            new String[] {"/dbt-docs/", "dbt docs"},
            new String[] {"/docs", "API"});

    private Layout() {}

    /** @param here the address of the page in the navigation */
    public static Html page(String title, String here, Links links, Html content) {
        return Html.of(
                FRAME, title.equals("Millrace") ? title : title + " · Millrace", pages(here), others(links), content);
    }

    /** A page that says why there is none. */
    public static Html sorry(String title, String sentence, String hint, Links links) {
        return page(title, "", links, Html.of("<h1>{}</h1><p>{}</p><p>{}</p>", title, sentence, hint));
    }

    private static List<Html> pages(String here) {
        return PAGES.stream()
                .map(page -> page[0].equals(here)
                        ? Html.of("<a href=\"{}\" aria-current=\"page\">{}</a>", page[0], page[1])
                        : Html.of("<a href=\"{}\">{}</a>", page[0], page[1]))
                .toList();
    }

    private static List<Html> others(Links links) {
        List<Html> others = new ArrayList<>();
        links.airflow().ifPresent(it -> others.add(link(Links.at(it, "/"), "Airflow")));
        links.superset().ifPresent(it -> {
            others.add(link(Links.at(it, "/dashboard/list/"), "Dashboards"));
            others.add(link(Links.at(it, "/sqllab/"), "SQL Lab"));
        });
        links.clickHouse().ifPresent(it -> others.add(link(Links.at(it, "/play"), "ClickHouse")));
        return others;
    }

    static Html link(String address, String text) {
        return Html.of("<a href=\"{}\">{}</a>", address, text);
    }
}
