package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report as text, for what can be seen without a browser.
 *
 * @param html the whole page
 */
record PageText(String html) {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern SECTION = Pattern.compile("<section id=\"([^\"]+)\"");
  private static final Pattern SCRIPT =
      Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);
  private static final Pattern HASH = Pattern.compile("'sha256-([^']+)'");

  static PageText of(Path file, Path... folders) throws IOException {
    Report.write(List.of(folders), file);
    return new PageText(Files.readString(file));
  }

  List<String> sections() {
    List<String> result = new ArrayList<>();
    Matcher section = SECTION.matcher(html);
    while (section.find()) {
      result.add(section.group(1));
    }
    return result;
  }

  String dataText() {
    return dataText("data");
  }

  private String dataText(String id) {
    Matcher script = SCRIPT.matcher(html);
    while (script.find()) {
      if (script.group(1).contains("id=\"" + id + "\"")) {
        return script.group(2);
      }
    }
    throw new AssertionError("The page has no block " + id);
  }

  /** Returns the pages of subjects. */
  JsonNode subjects() throws IOException {
    return JSON.readTree(dataText("pages")).path("subjects");
  }

  JsonNode data() throws IOException {
    return JSON.readTree(dataText());
  }

  int scripts() {
    return (int) SCRIPT.matcher(html).results().count();
  }

  String withoutScripts() {
    return SCRIPT.matcher(html).replaceAll("");
  }

  String[] hashesOfScripts() {
    return SCRIPT
        .matcher(html)
        .results()
        .filter(s -> s.group(1).isEmpty())
        .map(s -> sha256(s.group(2)))
        .toArray(String[]::new);
  }

  String[] hashesOfPolicy() {
    return HASH.matcher(withoutScripts()).results().map(h -> h.group(1)).toArray(String[]::new);
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
