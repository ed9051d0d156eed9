package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import javax.xml.stream.XMLStreamException;

/**
 * The page: the template {@code report.html} with its places filled.
 *
 * <p>What comes from data is hostile. It gets into the page by two ways only: as text through an
 * XML writer, and as JSON in which {@code <}, {@code >} and {@code &} are escaped. A content
 * security policy names the hashes of the only two scripts that may run, and forbids every request.
 */
final class Page {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
  private static final String ECHARTS = "META-INF/resources/webjars/echarts/%s/echarts.min.js";
  private static final String ECHARTS_POM = "META-INF/maven/org.webjars/echarts/pom.properties";

  private final String title;
  private final List<Section> sections;

  Page(String title, List<Section> sections) {
    this.title = title;
    this.sections = sections;
  }

  void writeTo(Writer out) throws IOException {
    String echarts = script(echartsFile());
    String script = script("org/healthbeam/pipelines/report/report.js");
    String template = resource("org/healthbeam/pipelines/report/report.html");
    Matcher place = PLACE.matcher(template);
    int from = 0;
    while (place.find()) {
      out.write(template, from, place.start() - from);
      from = place.end();
      switch (place.group(1)) {
        case "title" -> out.write(title);
        case "policy" -> out.write(policy(echarts, script));
        case "css" -> out.write(resource("org/healthbeam/pipelines/report/report.css"));
        case "body" -> writeBody(out);
        case "data" -> writeData(out, charts());
        case "pages" -> writeData(out, pages());
        case "echarts" -> out.write(echarts);
        case "script" -> out.write(script);
        default -> throw new IllegalStateException("The template has an unknown place");
      }
    }
    out.write(template, from, template.length() - from);
  }

  private void writeBody(Writer out) throws IOException {
    try {
      new Html(out).write(sections);
    } catch (XMLStreamException e) {
      throw new IOException("The page cannot be written", e);
    }
  }

  private Map<String, Object> pages() {
    Map<String, Object> pages = new LinkedHashMap<>();
    for (Section section : sections) {
      for (Block block : section.blocks()) {
        if (block instanceof Block.Pages several) {
          pages.put(several.id(), several.values());
        }
      }
    }
    return pages;
  }

  private Map<String, Object> charts() {
    Map<String, Object> charts = new LinkedHashMap<>();
    for (Section section : sections) {
      for (Block block : section.blocks()) {
        if (block instanceof Block.Plot plot) {
          charts.put(plot.id(), plot.chart().values());
        }
      }
    }
    return charts;
  }

  private static void writeData(Writer out, Map<String, Object> data) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    try (JsonGenerator json = mapper.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setCharacterEscapes(new NoMarkup());
      mapper.writeValue(json, data);
    }
  }

  private static String policy(String... scripts) {
    StringBuilder hashes = new StringBuilder();
    for (String script : scripts) {
      hashes.append(" 'sha256-").append(sha256(script)).append('\'');
    }
    return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
        + " form-action 'none'; script-src"
        + hashes;
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  /** Returns a script that cannot end the element in which it stands. */
  private static String script(String name) throws IOException {
    // A browser hashes the script after it has read CR LF as LF.
    String text = resource(name).replace("\r\n", "\n").replace('\r', '\n');
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    if (lower.contains("</script") || lower.contains("<!--")) {
      throw new IOException("The script " + name + " cannot stand in a page");
    }
    return text;
  }

  private static String echartsFile() throws IOException {
    Properties pom = new Properties();
    try (InputStream in = Page.class.getClassLoader().getResourceAsStream(ECHARTS_POM)) {
      if (in == null) {
        throw new IOException("The plotting library is not on the class path");
      }
      pom.load(in);
    }
    return ECHARTS.formatted(pom.getProperty("version"));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Page.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("The page's part " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Escapes what could end the data block or begin markup. */
  private static final class NoMarkup extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final int[] ASCII = standardAsciiEscapesForJSON();

    static {
      for (char c : new char[] {'<', '>', '&', '\''}) {
        ASCII[c] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ASCII;
    }

    @Nullable
    @Override
    public SerializableString getEscapeSequence(int c) {
      return c == 0x2028 || c == 0x2029 ? new SerializedString("\\u%04x".formatted(c)) : null;
    }
  }
}
