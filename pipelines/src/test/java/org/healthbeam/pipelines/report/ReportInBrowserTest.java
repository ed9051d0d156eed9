package org.healthbeam.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: nothing fails, every plot is drawn, and it shows its numbers. */
@Tag("slow")
class ReportInBrowserTest {
  private static final Pattern PLOT =
      Pattern.compile("<div class=\"plot\" id=\"([^\"]+)\"(.*?)<details>", Pattern.DOTALL);
  private static final Pattern TEXT = Pattern.compile("<text[^>]*>(.*?)</text>", Pattern.DOTALL);

  @TempDir Path temp;

  @Test
  void everyPlotIsDrawnWithoutAMessageOnTheConsole() throws Exception {
    Chromium chromium = Chromium.find(temp);
    Path file = temp.resolve("report.html");
    PageText page = PageText.of(file, Fixtures.CODES, Fixtures.VITALS, Fixtures.VARIANTS);

    Chromium.Visit visit = chromium.open(file);

    assertEquals(List.of(), visit.console());
    assertTrue(visit.dom().contains("data-plots=\"drawn\""));
    List<String> drawn = new ArrayList<>();
    Matcher plot = PLOT.matcher(visit.dom());
    while (plot.find()) {
      assertTrue(plot.group(2).contains("<svg"), "no SVG in " + plot.group(1));
      assertTrue(plot.group(2).contains("<path"), "nothing drawn in " + plot.group(1));
      drawn.add(plot.group(1));
    }
    List<String> specified = new ArrayList<>();
    page.data().fieldNames().forEachRemaining(specified::add);
    assertEquals(specified, drawn);
  }

  @Test
  void plotsShowTheNumbersOfTheDataBlock() throws Exception {
    Chromium chromium = Chromium.find(temp);
    Path file = temp.resolve("report.html");
    JsonNode data = PageText.of(file, Fixtures.CODES, Fixtures.VITALS, Fixtures.VARIANTS).data();

    Chromium.Visit visit = chromium.open(file);

    for (Iterator<Map.Entry<String, JsonNode>> it = data.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> spec = it.next();
      List<String> texts = texts(visit.dom(), spec.getKey());
      if (spec.getValue().path("horizontal").asBoolean()) {
        for (JsonNode category : spec.getValue().path("categories")) {
          assertTrue(
              texts.contains(category.path("name").asText()),
              () -> spec.getKey() + " lacks " + category + " in " + texts);
          if (category.has("end")) {
            assertTrue(
                texts.contains(category.path("end").asText()),
                () -> spec.getKey() + " lacks " + category + " in " + texts);
          }
        }
      }
      if (spec.getKey().equals("ward")) {
        List<Integer> expected = new ArrayList<>();
        for (JsonNode cell : spec.getValue().path("cells")) {
          if (cell.path(2).asInt() > 0) {
            expected.add(cell.path(2).asInt());
          }
        }
        List<Integer> shown = new ArrayList<>();
        texts.stream().filter(t -> t.matches("[0-9]+")).forEach(t -> shown.add(Integer.valueOf(t)));
        Collections.sort(expected);
        Collections.sort(shown);
        assertEquals(expected, shown);
      }
    }
  }

  @Test
  void theSubjectThatTheAddressNamesIsShownWithItsCourseAsPlotAndAsTable() throws Exception {
    Chromium chromium = Chromium.find(temp);
    Path folder = Files.createDirectory(temp.resolve("alerting"));
    for (String name : List.of("scores.tsv", "summaries.tsv")) {
      Files.copy(Fixtures.VITALS.resolve(name), folder.resolve(name));
    }
    Files.writeString(
        folder.resolve("alerts.tsv"),
        """
        subject\ttime\trule\tstate\tpriority\tscore\tdetail
        ward-2\t2026-01-02T11:00:00Z\tscore\traised\thigh\t9\tNEWS2
        """);
    Path file = temp.resolve("report.html");
    JsonNode pages = PageText.of(file, folder).subjects();
    assertEquals(3, pages.size());

    Chromium.Visit visit = chromium.open(file, "#subject=ward-2");

    assertEquals(List.of(), visit.console());
    Matcher article =
        Pattern.compile("<article[^>]*data-shown=\"ward-2\".*?</article>", Pattern.DOTALL)
            .matcher(visit.dom());
    assertTrue(article.find());
    assertTrue(article.group().contains("<path"), "the course is drawn");
    assertTrue(article.group().contains("<td>2026-01-02 11:00</td><td>high</td><td>score</td>"));
    JsonNode page = null;
    for (JsonNode each : pages) {
      page = each.path("name").asText().equals("ward-2") ? each : page;
    }
    int numbers = 0;
    for (JsonNode panel : page.path("panels")) {
      for (JsonNode series : panel.path("series")) {
        for (JsonNode point : series.path("points")) {
          if (point.path(1).isNumber()) {
            numbers++;
            String cell = point.path(1).decimalValue().stripTrailingZeros().toPlainString();
            assertTrue(article.group().contains("<td class=\"n\">" + cell + "</td>"), cell);
          }
        }
      }
    }
    assertTrue(numbers > 12, "numbers " + numbers);
  }

  @Test
  void hostileNamesStayTextInTheBrowser() throws Exception {
    Chromium chromium = Chromium.find(temp);
    Path folder = Files.createDirectory(temp.resolve("hostile"));
    String hostile = "</script><img src=x onerror=alert(1)>{b|x}";
    for (String name : List.of("scores.tsv", "summaries.tsv")) {
      Files.writeString(
          folder.resolve(name),
          Files.readString(Fixtures.VITALS.resolve(name)).replace("ward-3", hostile));
    }
    Path file = temp.resolve("report.html");
    PageText.of(file, folder);

    Chromium.Visit visit = chromium.open(file);

    assertEquals(List.of(), visit.console());
    assertFalse(new PageText(visit.dom()).withoutScripts().contains("<img"));
    assertTrue(visit.dom().contains("data-plots=\"drawn\""));
  }

  @Test
  void pageIsLegibleWithoutScripts() throws Exception {
    Chromium chromium = Chromium.find(temp);
    Path file = temp.resolve("report.html");
    String html = PageText.of(file, Fixtures.CODES).html();
    Files.writeString(file, html.replaceFirst("script-src[^\"]*", "script-src 'none'"));

    Chromium.Visit visit = chromium.open(file);

    assertFalse(visit.dom().contains("data-plots=\"drawn\""));
    assertFalse(visit.console().isEmpty(), "the policy must have stopped the scripts");
    assertTrue(visit.dom().contains("Most frequent codes without a map"));
    assertTrue(visit.dom().contains("<td>Full-time employment</td>"));
  }

  private static List<String> texts(String dom, String id) {
    Matcher plot = PLOT.matcher(dom);
    while (plot.find()) {
      if (plot.group(1).equals(id)) {
        List<String> texts = new ArrayList<>();
        Matcher text = TEXT.matcher(plot.group(2));
        while (text.find()) {
          texts.add(
              text.group(1)
                  .replaceAll("<[^>]*>", "")
                  .replace("&lt;", "<")
                  .replace("&gt;", ">")
                  .replace("&amp;", "&"));
        }
        return texts;
      }
    }
    throw new AssertionError("No plot " + id);
  }
}
