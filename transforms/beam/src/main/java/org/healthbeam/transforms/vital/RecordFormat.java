package org.healthbeam.transforms.vital;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.InputRecord;

/** What a record is read as: by the end of its source's name, else by its first bytes. */
enum RecordFormat {
  /** A FHIR resource or Bundle. */
  JSON,
  /** A row of a table. */
  ROW,
  /** An HL7 v2 message, or a segment around messages. */
  MESSAGE;

  private static final Pattern MESSAGE_START =
      Pattern.compile("(MSH|FHS|BHS)[^\\w\\s,;\"'-].*|(BTS|FTS)(\\|.*)?", Pattern.DOTALL);
  private static final int START = 16;

  static RecordFormat of(InputRecord record) {
    RecordFormat named = ofName(record.source());
    return named == null ? ofContent(record.bytes()) : named;
  }

  /** {@return what the records of a source are by its name; null if that does not say it} */
  @Nullable
  static RecordFormat ofName(String source) {
    String bare = bare(source);
    if (bare.endsWith(".csv") || bare.endsWith(".tsv")) {
      return ROW;
    }
    if (bare.endsWith(".json") || bare.endsWith(".ndjson") || bare.endsWith(".jsonl")) {
      return JSON;
    }
    return bare.endsWith(".hl7") ? MESSAGE : null;
  }

  private static String bare(String source) {
    String name = source.toLowerCase(Locale.ROOT);
    return name.endsWith(".gz") || name.endsWith(".bgz")
        ? name.substring(0, name.lastIndexOf('.'))
        : name;
  }

  /** {@return what a record is by its first bytes} */
  static RecordFormat ofContent(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && bytes[at] <= ' ' && bytes[at] >= 0) {
      at++;
    }
    if (at < bytes.length && (bytes[at] == '{' || bytes[at] == '[')) {
      return JSON;
    }
    if (at == bytes.length || "MFB".indexOf(bytes[at]) < 0) {
      return ROW;
    }
    int n = Math.min(START, bytes.length - at);
    String start = new String(bytes, at, n, StandardCharsets.ISO_8859_1).stripTrailing();
    return MESSAGE_START.matcher(start).matches() ? MESSAGE : ROW;
  }
}
