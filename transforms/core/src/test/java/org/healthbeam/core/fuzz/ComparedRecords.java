package org.healthbeam.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.healthbeam.core.code.Coding;

/**
 * A record before and after, token by token; numbers are compared as they are written.
 *
 * @param added the codings at the ends of arrays named coding that were not there before
 * @param places how many elements these arrays had, and how many things that are called so are no
 *     array
 */
record ComparedRecords(List<Coding> added, int places) {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  static ComparedRecords of(byte[] before, byte[] after) throws IOException {
    try (JsonParser was = JSON.createParser(before);
        JsonParser is = JSON.createParser(after)) {
      List<Coding> added = new ArrayList<>();
      int codings = 0;
      JsonToken token = was.nextToken();
      while (true) {
        JsonToken now = is.nextToken();
        boolean endOfCodings =
            token == JsonToken.END_ARRAY
                && "coding".equals(was.getParsingContext().getCurrentName());
        while (endOfCodings && now == JsonToken.START_OBJECT) {
          added.add(coding(is));
          now = is.nextToken();
        }
        assertEquals(token, now, "token");
        if (token == null) {
          return new ComparedRecords(added, codings);
        }
        if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
          assertEquals(was.getText(), is.getText(), "text of " + token);
        }
        codings += isCoding(was, token) ? 1 : 0;
        token = was.nextToken();
      }
    }
  }

  private static boolean isCoding(JsonParser in, @Nullable JsonToken token) {
    if (token == JsonToken.FIELD_NAME
        || token == JsonToken.END_OBJECT
        || token == JsonToken.END_ARRAY) {
      return false;
    }
    boolean begins = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
    var holder = begins ? in.getParsingContext().getParent() : in.getParsingContext();
    return holder.inArray()
        ? "coding".equals(holder.getParent().getCurrentName())
        : token != JsonToken.START_ARRAY && "coding".equals(holder.getCurrentName());
  }

  private static Coding coding(JsonParser in) throws IOException {
    Map<String, String> texts = new HashMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      assertEquals(JsonToken.VALUE_STRING, in.nextToken(), "what was added");
      texts.put(name, in.getText());
    }
    Coding coding =
        new Coding(
            texts.getOrDefault("system", ""),
            texts.getOrDefault("version", ""),
            texts.getOrDefault("code", ""),
            texts.getOrDefault("display", ""));
    List.of("system", "version", "code", "display").forEach(texts::remove);
    assertEquals(Map.of(), texts, "properties of what was added");
    return coding;
  }
}
